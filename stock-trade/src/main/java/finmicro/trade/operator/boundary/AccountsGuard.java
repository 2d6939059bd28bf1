package finmicro.trade.operator.boundary;

import finmicro.common.problem.Problem;
import finmicro.trade.TradeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Rejects operations on accounts if the service does not check buying power, and so has no accounts. */
@ApplicationScoped
public class AccountsGuard {

    private final TradeConfig config;

    @Inject
    public AccountsGuard(TradeConfig config) {
        this.config = config;
    }

    /** @throws finmicro.common.problem.ProblemException 404 if buying power is not checked */
    public void requireEnabled() {
        if (!config.checksBuyingPower()) {
            throw Problem.notFound("Buying power is not checked (BUYING_POWER=off), so there are no accounts.")
                    .exception();
        }
    }
}
