package finmicro.balance.ledger.control;

import finmicro.balance.ledger.control.BookingResult.Status;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Locale;

/** Logs and counts committed bookings and conflicts. */
@ApplicationScoped
public class LedgerReport {

    private static final System.Logger LOG = Log.of(LedgerReport.class);
    private static final System.Logger ORDERS = Log.ofOrders();
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

    private final LongCounter settlements;
    private final LongCounter entries;

    @Inject
    public LedgerReport(OpenTelemetry telemetry) {
        settlements = Telemetry.counter(telemetry, "settlements", "settlement", "Settlements of filled trades");
        entries = Telemetry.counter(telemetry, "ledger.entries", "entry", "Ledger entries by kind and result");
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BookingResult result) {
        Booking booking = result.booking();
        count(booking.kind().name(), resultName(result.status()));
        if (booking.isSettlement()) {
            settled(result, booking.fill());
        } else {
            log(result);
        }
    }

    /** Reports the conflicts that caused the rollback of a batch. */
    void rolledBack(@Observes(during = TransactionPhase.AFTER_FAILURE) BookingResult result) {
        if (result.status() == Status.CONFLICT) {
            committed(result);
        }
    }

    /** Warns, except for the opening balance of main: adjustments are expected only while an old program runs. */
    void adjusted(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ledger.Adjustments adjustments) {
        for (LedgerEntry entry : adjustments.entries()) {
            count(entry.kind().name(), "booked");
            LOG.log(
                    entry.sequence() == 1 ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    "ledger.adjusted key={0} cash={1} stockCode={2} shares={3}",
                    entry.key(),
                    Long.toString(entry.customerCash()),
                    entry.stockCode(),
                    Long.toString(entry.customerShares()));
        }
    }

    private void count(String kind, String result) {
        entries.add(1, Attributes.of(KIND, kind.toLowerCase(Locale.ROOT), RESULT, result));
    }

    private void settled(BookingResult result, Settlement fill) {
        String name = result.status() == Status.BOOKED ? "settled" : resultName(result.status());
        settlements.add(1, Attributes.of(RESULT, name));
        Span.fromContext(result.booking().trace()).setAttribute(Telemetry.TRADE_NO, fill.tradeNo());
        LogContext.of(result.booking().trace(), fill.tradeNo())
                .wrap(() -> log(result))
                .run();
    }

    private static void log(BookingResult result) {
        Booking booking = result.booking();
        switch (result.status()) {
            case BOOKED -> logBooked(booking, System.Logger.Level.INFO);
            case REPEATED -> logBooked(booking, System.Logger.Level.DEBUG);
            case CONFLICT -> LOG.log(System.Logger.Level.WARNING, "entry.conflict {0}", result.conflict());
            case LOCKED -> throw new IllegalArgumentException("locked entries have no transaction");
        }
    }

    private static void logBooked(Booking booking, System.Logger.Level level) {
        if (booking.isSettlement()) {
            ORDERS.log(
                    level,
                    "trade.settled stockCode={0} tradeType={1}",
                    booking.fill().stockCode(),
                    booking.fill().tradeType());
        } else {
            LOG.log(level, "entry.booked key={0} kind={1}", booking.key(), booking.kind());
        }
    }

    private static String resultName(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
