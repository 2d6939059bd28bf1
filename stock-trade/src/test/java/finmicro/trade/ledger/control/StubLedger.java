package finmicro.trade.ledger.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.common.reconciliation.EntryCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An in-memory ledger with the rules of stock-balance that matter to stock-trade. Thread safe. */
public final class StubLedger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAIN = "main";

    /**
     * One booking.
     *
     * @param tradeNo null if it is not about a trade
     * @param sequence within its account, from 1
     * @param position in the feed; 0 if it has none
     */
    public record Booking(
            String key,
            String account,
            String kind,
            Long tradeNo,
            String stockCode,
            long cash,
            long shares,
            long sequence,
            long position) {}

    private final List<Booking> bookings = new ArrayList<>();
    private long head;

    /** All bookings, in their order. */
    public synchronized List<Booking> bookings() {
        return List.copyOf(bookings);
    }

    /** The cash of an account, in yen. */
    public synchronized long cash(String account) {
        return bookings.stream()
                .filter(booking -> booking.account().equals(account))
                .mapToLong(Booking::cash)
                .sum();
    }

    /** Adds an external booking of cash and shares, with a feed position; idempotent by trade number. */
    public synchronized void external(String account, Long tradeNo, String stockCode, long cash, long shares) {
        String key = tradeNo == null ? "adjustment-" + account + "-" + (head + 1) : "trade-" + tradeNo;
        if (find(key).isEmpty()) {
            String kind = tradeNo == null ? "ADJUSTMENT" : "SETTLEMENT";
            add(key, account, kind, tradeNo, stockCode, cash, shares, ++head);
        }
    }

    /** {@code POST /balance}. */
    synchronized ObjectNode settle(JsonNode contract) {
        external(
                account(contract),
                contract.path("tradeNo").asLong(),
                stockCode(contract),
                cash(contract),
                shares(contract));
        return JSON.createObjectNode();
    }

    /** One entry of {@code POST /balance/entries}. */
    synchronized ObjectNode book(JsonNode entry) {
        String key = entry.path("key").asText();
        ObjectNode outcome = JSON.createObjectNode().put("key", key);
        Optional<Booking> before = find(key);
        if (before.isPresent() && !isSame(before.get(), entry)) {
            return outcome.put("status", 409).put("type", "urn:fin-micro:problem:settlement-conflict");
        }
        if (before.isEmpty()) {
            JsonNode contract = entry.path("contract");
            Long tradeNo =
                    contract.isMissingNode() ? null : contract.path("tradeNo").asLong();
            String kind = entry.path("kind").asText();
            add(key, account(entry), kind, tradeNo, stockCode(contract), entryCash(entry), shares(contract), 0);
        }
        return outcome.put("status", 200).put("repeated", before.isPresent());
    }

    private static boolean isSame(Booking booking, JsonNode entry) {
        return booking.cash() == entryCash(entry) && booking.account().equals(account(entry));
    }

    private void add(
            String key,
            String account,
            String kind,
            Long tradeNo,
            String stockCode,
            long cash,
            long shares,
            long position) {
        long sequence = 1
                + bookings.stream()
                        .filter(booking -> booking.account().equals(account))
                        .count();
        bookings.add(new Booking(key, account, kind, tradeNo, stockCode, cash, shares, sequence, position));
    }

    private Optional<Booking> find(String key) {
        return bookings.stream().filter(booking -> booking.key().equals(key)).findAny();
    }

    private static String account(JsonNode entry) {
        return entry.path("account").asText(MAIN);
    }

    private static String stockCode(JsonNode contract) {
        return contract.path("stockCode").asText(null);
    }

    private static long entryCash(JsonNode entry) {
        long amount = entry.path("amount").asLong();
        return switch (entry.path("kind").asText()) {
            case "SETTLEMENT" -> cash(entry.path("contract"));
            case "WITHDRAWAL" -> -amount;
            default -> amount;
        };
    }

    private static long cash(JsonNode contract) {
        long amount = contract.path("settlementAmount").asLong();
        return isBuy(contract) ? -amount : amount;
    }

    private static long shares(JsonNode contract) {
        long quantity = contract.path("contractQuantity").asLong();
        return isBuy(contract) ? quantity : -quantity;
    }

    private static boolean isBuy(JsonNode contract) {
        return contract.path("tradeType").asText().equals("BUY");
    }

    synchronized ObjectNode feed(long after, long limit) {
        ObjectNode response = JSON.createObjectNode();
        ArrayNode entries = response.putArray("entries");
        bookings.stream()
                .filter(booking -> booking.position() > after)
                .limit(limit)
                .forEach(booking -> entries.add(entry(booking)));
        return response.put("head", head);
    }

    private static ObjectNode entry(Booking booking) {
        ObjectNode entry = JSON.createObjectNode()
                .put("position", booking.position())
                .put("key", booking.key())
                .put("account", booking.account())
                .put("kind", booking.kind());
        if (booking.tradeNo() != null) {
            entry.put("tradeNo", booking.tradeNo());
        }
        if (booking.stockCode() != null) {
            entry.put("stockCode", booking.stockCode());
        }
        return entry.put("cash", booking.cash()).put("shares", booking.shares());
    }

    /** Books the opening of an account, as stock-trade sends it. */
    public synchronized void opening(String account, long cash) {
        add("opening-" + account, account, "OPENING", null, null, cash, 0, 0);
    }

    /** Changes the booked amount. */
    public synchronized void corrupt(String key, long cash) {
        bookings.replaceAll(booking -> booking.key().equals(key)
                ? new Booking(
                        key,
                        booking.account(),
                        booking.kind(),
                        booking.tradeNo(),
                        booking.stockCode(),
                        cash,
                        booking.shares(),
                        booking.sequence(),
                        booking.position())
                : booking);
    }

    /** Deletes a booking. */
    public synchronized void lose(String key) {
        bookings.removeIf(booking -> booking.key().equals(key));
    }

    /** {@code GET /balance/reconciliation/entries}: all entries have the same time in the future, and all are returned. */
    synchronized ObjectNode entriesAfter(EntryCursor after, long limit) {
        return entries(bookings.stream()
                .filter(booking -> place(booking).compareTo(after) > 0)
                .sorted(Comparator.comparing(StubLedger::place))
                .limit(limit)
                .toList());
    }

    /** {@code POST /balance/reconciliation/entries}. */
    synchronized ObjectNode entries(JsonNode question) {
        List<String> keys = new ArrayList<>();
        question.path("keys").forEach(key -> keys.add(key.asText()));
        return entries(bookings.stream()
                .filter(booking -> keys.contains(booking.key()))
                .toList());
    }

    private static ObjectNode entries(List<Booking> bookings) {
        ObjectNode response = JSON.createObjectNode();
        ArrayNode entries = response.putArray("entries");
        bookings.forEach(booking -> {
            ObjectNode entry = entry(booking);
            entry.remove("position");
            entry.remove("tradeNo");
            entry.put("sequence", booking.sequence());
            entry.put("place", place(booking).toString());
            entries.add(entry);
        });
        return response;
    }

    private static EntryCursor place(Booking booking) {
        return new EntryCursor(Instant.parse("2100-01-01T00:00:00Z"), booking.account(), booking.sequence());
    }

    synchronized ObjectNode snapshot(String account) {
        List<Booking> own = bookings.stream()
                .filter(booking -> booking.account().equals(account))
                .toList();
        TreeMap<String, Long> shares = new TreeMap<>();
        own.stream()
                .filter(booking -> booking.stockCode() != null)
                .forEach(booking -> shares.merge(booking.stockCode(), booking.shares(), Long::sum));
        ObjectNode response = JSON.createObjectNode().put("account", account).put("cashValue", cash(account));
        ArrayNode stocks = response.putArray("stocks");
        shares.forEach(
                (code, quantity) -> stocks.addObject().put("stockCode", code).put("stockQuantity", quantity));
        return response.put("sequence", own.size()).put("feedPosition", head);
    }

    synchronized ObjectNode booked(JsonNode question) {
        ObjectNode response = JSON.createObjectNode();
        ArrayNode booked = response.putArray("tradeNos");
        for (JsonNode tradeNo : question.path("tradeNos")) {
            find("trade-" + tradeNo.asLong())
                    .filter(booking ->
                            booking.sequence() <= question.path("sequence").asLong())
                    .ifPresent(booking -> booked.add(tradeNo));
        }
        return response;
    }
}
