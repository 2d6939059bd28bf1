package finmicro.trade.account.control;

import finmicro.common.problem.Problem;
import finmicro.trade.account.entity.BookedEffect;
import finmicro.trade.account.entity.Position;
import finmicro.trade.account.entity.PositionId;
import finmicro.trade.account.entity.Reservation;
import finmicro.trade.account.entity.TradingAccount;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts that the current transaction has locked, with their positions, and accounts that it could not lock. Not thread-safe; use
 * it only within that transaction. Changes are written at its commit.
 */
public final class LockedAccounts {

    private final Map<String, TradingAccount> locked = new HashMap<>();
    private final Map<PositionId, Position> positions = new HashMap<>();
    private final Set<String> busy;
    private final EntityManager entities;
    private final Clock clock;

    LockedAccounts(Collection<TradingAccount> locked, Set<String> busy, EntityManager entities, Clock clock) {
        locked.forEach(account -> this.locked.put(account.account(), account));
        this.busy = busy;
        this.entities = entities;
        this.clock = clock;
    }

    /** Returns the account if it exists and this transaction has locked it. */
    public Optional<TradingAccount> find(String account) {
        return Optional.ofNullable(locked.get(account));
    }

    /** Whether another transaction has locked the account. */
    public boolean isBusy(String account) {
        return busy.contains(account);
    }

    /** Whether the account does not exist. */
    public boolean isMissing(String account) {
        return !locked.containsKey(account) && !isBusy(account);
    }

    /** Preloads the positions of all locked accounts in these stocks in one statement. Other positions are read one by one. */
    public void loadPositions(Collection<String> stockCodes) {
        if (locked.isEmpty() || stockCodes.isEmpty()) {
            return;
        }
        entities.createQuery(
                        "SELECT p FROM Position p WHERE p.account IN :accounts AND p.stockCode IN :codes",
                        Position.class)
                .setParameter("accounts", List.copyOf(locked.keySet()))
                .setParameter("codes", List.copyOf(Set.copyOf(stockCodes)))
                .getResultList()
                .forEach(position -> positions.put(id(position.account(), position.stockCode()), position));
        for (String account : locked.keySet()) {
            stockCodes.forEach(code -> positions.putIfAbsent(id(account, code), null));
        }
    }

    /** Returns the position of the account in the stock, if it exists. */
    public Optional<Position> position(String account, String stockCode) {
        PositionId id = id(account, stockCode);
        if (!positions.containsKey(id)) {
            positions.put(id, entities.find(Position.class, id));
        }
        return Optional.ofNullable(positions.get(id));
    }

    /**
     * Reserves cash or shares for an order if they are available.
     *
     * @return empty on success; otherwise insufficient cash or shares, and nothing is reserved
     */
    public Optional<Problem> tryReserve(String account, Reservation need) {
        long cash = locked(account).buyingPower();
        if (need.cash() > 0 && need.cash() > cash) {
            return Optional.of(Problem.insufficientFunds(need.cash(), cash));
        }
        // A BUY needs no shares, and its account's position is not loaded.
        if (need.quantity() > 0) {
            long shares =
                    position(account, need.stockCode()).map(Position::available).orElse(0L);
            if (need.quantity() > shares) {
                return Optional.of(Problem.insufficientHoldings(need.stockCode(), need.quantity(), shares));
            }
        }
        reserve(account, need);
        return Optional.empty();
    }

    /** Reserves cash or shares for an order that is already accepted, even if they are not available. */
    public void reserve(String account, Reservation need) {
        locked(account).reserve(need.cash(), now());
        if (need.quantity() != 0) {
            writable(account, need.stockCode()).reserve(need.quantity());
        }
    }

    /** Releases a reservation. */
    public void release(String account, Reservation reserved) {
        reserve(account, new Reservation(reserved.stockCode(), -reserved.cash(), -reserved.quantity()));
    }

    /**
     * Books cash and shares, and appends the effect to the journal of the account.
     *
     * @param key the key of the ledger entry
     * @param cash whole yen to add; may be negative
     * @param stockCode null if no shares are booked
     * @param shares to add; may be negative
     */
    public void book(String key, String account, long cash, String stockCode, long shares) {
        Instant now = now();
        TradingAccount changed = locked(account);
        changed.book(cash, now);
        if (shares != 0) {
            writable(account, stockCode).book(shares);
        }
        entities.persist(new BookedEffect(changed, key, cash, stockCode, shares, now));
    }

    private TradingAccount locked(String account) {
        return find(account).orElseThrow(() -> new IllegalStateException("account " + account + " is not locked"));
    }

    private Position writable(String account, String stockCode) {
        return position(account, stockCode).orElseGet(() -> {
            Position position = new Position(account, stockCode);
            entities.persist(position);
            positions.put(id(account, stockCode), position);
            return position;
        });
    }

    private Instant now() {
        return clock.instant();
    }

    private static PositionId id(String account, String stockCode) {
        return new PositionId(account, stockCode);
    }
}
