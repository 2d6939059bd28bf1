package finmicro.trade.hold.control;

import finmicro.common.json.StrictJson;
import finmicro.common.problem.Outages;
import finmicro.common.problem.Problem;
import finmicro.common.telemetry.Log;
import finmicro.trade.hold.entity.Hold;
import finmicro.trade.ledger.control.BalanceGateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;

/** Has stock-balance hold what an order needs, or refuse it. */
@ApplicationScoped
public class BuyingPower {

    private static final System.Logger LOG = Log.of(BuyingPower.class);

    /** What stock-balance answers with its 422; both numbers in whole yen or shares. */
    private record Shortage(String type, long required, long available) {}

    private final BalanceGateway balance;
    private final StrictJson json;

    @Inject
    public BuyingPower(BalanceGateway balance, StrictJson json) {
        this.balance = balance;
        this.json = json;
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
                throw problem(response, hold).exception();
            }
        } catch (ProcessingException e) {
            throw unavailable(Outages.reason(e)).exception();
        }
    }

    private Problem problem(Response response, Hold hold) {
        int status = response.getStatus();
        if (status != 422 || !Problem.isIn(response)) {
            return unavailable("stock-balance answers " + status);
        }
        Shortage shortage = json.read(response.readEntity(String.class), Shortage.class);
        Problem funds = Problem.insufficientFunds(shortage.required(), shortage.available());
        return shortage.type().equals(funds.type())
                ? funds
                : Problem.insufficientHoldings(hold.stockCode(), shortage.required(), shortage.available());
    }

    private static Problem unavailable(String reason) {
        LOG.log(System.Logger.Level.WARNING, "hold.unavailable reason={0}", reason);
        return Problem.unavailable("whether the order can be settled cannot be told");
    }
}
