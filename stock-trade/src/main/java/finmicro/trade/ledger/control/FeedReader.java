package finmicro.trade.ledger.control;

import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.outage.Outages;
import finmicro.common.telemetry.Log;
import finmicro.common.telemetry.Traces;
import finmicro.common.trading.Account;
import finmicro.trade.account.control.SkippedEffects;
import finmicro.trade.ledger.entity.FeedPage.FeedEntry;
import java.time.Duration;
import java.util.List;

/**
 * Applies external bookings of stock-balance to accounts. First it takes {@code main} over. If buying power is not checked, it
 * forgets {@code main} instead.
 */
public final class FeedReader implements Worker {

    private static final System.Logger LOG = Log.of(FeedReader.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Repeated, because a task that still checks buying power may take main over again. */
    private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);

    private final BalanceGateway balance;
    private final FeedCursor cursor;
    private final FeedBookings bookings;
    private final TakeOver takeOver;
    private final SkippedEffects skipped;
    private final boolean checksBuyingPower;

    /** @param checksBuyingPower whether stock-trade maintains accounts */
    public FeedReader(
            BalanceGateway balance,
            FeedCursor cursor,
            FeedBookings bookings,
            TakeOver takeOver,
            SkippedEffects skipped,
            boolean checksBuyingPower) {
        this.balance = balance;
        this.cursor = cursor;
        this.bookings = bookings;
        this.takeOver = takeOver;
        this.skipped = skipped;
        this.checksBuyingPower = checksBuyingPower;
    }

    @Override
    public String name() {
        return "ledger-feed";
    }

    @Override
    public void run(WorkerContext context) {
        int failures = 0;
        while (context.running()) {
            try {
                boolean more = checksBuyingPower ? round(context) : forget();
                context.reportSuccess();
                failures = 0;
                if (!more) {
                    context.reportIdle();
                    context.pause(checksBuyingPower ? INTERVAL : FORGET_INTERVAL);
                }
            } catch (RuntimeException e) {
                context.reportFailure(e);
                context.backOff(++failures);
            }
        }
    }

    private boolean forget() {
        takeOver.forget();
        return false;
    }

    /** Takes main over or reads the feed. Returns whether there may be more to do at once. */
    private boolean round(WorkerContext context) {
        // Not traced, because it is mostly idle.
        return Traces.unrecorded()
                .wrapSupplier(() -> takeOver.isDue() ? takeOver(context) : read())
                .get();
    }

    /** If the take-over fails, this still applies the bookings of other accounts. */
    private boolean takeOver(WorkerContext context) {
        try {
            while (takeOver.prepare()) {
                context.reportSuccess();
                if (!context.running()) {
                    return false;
                }
            }
            boolean done = takeOver.takeOver();
            if (done) {
                LOG.log(System.Logger.Level.INFO, "account.taken-over account={0}", Account.MAIN);
            }
            return done;
        } catch (RuntimeException e) {
            read();
            throw e;
        }
    }

    private boolean read() {
        FeedCursor.State from = cursor.read();
        List<FeedEntry> entries = balance.feed(from.position()).entries();
        if (entries.isEmpty()) {
            return false;
        }
        return apply(from, entries);
    }

    /**
     * Applies the first of the entries. Skips a booking that cannot be applied, because it would block all later bookings of every
     * account. If a page fails, this tries its first half, and the rest is read again.
     */
    private boolean apply(FeedCursor.State from, List<FeedEntry> entries) {
        try {
            return bookings.applyUnlocked(from, entries) > 0 || bookings.applyFirst(from, entries) > 0;
        } catch (RuntimeException e) {
            if (Outages.isOutage(e)) {
                throw e;
            }
            return entries.size() > 1
                    ? apply(from, entries.subList(0, entries.size() / 2))
                    : skip(from, entries.get(0), e);
        }
    }

    private boolean skip(FeedCursor.State from, FeedEntry entry, RuntimeException failure) {
        boolean done = bookings.skip(from, entry);
        if (done) {
            skipped.booking(entry, failure);
        }
        return done;
    }
}
