package finmicro.trade.account.control;

import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.outbox.control.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Opens accounts. The account and the outbox message with its opening entry are committed together. */
@ApplicationScoped
public class Openings {

    private final Accounts accounts;
    private final Outbox outbox;
    private final StrictJson json;
    private final AccountSettings settings;

    @Inject
    public Openings(Accounts accounts, Outbox outbox, StrictJson json, AccountSettings settings) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.json = json;
        this.settings = settings;
    }

    /** Whether the first write to an account opens it. */
    public boolean isAutomatic() {
        return settings.opensAutomatically();
    }

    /** Opening cash of an account, in whole yen. */
    public long cash() {
        return settings.openingCash();
    }

    /**
     * Opens an account, and locks its row. Waits for a transaction that is opening the same account.
     *
     * @return false if the account was already open or closed; it is only locked then
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean open(String account) {
        boolean opened = accounts.create(account, AccountStatus.ACTIVE) || accounts.open(account);
        if (opened) {
            CashEntry opening = CashEntry.opening(account, cash());
            accounts.lock(account).book(opening.key(), account, opening.amount(), null, 0);
            outbox.append(opening.message(json, TraceContext.current()));
        }
        return opened;
    }
}
