package finmicro.trade.account.control;

import finmicro.common.json.StrictJson;
import finmicro.common.telemetry.TraceContext;
import finmicro.trade.TradeConfig;
import finmicro.trade.account.entity.AccountStatus;
import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.outbox.control.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Opens accounts: the account's row and the message that has the ledger book its opening are committed together. */
@ApplicationScoped
public class Openings {

    private final Accounts accounts;
    private final Outbox outbox;
    private final StrictJson json;
    private final TradeConfig config;

    @Inject
    public Openings(Accounts accounts, Outbox outbox, StrictJson json, TradeConfig config) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.json = json;
        this.config = config;
    }

    /** Whether an account is opened by the first write to it. */
    public boolean isAutomatic() {
        return config.opensAccounts();
    }

    /** The cash that an account starts with, in whole yen. */
    public long cash() {
        return config.openingCash();
    }

    /**
     * Opens an account, and locks its row; waits for a transaction that opens the same.
     *
     * @return whether it is opened now; one that is open or closed is left as it is, and locked too
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
