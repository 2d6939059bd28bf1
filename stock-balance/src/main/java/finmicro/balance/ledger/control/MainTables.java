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
 * The old tables of the account main, locked, within a transaction that has the lock of main. Old programs write them without
 * an entry in the ledger: the difference is booked as an adjustment before anything else.
 */
final class MainTables {

    private final EntityManager entities;
    private final LockedAccount main;
    private final CashBalance cash;
    private final Map<String, StockBalance> stocks = new TreeMap<>();
    private long shown;

    MainTables(EntityManager entities, LockedAccount main) {
        this.entities = entities;
        this.main = main;
        cash = entities.find(CashBalance.class, CashBalance.ID, LockModeType.PESSIMISTIC_WRITE);
        entities.createQuery("SELECT s FROM StockBalance s ORDER BY s.stockCode", StockBalance.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .forEach(stock -> stocks.put(stock.stockCode(), stock));
    }

    /** Has the ledger follow the old tables. Returns the adjustments, none if they agree. */
    List<LedgerEntry> adopt() {
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
        shown = main.account().lastSequence();
        return adjustments;
    }

    /** Those whose shares are others; of the same shares, another book value is taken over without an entry. */
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

    /** Has the old tables show what was booked since {@link #adopt}. */
    void show() {
        if (shown == main.account().lastSequence()) {
            return;
        }
        cash.show(main.account());
        for (LedgerHolding holding : main.holdings()) {
            stocks.computeIfAbsent(holding.stockCode(), this::begin).show(holding);
        }
    }

    private StockBalance begin(String stockCode) {
        StockBalance stock = new StockBalance(stockCode);
        entities.persist(stock);
        return stock;
    }
}
