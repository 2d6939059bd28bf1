package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.problem.Outages;
import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Books requests in as few transactions as possible. The transaction is part of the trace of each booking. */
@ApplicationScoped
public class Bookings {

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
     * Books entries, each for itself, in as few transactions as locks allow. A locked account does not block the others.
     *
     * @return of each, in their order; empty for one that failed unexpectedly
     * @throws RuntimeException in an outage; some entries may be booked then
     */
    public List<Optional<BookingResult>> book(List<Booking> bookings) {
        return new BatchBooking(ledger, bookings).book();
    }

    private static Context traced(List<Booking> bookings) {
        return Traces.together(bookings.stream().map(Booking::trace).toList());
    }
}
