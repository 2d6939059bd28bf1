package finmicro.trade.ledger.control;

import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.ServiceToken;
import finmicro.trade.access.control.WithToken;
import finmicro.trade.hold.entity.Hold;
import finmicro.trade.ledger.entity.SettlementBatch;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * stock-balance, as far as stock-trade needs it. Each call throws {@link jakarta.ws.rs.ProcessingException} when there is
 * no answer.
 */
public final class BalanceGateway {

    private static final int CONNECT_SECONDS = 1;
    private static final int READ_SECONDS = 10;

    /** A call of a relay ends within this time, with a new token being fetched for it. */
    static final Duration LONGEST_CALL =
            Duration.ofSeconds(CONNECT_SECONDS + READ_SECONDS).plus(ServiceToken.LONGEST_CALL);

    private final BalanceClient patient;
    private final BalanceClient hurried;

    /** @param service where it is */
    public BalanceGateway(URI service, JsonBody json, WithToken token) {
        // Longer than stock-balance takes to give up on its own database.
        patient = client(service, json, token, READ_SECONDS);
        // A customer waits.
        hurried = client(service, json, token, 3);
    }

    private static BalanceClient client(URI service, JsonBody json, WithToken token, int seconds) {
        return RestClientBuilder.newBuilder()
                .baseUri(service)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
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
