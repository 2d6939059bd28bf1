package finmicro.trade.operator.boundary;

import finmicro.common.problem.Problem;
import finmicro.trade.TradeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Refuses operations on accounts if the service keeps none. */
@ApplicationScoped
public class KeptAccounts {

    private final TradeConfig config;

    @Inject
    public KeptAccounts(TradeConfig config) {
        this.config = config;
    }

    /** @throws finmicro.common.problem.ProblemException 404 if buying power is not checked */
    public void check() {
        if (!config.checksBuyingPower()) {
            throw Problem.notFound("Buying power is not checked (BUYING_POWER=off), so there are no accounts.")
                    .exception();
        }
    }
}
