package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.StockMove;
import finmicro.common.outage.Outages;
import finmicro.common.problem.ProblemException;
import finmicro.common.telemetry.Traces;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Books requests in as few transactions as possible. Each transaction is part of the traces of its bookings. */
@ApplicationScoped
public class Bookings {

    private final Ledger ledger;

    @Inject
    public Bookings(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Settles all fills or none.
     *
     * @return their moves, in order
     * @throws ProblemException 409 if a trade number was settled before with different content
     */
    public List<StockMove> settle(List<Booking> settlements) {
        return traces(settlements)
                .wrapSupplier(() -> settleWithRetry(settlements))
                .get();
    }

    /** Retries once: if a concurrent request booked the same trade number for another account, the retry finds the conflict. */
    private List<StockMove> settleWithRetry(List<Booking> settlements) {
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
     * Books entries independently of each other, in as few transactions as locks allow. A locked account does not block the
     * others.
     *
     * @return their results, in order; empty for an entry that failed unexpectedly
     * @throws RuntimeException in an outage; some entries may be booked
     */
    public List<Optional<BookingResult>> book(List<Booking> bookings) {
        return new BatchBooking(ledger, bookings).book();
    }

    private static Context traces(List<Booking> bookings) {
        return Traces.together(bookings.stream().map(Booking::trace).toList());
    }
}
