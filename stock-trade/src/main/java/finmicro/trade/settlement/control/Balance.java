package finmicro.trade.settlement.control;

import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.WithToken;
import finmicro.trade.hold.entity.Hold;
import finmicro.trade.settlement.entity.SettlementBatch;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * stock-balance, as far as stock-trade needs it. Each call throws {@link jakarta.ws.rs.ProcessingException} when there is
 * no answer.
 */
public final class Balance {

    private final BalanceClient patient;
    private final BalanceClient hurried;

    /** @param service where it is */
    public Balance(URI service, JsonBody json, WithToken token) {
        // Longer than stock-balance takes to give up on its own database. Should a claim run out meanwhile,
        // a contract is posted twice and settled once.
        patient = client(service, json, token, 10);
        // A customer waits.
        hurried = client(service, json, token, 3);
    }

    private static BalanceClient client(URI service, JsonBody json, WithToken token, int seconds) {
        return RestClientBuilder.newBuilder()
                .baseUri(service)
                .connectTimeout(1, TimeUnit.SECONDS)
                .readTimeout(seconds, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json)
                .register(token)
                .build(BalanceClient.class);
    }

    /** Settles a contract, given as JSON. */
    public Response settle(String contract) {
        return patient.settle(contract);
    }

    /** Settles several contracts together, or none; the old stock-balance answers 404 or 405. */
    public Response settle(SettlementBatch batch) {
        return patient.settle(batch);
    }

    /** Holds what an order needs. */
    public Response hold(long tradeNo, Hold hold) {
        return hurried.hold(tradeNo, hold);
    }

    /** Releases what is held for an order. */
    public Response release(long tradeNo) {
        return patient.release(tradeNo);
    }
}
