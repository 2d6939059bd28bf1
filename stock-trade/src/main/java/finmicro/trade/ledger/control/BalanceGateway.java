package finmicro.trade.ledger.control;

import finmicro.common.json.StrictJson;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.BearerTokenFilter;
import finmicro.trade.access.control.ServiceToken;
import finmicro.trade.ledger.entity.AccountSnapshot;
import finmicro.trade.ledger.entity.BookedEntries;
import finmicro.trade.ledger.entity.BookedTrades;
import finmicro.trade.ledger.entity.EntryBatch;
import finmicro.trade.ledger.entity.FeedPage;
import finmicro.trade.ledger.entity.LedgerCheck;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Calls stock-balance. Each call throws {@link jakarta.ws.rs.ProcessingException} if there is no response.
 */
public final class BalanceGateway {

    private static final int CONNECT_SECONDS = 1;
    private static final int READ_SECONDS = 10;

    /** Maximum duration of a call, including a new token for it. */
    static final Duration MAX_CALL_TIME =
            Duration.ofSeconds(CONNECT_SECONDS + READ_SECONDS).plus(ServiceToken.MAX_CALL_TIME);

    private final BalanceClient client;
    private final StrictJson json;

    /** @param service its base address */
    public BalanceGateway(URI service, JsonBody body, StrictJson json, BearerTokenFilter token) {
        // The read timeout is longer than the database timeout of stock-balance.
        client = client(service, body, token);
        this.json = json;
    }

    private static BalanceClient client(URI service, JsonBody body, BearerTokenFilter token) {
        return RestClientBuilder.newBuilder()
                .baseUri(service)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(body)
                .register(token)
                .build(BalanceClient.class);
    }

    /** Books entries independently of each other. The old stock-balance returns 404 or 405. */
    Response book(EntryBatch entries) {
        return client.book(entries);
    }

    /** Settles a fill, given as JSON, in the old stock-balance. */
    Response settle(String contract) {
        return client.settle(contract);
    }

    /**
     * Reads the next external bookings.
     *
     * @param after the last known feed position
     * @throws BalanceException if stock-balance returns another status than 200
     */
    FeedPage feed(long after) {
        return read(client.feed(after, FeedPage.MAX_ENTRIES), FeedPage.class);
    }

    /**
     * Reads the current state of an account and its position in the ledger.
     *
     * @throws BalanceException if stock-balance returns another status than 200
     */
    AccountSnapshot snapshot(String account) {
        return read(client.snapshot(account), AccountSnapshot.class);
    }

    /**
     * Selects the trades that were booked up to an entry of an account.
     *
     * @throws BalanceException if stock-balance returns another status than 200
     */
    BookedTrades booked(BookedTrades.Question question) {
        return read(client.booked(question), BookedTrades.class);
    }

    /**
     * Reads the next entries of all accounts in time order.
     *
     * @param after a time, or the place of the last entry
     * @throws BalanceException if stock-balance returns another status than 200: 404 or 405 if it is an old one
     */
    BookedEntries entries(String after) {
        return read(client.entries(after, BookedEntries.MAX_ENTRIES), BookedEntries.class);
    }

    /**
     * Finds entries by their keys.
     *
     * @throws BalanceException if stock-balance returns another status than 200: 404 or 405 if it is an old one
     */
    BookedEntries find(BookedEntries.Question question) {
        return read(client.find(question), BookedEntries.class);
    }

    /**
     * Makes stock-balance compare balances with their entries.
     *
     * @param cursor the last account of the previous call; null for the first accounts
     * @throws BalanceException if stock-balance returns another status than 200: 404 or 405 if it is an old one
     */
    LedgerCheck reconcile(String cursor) {
        return read(client.reconcile(cursor), LedgerCheck.class);
    }

    private <T extends Record> T read(Response response, Class<T> type) {
        try (response) {
            if (response.getStatus() != 200) {
                throw new BalanceException(response.getStatus());
            }
            return json.read(response.readEntity(String.class), type);
        }
    }

    /** stock-balance returned an error. */
    static final class BalanceException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int status;

        BalanceException(int status) {
            super("stock-balance returned " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
