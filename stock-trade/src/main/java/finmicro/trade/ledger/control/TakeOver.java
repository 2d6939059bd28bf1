package finmicro.trade.ledger.control;

import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.ledger.entity.AccountSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Takes {@code main} over from the ledger: cash and positions are those of a snapshot, and what the trades of {@code main} did
 * that the ledger had not booked by then. The whole take-over is one transaction, which holds the new row of {@code main} from
 * its first statement, so that no outcome is applied meanwhile. stock-balance being away delays it.
 */
@ApplicationScoped
public class TakeOver {

    private final BalanceGateway balance;
    private final FeedCursor cursor;
    private final Accounts accounts;
    private final UnbookedTrades trades;
    private final MainRows rows;

    @Inject
    public TakeOver(
            BalanceGateway balance, FeedCursor cursor, Accounts accounts, UnbookedTrades trades, MainRows rows) {
        this.balance = balance;
        this.cursor = cursor;
        this.accounts = accounts;
        this.trades = trades;
        this.rows = rows;
    }

    /** Whether {@code main} still has to be taken over. */
    @Transactional
    public boolean isDue() {
        return accounts.read(Account.MAIN).isEmpty();
    }

    /**
     * Marks old finished trades, a page in a transaction of its own, so that the take-over itself is short.
     *
     * @return whether there may be more
     */
    @Transactional
    public boolean prepare() {
        return isMine() && trades.markOld();
    }

    /** Takes {@code main} over, unless another task does or did. */
    @Transactional
    public boolean takeOver() {
        if (!isMine()) {
            return false;
        }
        rows.clear();
        accounts.create(Account.MAIN, rows.status());
        rows.beginJournal();
        // Before the snapshot: a deposit that is sent by now is in it.
        rows.requireCashBooked();
        String begin = trades.now();
        AccountSnapshot snapshot = balance.snapshot(Account.MAIN);
        LockedAccounts main = accounts.lock(Account.MAIN);
        main.book(MainRows.SNAPSHOT, Account.MAIN, snapshot.cashValue(), null, 0);
        snapshot.stocks().stream()
                .filter(stock -> stock.stockQuantity() != 0)
                .forEach(stock ->
                        main.book(MainRows.SNAPSHOT, Account.MAIN, 0, stock.stockCode(), stock.stockQuantity()));
        // After the snapshot: a trade that is open by now was not filled here before it.
        trades.apply(main, snapshot, begin);
        cursor.takeOver(snapshot.feedPosition(), snapshot.sequence());
        return true;
    }

    private boolean isMine() {
        return cursor.lock().isPresent() && isDue();
    }

    /**
     * Forgets {@code main}, all but its status: its row is not kept up to date while buying power is not checked. Waits for a task
     * that still applies the feed.
     */
    @Transactional
    public void forget() {
        if (isDue()) {
            return;
        }
        cursor.lockWaiting();
        if (!accounts.lock(Account.MAIN).isMissing(Account.MAIN)) {
            rows.keepStatus();
            rows.clear();
        }
    }
}
