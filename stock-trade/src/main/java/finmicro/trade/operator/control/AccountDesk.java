package finmicro.trade.operator.control;

import finmicro.common.problem.Problem;
import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.TradingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens accounts, changes their status, and lists them. Each method runs in its own transaction. */
@ApplicationScoped
public class AccountDesk {

    private static final String OPEN_ORDERS =
            "SELECT COUNT(t) FROM Trade t WHERE t.account = :account AND t.status = finmicro.trade.order.entity.TradeStatus.OPEN";

    private static final String POSITIONS = "SELECT COUNT(p) FROM Position p WHERE p.account = :account"
            + " AND (p.quantity <> 0 OR p.reservedQuantity <> 0)";

    private final Accounts accounts;
    private final Openings openings;
    private final Clock clock;

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    @Inject
    public AccountDesk(Accounts accounts, Openings openings, Clock clock) {
        this.accounts = accounts;
        this.openings = openings;
        this.clock = clock;
    }

    /**
     * The result of opening an account.
     *
     * @param isNew false if the account was already open or closed
     */
    public record Opened(TradingAccount account, boolean isNew) {}

    /**
     * Opens an account, also one that an external booking created. Does not change an account that is already open or closed. The
     * opening is sent to the ledger once.
     *
     * @throws finmicro.common.problem.ProblemException 503 for {@code main} before it is taken over
     */
    @Transactional
    public Opened open(String account) {
        Optional<TradingAccount> existing = accounts.read(account);
        if (existing.flatMap(TradingAccount::openedAt).isPresent()) {
            return new Opened(existing.get(), false);
        }
        if (account.equals(Account.MAIN)) {
            throw OperatorProblems.notTakenOver();
        }
        boolean isNew = openings.open(account);
        return new Opened(accounts.lock(account).find(account).orElseThrow(), isNew);
    }

    /**
     * Changes the status of an account. Waits for its lock.
     *
     * @throws finmicro.common.problem.ProblemException 404 if the account does not exist, 409 if it is to be closed and not
     *     empty, 422 if it is closed and gets another status
     */
    @Transactional
    public TradingAccount changeStatus(String account, AccountStatus next) {
        TradingAccount found = accounts.lock(account)
                .find(account)
                .orElseThrow(() -> Problem.notFound("Account " + account + " has not been opened.")
                        .exception());
        if (found.status() == next) {
            return found;
        }
        if (found.status() == AccountStatus.CLOSED) {
            throw Problem.accountClosed(account).exception();
        }
        if (next == AccountStatus.CLOSED) {
            requireEmpty(found);
        }
        found.setStatus(next, clock.instant());
        return found;
    }

    private void requireEmpty(TradingAccount account) {
        List<String> reasons = new ArrayList<>();
        long orders = count(OPEN_ORDERS, account.account());
        if (orders > 0) {
            reasons.add(orders + " orders are open");
        }
        long positions = count(POSITIONS, account.account());
        if (positions > 0) {
            reasons.add(positions + " positions are not sold");
        }
        if (account.cash() != 0 || account.reservedCash() != 0) {
            reasons.add("its cash is %d yen, %d of it reserved".formatted(account.cash(), account.reservedCash()));
        }
        if (!reasons.isEmpty()) {
            throw Problem.accountNotEmpty(account.account(), String.join(", ", reasons))
                    .exception();
        }
    }

    private long count(String query, String account) {
        return entities.createQuery(query, Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /**
     * Lists up to {@code limit} accounts, ordered by id.
     *
     * @param after the last account of the previous page; empty for the first page
     */
    @Transactional
    public List<TradingAccount> list(String after, int limit) {
        return entities.createQuery(
                        "SELECT a FROM TradingAccount a WHERE a.account > :after ORDER BY a.account",
                        TradingAccount.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }
}
