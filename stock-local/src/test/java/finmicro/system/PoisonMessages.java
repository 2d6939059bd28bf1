package finmicro.system;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import finmicro.embedded.EmbeddedQueues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Message bodies that no consumer can process: unreadable ones, and readable ones with invalid values. */
final class PoisonMessages {

    /** An open trade without an order message. It is never filled; the invalid messages refer to it. */
    static final long TRADE = 10002;

    /** Number of a trade that does not exist. */
    static final long UNKNOWN = 9;

    /** Number of mutations of a valid message to send. */
    private static final int MUTATIONS = 30;

    private static final int LARGEST = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ObjectNode PRICE = json("""
            {"stockCode":"A002","stockName":"Sample IT Company2",
             "datePrice":[{"date":20200702,"timePrice":[{"time":"09:00","price":2650}]}]}""");

    private static final ObjectNode ORDER = json("""
            {"tradeNo":10002,"orderDate":20200607,"orderTime":"11:25:00","stockCode":"A002","tradeType":"BUY",
             "orderType":"0","orderPrice":2300,"orderQuantity":70}""");

    private static final ObjectNode CONTRACT = json("""
            {"tradeNo":10002,"orderStatus":true,"contractDate":20200607,"contractTime":"11:25:03","stockCode":"A002",
             "tradeType":"BUY","orderType":"0","contractPrice":2320,"contractQuantity":70}""");

    private static final List<String> WRONG_PRICES = List.of(
            "nope",
            "{\"stockCode\":\"A002\"}",
            with(PRICE, "/stockCode", "\"A0020000000\""),
            with(PRICE, "/stockName", "\"" + "x".repeat(201) + "\""),
            with(PRICE, "/datePrice", "[]"),
            with(PRICE, "/datePrice/0/date", "20200631"),
            with(PRICE, "/datePrice/0/date", "-20200601"),
            with(PRICE, "/datePrice/0/timePrice", "[]"),
            with(PRICE, "/datePrice/0/timePrice/0/time", "\"25:61\""),
            with(PRICE, "/datePrice/0/timePrice/0/time", "\"9:00\""),
            with(PRICE, "/datePrice/0/timePrice/0/price", "0"),
            with(PRICE, "/datePrice/0/timePrice/0/price", "2650.12345"),
            with(PRICE, "/datePrice/0/timePrice/0/price", "10000051"));

    private static final List<String> WRONG_ORDERS = List.of(
            "{}",
            "[]",
            "{\"tradeNo\":1}",
            with(ORDER, "/tradeNo", "0"),
            with(ORDER, "/tradeNo", "-1"),
            with(ORDER, "/orderDate", "20200631"),
            with(ORDER, "/orderTime", "\"25:61:00\""),
            with(ORDER, "/stockCode", "\"A0020000000\""),
            with(ORDER, "/tradeType", "\"HOLD\""),
            with(ORDER, "/orderType", "\"2\""),
            with(ORDER, "/orderPrice", "-2300"),
            with(ORDER, "/orderPrice", "10000001"),
            with(ORDER, "/orderQuantity", "0"),
            with(ORDER, "/orderQuantity", "10000001"));

    private static final List<String> WRONG_CONTRACTS = List.of(
            "nope",
            with(CONTRACT, "/tradeNo", String.valueOf(UNKNOWN)),
            with(CONTRACT, "/tradeNo", "0"),
            with(CONTRACT, "/tradeNo", "9223372036854775807"),
            with(CONTRACT, "/contractDate", "0"),
            with(CONTRACT, "/contractDate", "20200631"),
            with(CONTRACT, "/contractTime", "\"25:61:00\""),
            with(CONTRACT, "/stockCode", "\"A001\""),
            with(CONTRACT, "/tradeType", "\"SELL\""),
            with(CONTRACT, "/orderType", "\"1\""),
            with(CONTRACT, "/contractPrice", "-99999999"),
            with(CONTRACT, "/contractPrice", "2320.12345"),
            with(CONTRACT, "/contractPrice", "10000051"),
            with(CONTRACT, "/contractQuantity", "0"),
            with(CONTRACT, "/contractQuantity", "71"));

    private static final Map<String, ObjectNode> GOOD =
            Map.of(EmbeddedQueues.PRICES, PRICE, EmbeddedQueues.ORDERS, ORDER, EmbeddedQueues.CONTRACTS, CONTRACT);

    private static final Map<String, List<String>> WRONG = Map.of(
            EmbeddedQueues.PRICES, WRONG_PRICES,
            EmbeddedQueues.ORDERS, WRONG_ORDERS,
            EmbeddedQueues.CONTRACTS, WRONG_CONTRACTS);

    private PoisonMessages() {}

    /** Returns about sixty bodies for a queue, with a random selection of mutations and envelopes. */
    static List<String> of(String queue, Random random) {
        ObjectNode good = GOOD.get(queue);
        List<String> mutated = new ArrayList<>(HostileJson.all(good, random).stream()
                .map(HostileJson.Mutation::json)
                .filter(PoisonMessages::isSendable)
                .distinct()
                .toList());
        Collections.shuffle(mutated, random);
        Stream<String> enveloped = Stream.concat(
                        mutated.stream().skip(MUTATIONS).limit(5),
                        WRONG.get(queue).stream().limit(3))
                .map(Trading::envelope);
        return Stream.of(
                        mutated.stream().limit(MUTATIONS),
                        WRONG.get(queue).stream(),
                        enveloped,
                        envelopes(good),
                        large(good))
                .flatMap(bodies -> bodies)
                .toList();
    }

    /** Invalid envelopes around a valid message. */
    private static Stream<String> envelopes(ObjectNode good) {
        String envelope = Trading.envelope(good.toString());
        return Stream.of(
                envelope.replace("Notification", "SubscriptionConfirmation"),
                envelope.replace("\"Message\"", "\"message\""),
                envelope.substring(0, envelope.length() - 1),
                Trading.envelope(envelope),
                "{\"Type\":\"Notification\",\"Message\":" + good + "}",
                "{\"Type\":\"Notification\",\"Message\":1e2147483648}");
    }

    /** Messages of the maximum size. */
    private static Stream<String> large(ObjectNode good) {
        String first = "/" + good.fieldNames().next();
        return Stream.of(
                "x".repeat(LARGEST),
                with(good, first, "\"" + "x".repeat(LARGEST - 1_000) + "\""),
                with(good, first, "9".repeat(LARGEST - 1_000)),
                with(good, first, "[[]" + ",[]".repeat(LARGEST / 3 - 1_000) + "]"));
    }

    /** SQS accepts no empty body and only characters that XML allows. */
    private static boolean isSendable(String body) {
        return !body.isBlank()
                && body.codePoints()
                        .allMatch(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= ' ' && c < 0xd800
                                || c > 0xdfff && c < 0xfffe
                                || c > 0xffff);
    }

    private static String with(ObjectNode good, String field, String value) {
        return HostileJson.with(good, JsonPointer.compile(field), value);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(TextNode.valueOf(text).toString(), e);
        }
    }
}
