package finmicro.trade.ledger.control;

import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.ledger.entity.AccountSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Takes {@code main} over from the ledger: copies cash and positions from a snapshot, and applies the trades of {@code main} that the
 * snapshot does not include. The take-over is one transaction. It locks the new row of {@code main} from its first statement, so that
 * no outcome is applied concurrently. If stock-balance is unavailable, it is retried.
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

    /** Whether {@code main} is not taken over yet. */
    @Transactional
    public boolean isDue() {
        return accounts.read(Account.MAIN).isEmpty();
    }

    /**
     * Marks a page of old finished trades in a separate transaction, so that the take-over itself is short.
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
        // Before the snapshot, which then includes all deposits that were sent.
        rows.requireCashBooked();
        String begin = trades.now();
        AccountSnapshot snapshot = balance.snapshot(Account.MAIN);
        LockedAccounts main = accounts.lock(Account.MAIN);
        main.book(MainRows.SNAPSHOT, Account.MAIN, snapshot.cashValue(), null, 0);
        snapshot.stocks().stream()
                .filter(stock -> stock.stockQuantity() != 0)
                .forEach(stock ->
                        main.book(MainRows.SNAPSHOT, Account.MAIN, 0, stock.stockCode(), stock.stockQuantity()));
        // After the snapshot: a trade that is open now was not filled here before the snapshot.
        trades.apply(main, snapshot, begin);
        cursor.takeOver(snapshot.feedPosition(), snapshot.sequence());
        return true;
    }

    private boolean isMine() {
        return cursor.lock().isPresent() && isDue();
    }

    /**
     * Deletes everything about {@code main} except its status, because its row becomes stale while buying power is not checked. Waits
     * for a task that still applies the feed.
     */
    @Transactional
    public void forget() {
        if (isDue()) {
            return;
        }
        cursor.lockWaiting();
        if (!accounts.lock(Account.MAIN).isMissing(Account.MAIN)) {
            rows.saveStatus();
            rows.clear();
        }
    }
}
