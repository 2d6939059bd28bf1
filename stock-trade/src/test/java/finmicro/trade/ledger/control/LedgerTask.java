package finmicro.trade.ledger.control;

import finmicro.common.reconciliation.AccountSlices;
import finmicro.common.reconciliation.DifferenceReport;
import finmicro.embedded.Injection;
import finmicro.trade.TestConfig;
import finmicro.trade.TradeDatabase;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.control.SkippedEffects;
import finmicro.trade.ledger.entity.FeedPage.FeedEntry;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.TransactionEnds;
import finmicro.trade.reconciliation.control.AccountEffectsCheck;
import finmicro.trade.reconciliation.control.EntryComparison;
import finmicro.trade.reconciliation.control.Journal;
import finmicro.trade.reconciliation.control.Reconciliation;
import finmicro.trade.reconciliation.control.ReconciliationRun;
import finmicro.trade.reconciliation.control.ReconciliationState;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The ledger beans of one task of stock-trade, on the real database, with the transactions that the container makes. */
final class LedgerTask {

    private final LedgerStub balance;
    private final FeedBookings bookings;
    private final TakeOver takeOver;
    private final TransactionEnds ends = new TransactionEnds();
    private final FeedCursor cursor = injected(new FeedCursor());

    LedgerTask(LedgerStub balance, Map<String, String> environment) {
        this.balance = balance;
        Accounts accounts = injected(new Accounts(Clock.systemUTC()));
        Outbox outbox = ends.outbox(TradeDatabase.DATA_SOURCE);
        Openings openings = new Openings(
                accounts, outbox, LedgerStub.STRICT, TestConfig.of(environment).accounts());
        BookedOutcomes outcomes = injected(new BookedOutcomes());
        bookings = new FeedBookings(cursor, accounts, new FeedAccounts(accounts, openings), outcomes) {
            @Override
            public int applyUnlocked(FeedCursor.State from, List<FeedEntry> entries) {
                return transaction(ends, () -> super.applyUnlocked(from, entries));
            }

            @Override
            public boolean skip(FeedCursor.State from, FeedEntry entry) {
                return transaction(ends, () -> super.skip(from, entry));
            }

            @Override
            public int applyFirst(FeedCursor.State from, List<FeedEntry> entries) {
                return transaction(ends, () -> super.applyFirst(from, entries));
            }
        };
        BalanceGateway gateway = balance.gateway();
        UnbookedTrades trades = injected(new UnbookedTrades(gateway, outcomes, Clock.systemUTC()));
        takeOver = new TakeOver(gateway, cursor, accounts, trades, injected(new MainRows())) {
            @Override
            public boolean prepare() {
                return transaction(ends, super::prepare);
            }

            @Override
            public boolean takeOver() {
                return transaction(ends, super::takeOver);
            }

            @Override
            public void forget() {
                transaction(ends, () -> {
                    super.forget();
                    return null;
                });
            }
        };
    }

    private static <T> T injected(T bean) {
        return Injection.into(bean, TradeDatabase.UNIT.entityManager());
    }

    private static <T> T transaction(TransactionEnds ends, Callable<T> work) {
        try {
            return ends.run(() -> TradeDatabase.UNIT.inTransaction(work));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    FeedBookings bookings() {
        return bookings;
    }

    /** The reconciliation of this task. @param later how far its clock is ahead */
    ReconciliationRun reconciliation(Duration later, DifferenceReport report) {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        BookedLedger ledger = new BookedLedger(balance.gateway(), cursor);
        Journal journal = injected(new Journal(clock));
        ReconciliationState state = injected(new ReconciliationState(clock));
        Reconciliation reconciliation =
                new Reconciliation(journal, state, ledger, new EntryComparison(journal, state, ledger), report);
        AccountSlices slices = new AccountSlices(injected(new AccountEffectsCheck()), report);
        return new ReconciliationRun(
                slices,
                reconciliation,
                ledger,
                TestConfig.of(Map.of("BUYING_POWER", "on")).accounts()) {
            @Override
            public Result run(String after) {
                return transaction(ends, () -> super.run(after));
            }
        };
    }

    FeedCursor cursor() {
        return cursor;
    }

    /** The worker of this task. */
    FeedReader reader(boolean checksBuyingPower) {
        return new FeedReader(
                balance.gateway(),
                cursor,
                bookings,
                takeOver,
                new SkippedEffects(OpenTelemetry.noop()),
                checksBuyingPower);
    }
}
