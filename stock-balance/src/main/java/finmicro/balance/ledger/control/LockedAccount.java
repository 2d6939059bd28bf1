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

/** An account and its holdings, within a transaction that has locked it. */
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

    /** Adds an existing holding. */
    void add(LedgerHolding holding) {
        holdings.put(holding.stockCode(), holding);
    }

    /** Returns the holding of a stock, and creates it if necessary. */
    LedgerHolding holding(String stockCode) {
        return holdings.computeIfAbsent(stockCode, code -> {
            LedgerHolding holding = new LedgerHolding(account.account(), code);
            entities.persist(holding);
            return holding;
        });
    }

    /** Books a new entry. */
    LedgerEntry book(Booking booking) {
        Legs legs = booking.legs();
        account.add(legs.customerCash(), now);
        LedgerHolding holding = booking.isSettlement() ? applyFill(booking.fill()) : null;
        if (booking.kind() == EntryKind.OPENING) {
            account.open();
        }
        return write(new LedgerEntry(booking.key(), booking.kind(), legs, account, holding, booking.reference()));
    }

    /** Creates the move of the settlement that was booked last. */
    StockMove move(Settlement fill) {
        StockMove move = new StockMove(fill, account, holding(fill.stockCode()));
        entities.persist(move);
        return move;
    }

    /**
     * Books a change that an old program made.
     *
     * @param holding the holding after the change; null if only cash changed
     */
    LedgerEntry adjust(Legs legs, LedgerHolding holding) {
        account.add(legs.customerCash(), now);
        String key = "adjustment-" + account.account() + "-" + account.lastSequence();
        return write(new LedgerEntry(key, EntryKind.ADJUSTMENT, legs, account, holding, null));
    }

    private LedgerHolding applyFill(Settlement fill) {
        LedgerHolding holding = holding(fill.stockCode());
        switch (fill.tradeType()) {
            case BUY -> holding.buy(fill.contractQuantity(), fill.contractValue(), account.updateTime());
            case SELL -> holding.sell(fill.contractQuantity(), account.updateTime());
        }
        return holding;
    }

    private LedgerEntry write(LedgerEntry entry) {
        entities.persist(entry);
        return entry;
    }
}
