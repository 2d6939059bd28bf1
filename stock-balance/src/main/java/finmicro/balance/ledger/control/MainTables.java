package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.CashBalance;
import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.ledger.entity.LedgerHolding;
import finmicro.balance.ledger.entity.Legs;
import finmicro.balance.ledger.entity.StockBalance;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The old tables of the account main, locked, within a transaction that has locked main. Old programs write them without an
 * entry in the ledger: each difference is booked as an adjustment before anything else.
 */
final class MainTables {

    private final EntityManager entities;
    private final LockedAccount main;
    private final CashBalance cash;
    private final Map<String, StockBalance> stocks = new TreeMap<>();
    private long writtenSequence;

    MainTables(EntityManager entities, LockedAccount main) {
        this.entities = entities;
        this.main = main;
        cash = entities.find(CashBalance.class, CashBalance.ID, LockModeType.PESSIMISTIC_WRITE);
        entities.createQuery("SELECT s FROM StockBalance s ORDER BY s.stockCode", StockBalance.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .forEach(stock -> stocks.put(stock.stockCode(), stock));
    }

    /** Books the differences between the old tables and the ledger. Returns the adjustments. */
    List<LedgerEntry> bookAdjustments() {
        List<LedgerHolding> changed = changedHoldings();
        long yen = cash.value() - main.account().cash();
        List<LedgerEntry> adjustments = new ArrayList<>();
        if (yen != 0 && changed.size() != 1) {
            adjustments.add(main.adjust(Legs.adjustment(yen, null, 0), null));
            yen = 0;
        }
        for (LedgerHolding holding : changed) {
            StockBalance stock = stocks.get(holding.stockCode());
            long before = holding.quantity();
            if (stock == null) {
                holding.set(0, 0, main.account().updateTime());
            } else {
                holding.set(stock.quantity(), stock.value(), stock.updateTime());
            }
            Legs legs = Legs.adjustment(yen, holding.stockCode(), holding.quantity() - before);
            adjustments.add(main.adjust(legs, holding));
        }
        writtenSequence = main.account().lastSequence();
        return adjustments;
    }

    /** Returns the holdings whose shares differ. If only the book value differs, updates it without an entry. */
    private List<LedgerHolding> changedHoldings() {
        TreeSet<String> codes = new TreeSet<>(stocks.keySet());
        main.holdings().forEach(holding -> codes.add(holding.stockCode()));
        List<LedgerHolding> changed = new ArrayList<>();
        for (String code : codes) {
            StockBalance stock = stocks.get(code);
            LedgerHolding holding = main.holding(code);
            if (holding.quantity() != (stock == null ? 0 : stock.quantity())) {
                changed.add(holding);
            } else if (stock != null) {
                holding.set(stock.quantity(), stock.value(), stock.updateTime());
            }
        }
        return changed;
    }

    /** Updates the old tables with the bookings since {@link #bookAdjustments}. */
    void writeBack() {
        if (writtenSequence == main.account().lastSequence()) {
            return;
        }
        cash.copyFrom(main.account());
        for (LedgerHolding holding : main.holdings()) {
            stocks.computeIfAbsent(holding.stockCode(), this::create).copyFrom(holding);
        }
    }

    private StockBalance create(String stockCode) {
        StockBalance stock = new StockBalance(stockCode);
        entities.persist(stock);
        return stock;
    }
}
