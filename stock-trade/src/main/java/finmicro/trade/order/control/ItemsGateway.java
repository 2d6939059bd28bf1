package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.rest.JsonBody;
import finmicro.trade.access.control.WithToken;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** stock-items, as far as stock-trade needs it. */
public final class ItemsGateway {

    /** A stock; its other fields are of no interest here. */
    public record Stock(String stockCode) {}

    /** All stocks. */
    public record Stocks(List<Stock> attributes) {}

    private final ItemsClient client;

    /** @param service its base address */
    public ItemsGateway(URI service, JsonBody json, WithToken token) {
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
     * All stock codes; empty if stock-items has no such list, as the old one, which answers 404 to the request.
     *
     * @throws ProcessingException when stock-items does not answer with them
     */
    public Optional<List<String>> codes() {
        try (Response response = client.attributes()) {
            if (response.getStatus() == 404) {
                return Optional.empty();
            }
            return Optional.of(answered(response, Stocks.class).attributes().stream()
                    .map(Stock::stockCode)
                    .toList());
        }
    }

    /**
     * Whether there is a stock of that code; the old stock-items answers one it does not know with an empty code.
     *
     * @throws ProcessingException when stock-items does not answer
     */
    public boolean has(String code) {
        try (Response response = client.attribute(code)) {
            if (response.getStatus() == 404 && Problem.isIn(response)) {
                return false;
            }
            return code.equals(answered(response, Stock.class).stockCode());
        }
    }

    private static <T> T answered(Response response, Class<T> type) {
        if (response.getStatus() != 200) {
            throw new ProcessingException("stock-items answers " + response.getStatus());
        }
        return response.readEntity(type);
    }
}
