package finmicro.trade.hold.control;

import finmicro.common.problem.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.Log;
import finmicro.trade.hold.entity.Hold;
import finmicro.trade.settlement.control.Balance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;

/** Has stock-balance hold what an order needs, or refuse it. */
@ApplicationScoped
public class BuyingPower {

    private static final System.Logger LOG = Log.of(BuyingPower.class);

    private final Balance balance;

    @Inject
    public BuyingPower(Balance balance) {
        this.balance = balance;
    }

    /**
     * Holds it under the trade number.
     *
     * @throws finmicro.common.problem.ProblemException stock-balance's own 422 where there is not enough; 503 where it cannot
     *     be told, or the number cannot be used any more
     */
    public void hold(long tradeNo, Hold hold) {
        try (Response response = balance.hold(tradeNo, hold)) {
            if (response.getStatus() != 200) {
                throw problem(response).exception();
            }
        } catch (ProcessingException e) {
            throw unavailable(Outages.reason(e)).exception();
        }
    }

    private static Problem problem(Response response) {
        int status = response.getStatus();
        return status == 422 && Problem.isIn(response)
                ? response.readEntity(Problem.class)
                : unavailable("stock-balance answers " + status);
    }

    private static Problem unavailable(String reason) {
        LOG.log(System.Logger.Level.WARNING, "hold.unavailable reason={0}", reason);
        return Problem.unavailable("whether the order can be settled cannot be told");
    }
}
