package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.EntryKind;
import finmicro.balance.ledger.entity.LedgerAccount;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.LedgerHolding;
import finmicro.balance.ledger.entity.Legs;
import finmicro.balance.ledger.entity.Settlement;
import finmicro.balance.ledger.entity.StockMove;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One account and its holdings within a transaction that has its lock. */
final class LockedAccount {

    private final EntityManager entities;
    private final LedgerAccount account;
    private final Instant now;
    private final Map<String, LedgerHolding> holdings = new TreeMap<>();

    LockedAccount(EntityManager entities, LedgerAccount account, Instant now) {
        this.entities = entities;
        this.account = account;
        this.now = now;
    }

    LedgerAccount account() {
        return account;
    }

    Collection<LedgerHolding> holdings() {
        return holdings.values();
    }

    /** A holding that there is. */
    void add(LedgerHolding holding) {
        holdings.put(holding.stockCode(), holding);
    }

    /** The holding of a stock; a new one if there is none yet. */
    LedgerHolding holding(String stockCode) {
        return holdings.computeIfAbsent(stockCode, code -> {
            LedgerHolding holding = new LedgerHolding(account.account(), code);
            entities.persist(holding);
            return holding;
        });
    }

    /** Books what is booked for the first time. */
    LedgerEntry book(Booking booking) {
        Legs legs = booking.legs();
        account.add(legs.customerCash(), now);
        LedgerHolding holding = booking.isSettlement() ? fill(booking.contract()) : null;
        if (booking.kind() == EntryKind.OPENING) {
            account.open();
        }
        return write(new LedgerEntry(booking.key(), booking.kind(), legs, account, holding, booking.reference()));
    }

    /** The move of the settlement that was booked last. */
    StockMove move(Settlement trade) {
        StockMove move = new StockMove(trade, account, holding(trade.stockCode()));
        entities.persist(move);
        return move;
    }

    /**
     * Books what another program has changed.
     *
     * @param holding as it is after the change; null if only cash was changed
     */
    LedgerEntry adjust(Legs legs, LedgerHolding holding) {
        account.add(legs.customerCash(), now);
        String key = "adjustment-" + account.account() + "-" + account.lastSequence();
        return write(new LedgerEntry(key, EntryKind.ADJUSTMENT, legs, account, holding, null));
    }

    private LedgerHolding fill(Settlement trade) {
        LedgerHolding holding = holding(trade.stockCode());
        switch (trade.tradeType()) {
            case BUY -> holding.buy(trade.contractQuantity(), trade.contractValue(), account.updateTime());
            case SELL -> holding.sell(trade.contractQuantity(), account.updateTime());
        }
        return holding;
    }

    private LedgerEntry write(LedgerEntry entry) {
        entities.persist(entry);
        return entry;
    }
}
