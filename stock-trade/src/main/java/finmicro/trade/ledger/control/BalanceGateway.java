package finmicro.trade.ledger.control;

import finmicro.common.json.StrictJson;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.ServiceToken;
import finmicro.trade.access.control.WithToken;
import finmicro.trade.ledger.entity.AccountSnapshot;
import finmicro.trade.ledger.entity.BookedTrades;
import finmicro.trade.ledger.entity.EntryBatch;
import finmicro.trade.ledger.entity.FeedPage;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * stock-balance, as far as stock-trade needs it. Each call throws {@link jakarta.ws.rs.ProcessingException} if there is no
 * answer.
 */
public final class BalanceGateway {

    private static final int CONNECT_SECONDS = 1;
    private static final int READ_SECONDS = 10;

    /** The longest time that a call takes, including a new token for it. */
    static final Duration LONGEST_CALL =
            Duration.ofSeconds(CONNECT_SECONDS + READ_SECONDS).plus(ServiceToken.LONGEST_CALL);

    private final BalanceClient client;
    private final StrictJson json;

    /** @param service its base address */
    public BalanceGateway(URI service, JsonBody body, StrictJson json, WithToken token) {
        // Longer than stock-balance takes to give up on its own database.
        client = client(service, body, token);
        this.json = json;
    }

    private static BalanceClient client(URI service, JsonBody body, WithToken token) {
        return RestClientBuilder.newBuilder()
                .baseUri(service)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(body)
                .register(token)
                .build(BalanceClient.class);
    }

    /** Books entries, each for itself; the old stock-balance answers 404 or 405. */
    Response book(EntryBatch entries) {
        return client.book(entries);
    }

    /** Settles a contract, given as JSON; for the old stock-balance. */
    Response settle(String contract) {
        return client.settle(contract);
    }

    /**
     * Reads the next bookings from elsewhere.
     *
     * @param after the position up to which they are known
     * @throws BalanceException if stock-balance answers anything else
     */
    FeedPage feed(long after) {
        return read(client.feed(after, FeedPage.MOST), FeedPage.class);
    }

    /**
     * Reads an account at one point of its history.
     *
     * @throws BalanceException if stock-balance answers anything else
     */
    AccountSnapshot snapshot(String account) {
        return read(client.snapshot(account), AccountSnapshot.class);
    }

    /**
     * Selects the trades that were booked by a point of an account's history.
     *
     * @throws BalanceException if stock-balance answers anything else
     */
    BookedTrades booked(BookedTrades.Question question) {
        return read(client.booked(question), BookedTrades.class);
    }

    private <T extends Record> T read(Response response, Class<T> type) {
        try (response) {
            if (response.getStatus() != 200) {
                throw new BalanceException("stock-balance answers " + response.getStatus());
            }
            return json.read(response.readEntity(String.class), type);
        }
    }

    /** stock-balance answered, but not with what was asked for. */
    static final class BalanceException extends RuntimeException {

        BalanceException(String message) {
            super(message);
        }
    }
}
