package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.trading.Account;
import finmicro.common.trading.TradeType;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.entity.TradingAccount;
import finmicro.trade.order.entity.Acceptance;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.Trade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Accepts orders for which their accounts have enough cash and shares: it locks the accounts, reserves for one order after another,
 * and stores the trades. Each method is one transaction. A refused order stores nothing and does not affect the others.
 */
@ApplicationScoped
public class OrderDesk {

    private final Accounts accounts;
    private final Openings openings;
    private final IdempotencyKeys keys;
    private final NewTrades trades;
    private final Clock clock;

    @Inject
    public OrderDesk(Accounts accounts, Openings openings, IdempotencyKeys keys, NewTrades trades, Clock clock) {
        this.accounts = accounts;
        this.openings = openings;
        this.keys = keys;
        this.trades = trades;
        this.clock = clock;
    }

    /**
     * Accepts or refuses the orders whose accounts no other transaction has locked.
     *
     * @return an outcome for each order, in this order; busy if another transaction has locked the account, or it must be opened
     */
    @Transactional
    public List<Acceptance> acceptUnlocked(List<NumberedOrder> orders) {
        return accept(
                orders,
                accounts.tryLock(orders.stream().map(NumberedOrder::account).collect(Collectors.toSet())));
    }

    /**
     * Accepts or refuses orders of one account. Waits for its lock, and opens the account if its first order does so.
     *
     * @return an outcome for each order, in this order; never busy
     */
    @Transactional
    public List<Acceptance> acceptWaiting(String account, List<NumberedOrder> orders) {
        LockedAccounts locked = accounts.lock(account);
        if (locked.isMissing(account) && isOpenedByOrder(account)) {
            openings.open(account);
            locked = accounts.lock(account);
        }
        return accept(orders, locked);
    }

    private boolean isOpenedByOrder(String account) {
        return openings.isAutomatic() && !account.equals(Account.MAIN);
    }

    private List<Acceptance> accept(List<NumberedOrder> orders, LockedAccounts locked) {
        Map<IdempotencyKeys.Key, Trade> known = keys.trades(orders.stream()
                .filter(order -> locked.find(order.account()).isPresent())
                .toList());
        locked.loadPositions(orders.stream()
                .filter(order -> order.order().tradeType() == TradeType.SELL)
                .map(order -> order.order().stockCode())
                .collect(Collectors.toSet()));
        List<NumberedOrder> accepted = new ArrayList<>();
        List<Trade> stored = new ArrayList<>();
        List<Acceptance> outcomes = new ArrayList<>();
        for (NumberedOrder order : orders) {
            Trade repeated = order.key() == null ? null : known.get(IdempotencyKeys.Key.of(order));
            Acceptance outcome = repeated == null
                    ? order.context().wrapSupplier(() -> decide(order, locked)).get()
                    : Acceptance.of(repeated);
            if (repeated == null && outcome.trade() != null) {
                accepted.add(order);
                stored.add(outcome.trade());
                if (order.key() != null) {
                    known.put(IdempotencyKeys.Key.of(order), outcome.trade());
                }
            }
            outcomes.add(outcome);
        }
        keys.insert(accepted);
        trades.store(accepted, stored);
        return outcomes;
    }

    /** Runs in the trace of the order, because a problem has the current trace id. */
    private Acceptance decide(NumberedOrder order, LockedAccounts locked) {
        String account = order.account();
        if (locked.isBusy(account) || (locked.isMissing(account) && isOpenedByOrder(account))) {
            return Acceptance.BUSY;
        }
        Optional<Problem> refusal = locked.find(account).map(OrderDesk::refusal).orElseGet(() -> missing(account));
        if (refusal.isPresent()) {
            return Acceptance.refused(refusal.get());
        }
        Trade trade = new Trade(order.tradeNo(), account, order.order(), clock.instant());
        return TradeEffects.tryReserve(locked, trade).map(Acceptance::refused).orElseGet(() -> Acceptance.of(trade));
    }

    private static Optional<Problem> refusal(TradingAccount account) {
        return Optional.ofNullable(
                switch (account.status()) {
                    case ACTIVE -> null;
                    case SUSPENDED -> Problem.accountSuspended(account.account());
                    case CLOSED -> Problem.accountClosed(account.account());
                });
    }

    private static Optional<Problem> missing(String account) {
        return Optional.of(
                account.equals(Account.MAIN)
                        ? Problem.unavailable(
                                "The account main has not been taken over from stock-balance yet. Try again.")
                        : Problem.unknownAccount(account));
    }
}
