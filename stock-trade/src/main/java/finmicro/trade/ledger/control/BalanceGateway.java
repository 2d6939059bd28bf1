package finmicro.trade.ledger.control;

import finmicro.common.json.StrictJson;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.ServiceToken;
import finmicro.trade.access.control.WithToken;
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

    /**
     * Reads the next entries of all accounts by time.
     *
     * @param after a time, or the place of the last entry
     * @throws BalanceException if stock-balance answers anything else; 404 or 405 if it is an old one
     */
    BookedEntries entries(String after) {
        return read(client.entries(after, BookedEntries.MOST), BookedEntries.class);
    }

    /**
     * Reads entries by their keys.
     *
     * @throws BalanceException if stock-balance answers anything else; 404 or 405 if it is an old one
     */
    BookedEntries find(BookedEntries.Question question) {
        return read(client.find(question), BookedEntries.class);
    }

    /**
     * Has stock-balance compare balances with their entries.
     *
     * @param cursor the last account of the call before; null for the first accounts
     * @throws BalanceException if stock-balance answers anything else; 404 or 405 if it is an old one
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

    /** stock-balance answered, but not with what was asked for. */
    static final class BalanceException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int status;

        BalanceException(int status) {
            super("stock-balance answers " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
