package finmicro.trade;

import finmicro.common.access.AccountScope;
import finmicro.common.json.StrictJson;
import finmicro.common.lifecycle.Readiness;
import finmicro.common.messaging.Received;
import finmicro.common.time.Ticker;
import finmicro.embedded.Injection;
import finmicro.embedded.RecordedEvents;
import finmicro.trade.account.control.AccountQueries;
import finmicro.trade.account.control.AccountSettings;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockWaits;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.control.SkippedEffects;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.ledger.control.RoundWorkerContext;
import finmicro.trade.order.control.Cancellation;
import finmicro.trade.order.control.FillDesk;
import finmicro.trade.order.control.IdempotencyKeys;
import finmicro.trade.order.control.NewTrades;
import finmicro.trade.order.control.OrderCancel;
import finmicro.trade.order.control.OrderDesk;
import finmicro.trade.order.control.OrderIntake;
import finmicro.trade.order.control.OutcomeSweep;
import finmicro.trade.order.control.SweepWorker;
import finmicro.trade.order.control.TradeLocks;
import finmicro.trade.order.control.UncheckedDesk;
import finmicro.trade.order.control.WaitingOrders;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.ContractMessage;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import finmicro.trade.outbox.control.Outbox;
import finmicro.trade.outbox.control.TransactionEnds;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A task of stock-trade on the {@link TradeDatabase}, from order acceptance to account effects, wired as in the container. */
public final class TestTask {

    private final TransactionEnds ends = new TransactionEnds();
    private final AccountSettings settings;
    private final Clock clock;
    private final Accounts accounts;
    private final Openings openings;
    private final IdempotencyKeys keys = entities(new IdempotencyKeys());
    private final TradeLocks locks;
    private final FillDesk fills;
    private final OutcomeSweep sweep;
    private final SweepWorker worker;
    private final OrderDesk desk;
    private final OrderIntake intake;
    private final OrderCancel cancel;

    /** Creates a task that checks buying power, unless the variables override this. */
    public TestTask(Map<String, String> variables) {
        this(variables, Clock.systemUTC());
    }

    /** Like {@link #TestTask(Map)}, with the given clock. */
    public TestTask(Map<String, String> variables, Clock clock) {
        Map<String, String> environment = new HashMap<>(Map.of("BUYING_POWER", "on"));
        environment.putAll(variables);
        this.settings = TestConfig.of(environment).accounts();
        this.clock = clock;
        StrictJson json = new StrictJson(null);
        Outbox outbox = ends.outbox(TradeDatabase.DATA_SOURCE);
        accounts = entities(new Accounts(clock));
        openings = new Openings(accounts, outbox, json, settings);
        locks = entities(new TradeLocks(accounts, settings));
        fills = entities(new FillDesk(outbox, locks, json, clock, RecordedEvents.into(new ConcurrentLinkedQueue<>())));
        sweep = entities(new Sweep());
        NewTrades trades = entities(new NewTrades(outbox, json, RecordedEvents.into(new ConcurrentLinkedQueue<>())));
        desk = new Desk(trades);
        Readiness readiness = new Readiness(Ticker.SYSTEM);
        LockWaits waits = new LockWaits();
        worker = new SweepWorker(sweep, waits, new SkippedEffects(OpenTelemetry.noop()));
        intake = new OrderIntake(
                desk, new Unchecked(trades), new WaitingOrders(desk, waits, readiness), settings, readiness);
        cancel = new OrderCancel(entities(new Cancels()), waits, settings);
    }

    public Trade place(NumberedOrder order) {
        return intake.accept(order);
    }

    /** Accepts a group of orders in one transaction. */
    public List<Acceptance> accept(List<NumberedOrder> orders) {
        return desk.acceptUnlocked(orders);
    }

    public void cancel(long tradeNo, AccountScope scope) {
        cancel.cancel(tradeNo, scope);
    }

    /** Records messages of the market in one transaction. */
    public Map<Received<ContractMessage>, String> record(List<Received<ContractMessage>> messages) {
        return transaction(() -> fills.record(messages));
    }

    /** Sweeps all pages once. Waits for locked accounts. */
    public void sweep() {
        RoundWorkerContext context = RoundWorkerContext.rounds(1);
        worker.run(context);
        if (!context.failures().isEmpty()) {
            throw new IllegalStateException(context.failures().toString());
        }
    }

    /** Sweeps the first page. Skips locked accounts. */
    public void sweepUnlocked() {
        sweep.apply(sweep.next(0, ""));
    }

    /** Sweeps the first page of an account. Waits for its lock. */
    public void sweepWaiting(String account) {
        sweep.applyWaiting(account, sweep.next(0, account));
    }

    /** Creates an account with {@code cash}, in the same state as after its opening or takeover. */
    public void create(String account, long cash) {
        transaction(() -> {
            if (accounts.create(account, AccountStatus.ACTIVE)) {
                accounts.lock(account).book("opening-" + account, account, cash, null, 0);
            }
            return null;
        });
    }

    public Optional<AccountQueries.Holdings> holdings(String account) {
        AccountQueries queries = entities(new AccountQueries());
        return transaction(() -> queries.find(account));
    }

    public Accounts accounts() {
        return accounts;
    }

    public TradeLocks locks() {
        return locks;
    }

    /** Runs the work in one transaction, like the interceptor of the container. */
    public <T> T transaction(Callable<T> work) {
        try {
            return ends.run(() -> TradeDatabase.UNIT.inTransaction(work));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T entities(T bean) {
        return Injection.into(bean, TradeDatabase.UNIT.entityManager());
    }

    private final class Desk extends OrderDesk {

        Desk(NewTrades trades) {
            super(accounts, openings, keys, trades, clock);
        }

        @Override
        public List<Acceptance> acceptUnlocked(List<NumberedOrder> orders) {
            return transaction(() -> super.acceptUnlocked(orders));
        }

        @Override
        public List<Acceptance> acceptWaiting(String account, List<NumberedOrder> orders) {
            return transaction(() -> super.acceptWaiting(account, orders));
        }
    }

    private final class Sweep extends OutcomeSweep {

        Sweep() {
            super(accounts, locks, settings);
        }

        @Override
        public List<Long> next(long after, String account) {
            return transaction(() -> super.next(after, account));
        }

        @Override
        public Set<String> apply(List<Long> tradeNos) {
            return transaction(() -> super.apply(tradeNos));
        }

        @Override
        public void applyWaiting(String account, List<Long> tradeNos) {
            transaction(() -> {
                super.applyWaiting(account, tradeNos);
                return null;
            });
        }
    }

    private final class Unchecked extends UncheckedDesk {

        Unchecked(NewTrades trades) {
            super(keys, trades, clock);
        }

        @Override
        public List<Trade> accept(List<NumberedOrder> orders) {
            return transaction(() -> super.accept(orders));
        }

        @Override
        public Trade acceptKeyed(NumberedOrder order) {
            return transaction(() -> super.acceptKeyed(order));
        }
    }

    private final class Cancels extends Cancellation {

        Cancels() {
            super(accounts, clock, RecordedEvents.into(new ConcurrentLinkedQueue<>()));
        }

        @Override
        public Optional<String> account(long tradeNo) {
            return transaction(() -> super.account(tradeNo));
        }

        @Override
        public boolean cancelUnlocked(long tradeNo, String account) {
            return transaction(() -> super.cancelUnlocked(tradeNo, account));
        }

        @Override
        public void cancelWaiting(long tradeNo, String account) {
            transaction(() -> {
                super.cancelWaiting(tradeNo, account);
                return null;
            });
        }

        @Override
        public void cancelUnchecked(long tradeNo) {
            transaction(() -> {
                super.cancelUnchecked(tradeNo);
                return null;
            });
        }
    }
}
