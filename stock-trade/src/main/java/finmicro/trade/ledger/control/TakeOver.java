package finmicro.trade.ledger.control;

import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.entity.AccountStatus;
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
     * Marks finished trades that the ledger has booked, in pages and each page in its own transaction, so that the take-over
     * itself is short however many trades there are. A later snapshot has them too.
     *
     * @return the number of the last trade of the page; {@link Long#MAX_VALUE} if there are no more
     */
    @Transactional
    public long prepare(AccountSnapshot snapshot, long after) {
        return isMine() ? trades.markBooked(snapshot, after) : Long.MAX_VALUE;
    }

    /** Takes {@code main} over, unless another task does or did. */
    @Transactional
    public boolean takeOver() {
        if (!isMine()) {
            return false;
        }
        rows.clear();
        accounts.create(Account.MAIN, AccountStatus.ACTIVE, 0);
        // Before the snapshot: a deposit that is sent by now is in it.
        rows.requireCashBooked();
        AccountSnapshot snapshot = balance.snapshot(Account.MAIN);
        LockedAccounts main = accounts.lock(Account.MAIN);
        main.book(Account.MAIN, snapshot.cashValue(), null, 0);
        snapshot.stocks().forEach(stock -> main.book(Account.MAIN, 0, stock.stockCode(), stock.stockQuantity()));
        trades.applyApplied(main, snapshot);
        // After the snapshot: a trade that is open by now was not filled here before it.
        trades.applyAll(main, snapshot);
        cursor.takeOver(snapshot.feedPosition());
        return true;
    }

    private boolean isMine() {
        return cursor.lock().isPresent() && isDue();
    }

    /** Forgets {@code main}: its row is not kept up to date while buying power is not checked. */
    @Transactional
    public void forget() {
        if (!isDue()) {
            accounts.lock(Account.MAIN);
            rows.clear();
        }
    }
}
