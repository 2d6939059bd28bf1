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
 * Accounts whose rows the current transaction has locked, with their positions, and those that it could not lock. Use it only
 * within that transaction and by one thread. Changes are written when the transaction commits.
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

    /** The account, if its row exists and is locked by this transaction. */
    public Optional<TradingAccount> find(String account) {
        return Optional.ofNullable(locked.get(account));
    }

    /** Whether another transaction has locked the account's row. */
    public boolean isBusy(String account) {
        return busy.contains(account);
    }

    /** Whether there is no such account. */
    public boolean isMissing(String account) {
        return !locked.containsKey(account) && !isBusy(account);
    }

    /** Reads the positions of all locked accounts in these stocks with one statement. Others are read one by one. */
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

    /** The account's position in that stock, if there is one. */
    public Optional<Position> position(String account, String stockCode) {
        PositionId id = id(account, stockCode);
        if (!positions.containsKey(id)) {
            positions.put(id, entities.find(Position.class, id));
        }
        return Optional.ofNullable(positions.get(id));
    }

    /**
     * Reserves what an order needs if it is available.
     *
     * @return the reason for a refusal: too little cash or too few shares; then nothing is reserved
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

    /** Reserves what an order that was accepted elsewhere needs, be it available or not. */
    public void reserve(String account, Reservation need) {
        locked(account).reserve(need.cash(), now());
        if (need.quantity() != 0) {
            writable(account, need.stockCode()).reserve(need.quantity());
        }
    }

    /** Releases what {@link #reserve} or {@link #tryReserve} reserved. */
    public void release(String account, Reservation reserved) {
        reserve(account, new Reservation(reserved.stockCode(), -reserved.cash(), -reserved.quantity()));
    }

    /**
     * Books cash and shares, and writes this into the journal of the account.
     *
     * @param key what the ledger books it under
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
