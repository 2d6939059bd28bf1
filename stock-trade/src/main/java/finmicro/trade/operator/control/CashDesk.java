package finmicro.trade.operator.control;

import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.TraceContext;
import finmicro.common.trading.Account;
import finmicro.trade.account.control.Accounts;
import finmicro.trade.account.control.LockedAccounts;
import finmicro.trade.account.control.Openings;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.account.entity.TradingAccount;
import finmicro.trade.operator.entity.CashMovement;
import finmicro.trade.outbox.control.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** Books deposits and withdrawals. Account, movement and outbox message are committed together. */
@ApplicationScoped
public class CashDesk {

    private final Accounts accounts;
    private final Openings openings;
    private final CashMovements movements;
    private final Outbox outbox;
    private final StrictJson json;
    private final Clock clock;

    @Inject
    public CashDesk(
            Accounts accounts,
            Openings openings,
            CashMovements movements,
            Outbox outbox,
            StrictJson json,
            Clock clock) {
        this.accounts = accounts;
        this.openings = openings;
        this.movements = movements;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Books a movement idempotently by its key. Waits for the lock of the account.
     *
     * @param key unique per account
     * @param amount whole yen, above 0
     * @return the movement; the earlier one if the same movement was already booked under the key
     * @throws finmicro.common.problem.ProblemException 422 if the account is unknown or closed, if a withdrawal exceeds the
     *     available cash, or if the key was used for another movement; 503 until {@code main} is taken over
     */
    @Transactional
    public CashMovement book(String account, String key, CashEntry.Kind kind, long amount, String reference) {
        LockedAccounts locked = lock(account);
        TradingAccount owner = locked.find(account)
                .orElseThrow(() -> Problem.unknownAccount(account).exception());
        Optional<CashMovement> before = movements.find(account, key);
        if (before.isPresent()) {
            return requireSame(before.get(), kind, amount, reference);
        }
        check(owner, kind, amount);
        CashMovement movement = movements.insert(account, key, kind, amount, reference, clock.instant());
        CashEntry entry = movement.entry();
        locked.book(entry.key(), account, kind == CashEntry.Kind.WITHDRAWAL ? -amount : amount, null, 0);
        outbox.append(entry.message(json, TraceContext.current()));
        return movement;
    }

    private LockedAccounts lock(String account) {
        LockedAccounts locked = accounts.lock(account);
        if (!locked.isMissing(account)) {
            return locked;
        }
        if (account.equals(Account.MAIN)) {
            throw OperatorProblems.notTakenOver();
        }
        if (openings.isAutomatic()) {
            openings.open(account);
            return accounts.lock(account);
        }
        return locked;
    }

    private static CashMovement requireSame(CashMovement before, CashEntry.Kind kind, long amount, String reference) {
        boolean same =
                before.kind() == kind && before.amount() == amount && Objects.equals(before.reference(), reference);
        if (!same) {
            throw Problem.movementKeyReused().exception();
        }
        return before;
    }

    private static void check(TradingAccount owner, CashEntry.Kind kind, long amount) {
        if (owner.status() == AccountStatus.CLOSED) {
            throw Problem.accountClosed(owner.account()).exception();
        }
        if (kind == CashEntry.Kind.WITHDRAWAL && amount > owner.buyingPower()) {
            throw Problem.insufficientFunds(amount, owner.buyingPower()).exception();
        }
    }
}
