package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.BearerTokenFilter;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Calls stock-items. */
public final class ItemsGateway {

    /** A stock; stock-trade ignores its other fields. */
    public record Stock(String stockCode) {}

    /** All stocks. */
    public record Stocks(List<Stock> attributes) {}

    private final ItemsClient client;

    /** @param service its base address */
    public ItemsGateway(URI service, JsonBody json, BearerTokenFilter token) {
        client = RestClientBuilder.newBuilder()
                .baseUri(service)
                .connectTimeout(500, TimeUnit.MILLISECONDS)
                .readTimeout(1_500, TimeUnit.MILLISECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(json)
                .register(token)
                .build(ItemsClient.class);
    }

    /**
     * Returns all stock codes; empty if this is an old stock-items, which has no list and returns 404.
     *
     * @throws ProcessingException if stock-items is unavailable or returns an error
     */
    public Optional<List<String>> codes() {
        try (Response response = client.attributes()) {
            if (response.getStatus() == 404) {
                return Optional.empty();
            }
            return Optional.of(read(response, Stocks.class).attributes().stream()
                    .map(Stock::stockCode)
                    .toList());
        }
    }

    /**
     * Whether there is a stock with this code. For an unknown code, the old stock-items returns a stock with an empty code.
     *
     * @throws ProcessingException if stock-items is unavailable or returns an error
     */
    public boolean has(String code) {
        try (Response response = client.attribute(code)) {
            if (response.getStatus() == 404 && Problem.isIn(response)) {
                return false;
            }
            return code.equals(read(response, Stock.class).stockCode());
        }
    }

    private static <T> T read(Response response, Class<T> type) {
        if (response.getStatus() != 200) {
            throw new ProcessingException("stock-items returned " + response.getStatus());
        }
        return response.readEntity(type);
    }
}
