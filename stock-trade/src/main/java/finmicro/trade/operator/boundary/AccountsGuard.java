package finmicro.trade.operator.boundary;

import finmicro.common.problem.Problem;
import finmicro.trade.account.control.AccountSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Rejects operations on accounts if the service does not check buying power, and so has no accounts. */
@ApplicationScoped
public class AccountsGuard {

    private final AccountSettings settings;

    @Inject
    public AccountsGuard(AccountSettings settings) {
        this.settings = settings;
    }

    /** @throws finmicro.common.problem.ProblemException 404 if buying power is not checked */
    public void requireEnabled() {
        if (!settings.checksBuyingPower()) {
            throw Problem.notFound("Buying power is not checked (BUYING_POWER=off), so there are no accounts.")
                    .exception();
        }
    }
}
