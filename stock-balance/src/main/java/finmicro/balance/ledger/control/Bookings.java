package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.problem.Outages;
import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Books requests in as few transactions as possible. The transaction is part of the trace of each booking. */
@ApplicationScoped
public class Bookings {

    private static final System.Logger LOG = Log.of(Bookings.class);

    private final Ledger ledger;

    @Inject
    public Bookings(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Settles fills, all of them or none.
     *
     * @return the move of each, in their order
     * @throws ProblemException 409 if a number was settled with other content
     */
    public List<StockMove> settle(List<Booking> settlements) {
        return traced(settlements).wrapSupplier(() -> settleTwice(settlements)).get();
    }

    /** Another account may take the same number at the same moment: the second time that is seen. */
    private List<StockMove> settleTwice(List<Booking> settlements) {
        try {
            return ledger.settle(settlements);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            return ledger.settle(settlements);
        }
    }

    /**
     * Books entries, each for itself: together if that works, else one by one.
     *
     * @return of each, in their order; empty for one that failed unexpectedly
     * @throws RuntimeException in an outage; some entries may be booked then
     */
    public List<Optional<BookingResult>> book(List<Booking> bookings) {
        try {
            return traced(bookings).wrapSupplier(() -> ledger.book(bookings)).get().stream()
                    .map(Optional::of)
                    .toList();
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "entries.together entries=" + bookings.size(), e);
        }
        List<Optional<BookingResult>> results = new ArrayList<>();
        for (Booking booking : bookings) {
            results.add(bookAlone(booking));
        }
        return results;
    }

    private Optional<BookingResult> bookAlone(Booking booking) {
        try {
            List<Booking> alone = List.of(booking);
            return Optional.of(
                    traced(alone).wrapSupplier(() -> ledger.book(alone)).get().get(0));
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.ERROR, "entry.failed key=" + booking.key(), e);
            return Optional.empty();
        }
    }

    private static Context traced(List<Booking> bookings) {
        return Traces.together(bookings.stream().map(Booking::trace).toList());
    }
}
