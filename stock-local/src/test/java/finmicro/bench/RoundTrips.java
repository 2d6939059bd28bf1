package finmicro.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends one order at a time and polls the balance until it shows the order. */
final class RoundTrips {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 2;
    private static final String STOCK = "A002";
    private static final String ORDER = "{\"orderDate\":20200607,\"orderTime\":\"11:25:00\",\"stockCode\":\"" + STOCK
            + "\",\"tradeType\":\"BUY\",\"orderType\":\"0\",\"orderPrice\":2320,\"orderQuantity\":10}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest order;
    private final HttpRequest balance;

    RoundTrips(URI trade, URI balance) {
        order = HttpRequest.newBuilder(trade.resolve("/trade/order"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ORDER))
                .build();
        this.balance = HttpRequest.newBuilder(balance.resolve("/balance")).build();
    }

    /** Round trip times in milliseconds, sorted. */
    List<Double> measure(int times) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long before = quantity();
            long began = System.nanoTime();
            int status =
                    http.send(order, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 201) {
                throw new IllegalStateException("order was answered with status " + status);
            }
            while (quantity() == before) {
                Thread.sleep(PAUSE_MILLIS);
            }
            millis.add((System.nanoTime() - began) / 1e6);
        }
        Collections.sort(millis);
        return millis;
    }

    private long quantity() throws IOException, InterruptedException {
        JsonNode stocks = JSON.readTree(
                        http.send(balance, HttpResponse.BodyHandlers.ofString()).body())
                .path("stocks");
        for (JsonNode stock : stocks) {
            if (stock.path("stockCode").asText().equals(STOCK)) {
                return stock.path("stockQuantity").asLong();
            }
        }
        return 0;
    }

    /** @param share 0.99 for the 99th percentile */
    static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
