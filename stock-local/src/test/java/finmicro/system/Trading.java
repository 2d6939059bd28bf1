package finmicro.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finmicro.embedded.EmbeddedDatabase;
import finmicro.local.LibertyServer;
import finmicro.local.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Actions of clients, operators and auditors on a running system. */
final class Trading {

    /** A response. The body is parsed if it is JSON. */
    public record Answer(int status, JsonNode body, Map<String, List<String>> headers) {

        /** The first value of a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        /** The trade number of an accepted order. */
        public long tradeNo() {
            return body.at("/acceptanceResult/tradeNo").asLong();
        }
    }

    /**
     * A trade is done when it is no longer open, its outcome is applied to its account, and its fill, if any, is in the ledger.
     */
    private static final String NOT_DONE = "SELECT t.trade_no FROM StockTrade.trades t"
            + " LEFT JOIN StockTrade.contract_trades c ON c.trade_no = t.trade_no"
            + " LEFT JOIN StockBalance.stock_moves m ON m.trade_no = t.trade_no"
            + " WHERE t.trade_no > 10011 AND (t.trade_status = '0' OR t.account_effect <> 'A' OR (t.trade_status = '1'"
            + " AND (c.trade_no IS NULL OR m.trade_no IS NULL)))";

    /** Opening cash and shares of the customer of the system tests: more than all orders can use. */
    private static final long CASH = 5_000_000_000_000_000L;

    private static final long SHARES = 1_000_000_000_000L;

    private static final List<String> STOCKS = List.of("A001", "A002");

    private static final String RESERVATION_DIFFERENCE =
            "SELECT ABS((SELECT reserved_cash FROM accounts WHERE account = 'main')"
                    + " - (SELECT COALESCE(SUM(reserved_cash), 0) FROM trades WHERE account = 'main' AND account_effect = 'R'))"
                    + " + ABS((SELECT COALESCE(SUM(reserved_quantity), 0) FROM positions WHERE account = 'main')"
                    + " - (SELECT COALESCE(SUM(order_quantity), 0) FROM trades WHERE account = 'main' AND account_effect = 'R'"
                    + " AND trade_type = 'SELL'))";

    private static final String SERVICE_DIFFERENCE =
            "SELECT ABS((SELECT cash FROM StockTrade.accounts WHERE account = 'main')"
                    + " - (SELECT cash_value FROM StockBalance.cash_balances))"
                    + " + ABS((SELECT COALESCE(SUM(quantity), 0) FROM StockTrade.positions WHERE account = 'main')"
                    + " - (SELECT COALESCE(SUM(stock_quantity), 0) FROM StockBalance.stock_balances))";

    private static final String LEDGER_ERRORS =
            "SELECT (SELECT COUNT(*) FROM ledger_accounts a WHERE (a.last_sequence, a.cash_value)"
                    + " <> (SELECT COUNT(*), COALESCE(SUM(e.customer_cash), 0) FROM ledger_entries e WHERE e.account = a.account))"
                    + " + (SELECT COUNT(*) FROM ledger_holdings h WHERE h.stock_quantity <> (SELECT COALESCE(SUM(e.customer_shares), 0)"
                    + " FROM ledger_entries e WHERE e.account = h.account AND e.stock_code = h.stock_code))";

    private static final String TRADES = "INSERT INTO trades (trade_no, order_date, order_time, stock_code, trade_type,"
            + " order_type, order_price, order_quantity, fee, tax, estimated_value, trade_status, update_time, account_effect)"
            + " VALUES ";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final TradingSystem system;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param system must be running */
    public Trading(TradingSystem system) {
        this.system = system;
    }

    /** A valid order in the format of the old client. Tests may change it. */
    public static ObjectNode order(String tradeType, String orderType, String price, long quantity) {
        return JSON.createObjectNode()
                .put("orderDate", 20200607)
                .put("orderTime", "11:25:00")
                .put("stockCode", "A002")
                .put("tradeType", tradeType)
                .put("orderType", orderType)
                .put("orderPrice", new BigDecimal(price))
                .put("orderQuantity", quantity);
    }

    /** A text as JSON. */
    public JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a POST without a content type, like the old client. */
    public Answer post(Service service, String path, Object body) {
        return send(request(service, path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Places an order with an {@code Idempotency-Key}. */
    public Answer place(String key, Object order) {
        return send(request(Service.TRADE, "/trade/order")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(order.toString())));
    }

    public Answer get(Service service, String path) {
        return get(system.server(service), path);
    }

    /** Sends a GET to one of several tasks of a service. */
    public Answer get(LibertyServer task, String path) {
        return send(request(task.uri().resolve(path)).GET());
    }

    /** Sends a request and returns the status without reading the body, which may be an endless stream. */
    public int status(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Dependencies that a task waits for, by its readiness check. Empty before it has started. */
    public Set<String> waitsFor(LibertyServer task) {
        return task.answers("/health/started")
                ? get(task, "/health/ready").body().at("/checks/0/data").properties().stream()
                        .filter(state -> !state.getValue().asText().equals("up"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Sends any request. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    response.statusCode(),
                    json
                            ? JSON.readTree(response.body())
                            : JSON.getNodeFactory().textNode(response.body()),
                    response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(Service service, String path) {
        return request(system.server(service).uri().resolve(path));
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    }

    /** Places an order. Fails unless it is accepted. Returns the trade number. */
    public long place(ObjectNode order) {
        return place(system.server(Service.TRADE), order);
    }

    /** Like {@link #place(ObjectNode)}, at one of several tasks of stock-trade. */
    public long place(LibertyServer task, ObjectNode order) {
        return accepted(send(request(task.uri().resolve("/trade/order"))
                .POST(HttpRequest.BodyPublishers.ofString(order.toString()))));
    }

    /** Like {@link #place(LibertyServer, ObjectNode)}, with an access token. */
    public long placeAs(LibertyServer task, String token, ObjectNode order) {
        return accepted(send(request(task.uri().resolve("/trade/order"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(order.toString()))));
    }

    /** Places an order at one of several tasks of stock-trade. Accepts any response. */
    Answer tryToPlace(LibertyServer task, ObjectNode order) {
        return send(request(task.uri().resolve("/trade/order"))
                .POST(HttpRequest.BodyPublishers.ofString(order.toString())));
    }

    /** Like {@link #tryToPlace(LibertyServer, ObjectNode)}, with an {@code Idempotency-Key}. */
    Answer tryToPlace(LibertyServer task, String key, ObjectNode order) {
        return send(request(task.uri().resolve("/trade/order"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(order.toString())));
    }

    private static long accepted(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError("order refused: " + answer);
        }
        return answer.tradeNo();
    }

    /** Places orders until one is accepted. */
    public void awaitAccepted(Duration timeout) {
        await().atMost(timeout)
                .until(() -> post(Service.TRADE, "/trade/order", order("BUY", "0", "100", 1))
                                .status()
                        == 201);
    }

    /** Waits until the trade is no longer open and, if filled, settled. Returns the trade. */
    public JsonNode awaitDone(long tradeNo) {
        return await("trade " + tradeNo)
                .atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get(Service.TRADE, "/trade/order/" + tradeNo).body(),
                        trade -> switch (trade.path("tradeStatus").asText()) {
                            case "2" -> true;
                            case "1" -> moves(tradeNo) == 1;
                            default -> false;
                        });
    }

    /** Gives the customer more cash and shares than any test needs, except tests of buying power. */
    void fundCustomer() {
        change("StockBalance", "UPDATE cash_balances SET cash_value = " + CASH);
        for (String code : STOCKS) {
            change(
                    "StockBalance",
                    "INSERT INTO stock_balances (stock_code, stock_value, stock_quantity, update_time)"
                            + " VALUES ('%s', %d, %d, '2020-06-07T11:25:00+09:00')".formatted(code, SHARES, SHARES));
        }
        awaitMainSynchronized();
    }

    /**
     * Reduces the customer to {@code cash} and {@code quantity} of A002 at the cost basis {@code value}, not counting
     * reservations for open orders. Returns the removed assets for {@link #giveBack(Assets)}.
     */
    Assets reduceTo(long cash, long quantity, long value) {
        awaitMainSynchronized();
        String sum = "SELECT COALESCE(SUM(%s), 0) FROM %s WHERE stock_code = '%s'";
        Assets removed = new Assets(
                number("StockTrade", "SELECT cash - reserved_cash FROM accounts WHERE account = 'main'") - cash,
                number(
                                "StockTrade",
                                sum.formatted("quantity - reserved_quantity", "positions", "A002")
                                        + " AND account = 'main'")
                        - quantity,
                number("StockBalance", sum.formatted("stock_value", "stock_balances", "A002")) - value,
                quantity("A001"),
                number("StockBalance", sum.formatted("stock_value", "stock_balances", "A001")));
        move("-", removed);
        return removed;
    }

    void giveBack(Assets removed) {
        move("+", removed);
    }

    private void move(String sign, Assets assets) {
        change("StockBalance", "UPDATE cash_balances SET cash_value = cash_value " + sign + " " + assets.cash());
        moveShares(sign, "A002", assets.quantity(), assets.value());
        moveShares(sign, "A001", assets.otherQuantity(), assets.otherValue());
        awaitMainSynchronized();
    }

    private void moveShares(String sign, String stockCode, long quantity, long value) {
        if (quantity == 0 && value == 0) {
            return;
        }
        // A stock has no row before its first fill.
        change(
                "StockBalance",
                "INSERT INTO stock_balances (stock_code, stock_quantity, stock_value, update_time)"
                        + " VALUES ('%3$s', 0 %4$s %1$d, 0 %4$s %2$d, '2020-05-28T11:20:00+09:00') ON DUPLICATE KEY UPDATE"
                                .formatted(quantity, value, stockCode, sign)
                        + " stock_quantity = stock_quantity %3$s %1$d, stock_value = stock_value %3$s %2$d"
                                .formatted(quantity, value, sign));
    }

    /**
     * Waits until both services have applied direct changes to the tables of {@code main}. The old stock-balance makes such
     * changes.
     */
    private void awaitMainSynchronized() {
        long position = get(Service.BALANCE, "/balance/snapshot?account=main")
                .body()
                .path("feedPosition")
                .asLong();
        await("account main")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> number("StockTrade", "SELECT COUNT(*) FROM accounts WHERE account = 'main'") == 1
                        && number("StockTrade", "SELECT GREATEST(position, main_position) FROM feed_cursor")
                                >= position);
    }

    /** Cash, and quantity and cost basis of A002 and of the other stock. */
    record Assets(long cash, long quantity, long value, long otherQuantity, long otherValue) {}

    public JsonNode balance() {
        return get(Service.BALANCE, "/balance").body();
    }

    public long cash() {
        return balance().path("cashValue").asLong();
    }

    /** Number of shares of a stock. */
    public long quantity(String stockCode) {
        for (JsonNode stock : balance().path("stocks")) {
            if (stock.path("stockCode").asText().equals(stockCode)) {
                return stock.path("stockQuantity").asLong();
            }
        }
        return 0;
    }

    /** Number of moves of a trade in stock-balance. */
    public long moves(long tradeNo) {
        return number("StockBalance", "SELECT COUNT(*) FROM stock_moves WHERE trade_no = " + tradeNo);
    }

    /** Returns the number that a query selects. */
    public long number(String schema, String query) {
        try (Connection connection = connect(schema);
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column of all rows. */
    public List<String> texts(String query) {
        try (Connection connection = connect("StockTrade");
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Executes an update in a schema. */
    public void change(String schema, String statement) {
        try (Connection connection = connect(schema);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Executes a locking statement. The locks are held until the result is closed. */
    public Lock lock(String schema, String statement) {
        try {
            Connection connection = connect(schema);
            connection.setAutoCommit(false);
            connection.createStatement().execute(statement);
            return new Lock(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until {@code count} matching statements are running, e.g. waiting for a lock. */
    public void awaitStatements(String like, int count) {
        await("statements " + like)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> number(
                                "StockTrade",
                                "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '" + like + "'")
                        == count);
    }

    /** Database locks of an open transaction. */
    public record Lock(Connection connection) implements AutoCloseable {

        @Override
        public void close() {
            release();
        }

        /** Releases the locks before the end of the block. */
        public void release() {
            try (connection) {
                if (!connection.isClosed()) {
                    connection.rollback();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(
                system.stack().database().jdbcUrl(schema), EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }

    /** Numbers of ordered trades that are not done. */
    public List<String> notDone() {
        return texts(NOT_DONE);
    }

    /** Number of trades and of their outbox messages. A refused order must not change it. */
    public long rows() {
        return number(
                "StockTrade",
                "SELECT (SELECT COUNT(*) FROM trades) + (SELECT COUNT(*) FROM outbox WHERE destination = 'ORDER')");
    }

    /** Sends bodies to a queue, up to ten in one call. */
    public void sendToQueue(String queue, String... bodies) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, bodies.length)
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(bodies[i])
                        .build())
                .toList();
        system.stack()
                .sqs()
                .sendMessageBatch(request -> request.queueUrl(queueUrl(queue)).entries(entries));
    }

    /** Messages in a queue, visible or in flight. */
    public int queued(String queue) {
        return count(
                queue,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    /** Messages of a queue that are in flight. */
    public int inFlight(String queue) {
        return count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    private int count(String queue, QueueAttributeName... attributes) {
        return system
                .stack()
                .sqs()
                .getQueueAttributes(request -> request.queueUrl(queueUrl(queue)).attributeNames(attributes))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** Sends one body to a queue. Returns its message id. */
    public String send(String queue, String body) {
        return system.stack()
                .sqs()
                .sendMessage(request -> request.queueUrl(queueUrl(queue)).messageBody(body))
                .messageId();
    }

    /** Sends a body of arbitrary percent-encoded bytes, because the SDK sends only text. Returns its message id. */
    public String sendEncoded(String queue, String body) {
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(queueUrl(queue)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Action=SendMessage&MessageBody=" + body));
        String answer = send(form).body().asText();
        return answer.replaceFirst("(?s).*<MessageId>(.*)</MessageId>.*", "$1");
    }

    /** Wraps a body in an SNS envelope, like a subscription without raw delivery. */
    public static String envelope(String body) {
        return "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"TopicArn\":\"arn\",\"Message\":%s}"
                .formatted(JSON.getNodeFactory().textNode(body));
    }

    /** Inserts {@code count} trades that were not filled, with numbers from {@code first} and the current time. */
    void failedTrades(long first, int count) {
        String now = "DATE_FORMAT(DATE_ADD(UTC_TIMESTAMP(), INTERVAL 9 HOUR), '%Y-%m-%dT%H:%i:%s+09:00')";
        change(
                "StockTrade",
                LongStream.range(first, first + count)
                        .mapToObj(tradeNo ->
                                "(" + tradeNo + ", 20200607, '11:25:00', 'A002', 'BUY', '0', 100, 1, 1000, 100,"
                                        + " 1200, '2', " + now + ", 'A')")
                        .collect(Collectors.joining(",", TRADES, "")));
    }

    /** Inserts an open trade to buy one A002 by a market order. No order is sent for it. */
    public void openTrade(long tradeNo) {
        change(
                "StockTrade",
                TRADES
                        + "(%d, 20200607, '11:25:00', 'A002', 'BUY', '0', 100, 1, 1000, 100, 1200, '0',"
                                .formatted(tradeNo)
                        + " '2020-06-07T11:25:00+09:00', 'N')");
    }

    /** Removes a trade of {@link #openTrade}, once its reservation is released. */
    public void removeTrade(long tradeNo) {
        String trade = " WHERE trade_no = " + tradeNo;
        change("StockTrade", "UPDATE trades SET trade_status = '2'" + trade);
        await().atMost(TIMEOUT)
                .until(() -> number("StockTrade", "SELECT COUNT(*) FROM trades" + trade + " AND account_effect <> 'A'")
                        == 0);
        change("StockTrade", "DELETE FROM trades" + trade);
    }

    /** The message of stock-market with the fill of a trade. */
    public static String fill(long tradeNo) {
        return ("{\"tradeNo\":%d,\"orderStatus\":true,\"contractDate\":20200607,\"contractTime\":\"11:25:03\","
                        + "\"stockCode\":\"A002\",\"tradeType\":\"BUY\",\"orderType\":\"0\",\"contractPrice\":100,"
                        + "\"contractQuantity\":1}")
                .formatted(tradeNo);
    }

    /** Purges a queue of rejected messages. They would be redelivered for a minute and disturb other tests. */
    public void purge(String queue) {
        system.stack().sqs().purgeQueue(request -> request.queueUrl(queueUrl(queue)));
    }

    /** Purges the dead-letter queue of a queue. */
    public void purgeDeadLetters(String queue) {
        system.stack().sqs().purgeQueue(request -> request.queueUrl(queueUrl(queue + "-dlq")));
    }

    /** Removes up to ten messages from the dead-letter queue of a queue. Returns their ids. */
    public List<String> removeDeadLetters(String queue) {
        String dead = queueUrl(queue + "-dlq");
        List<Message> messages = system.stack()
                .sqs()
                .receiveMessage(request -> request.queueUrl(dead).maxNumberOfMessages(10))
                .messages();
        messages.forEach(message -> system.stack()
                .sqs()
                .deleteMessage(request -> request.queueUrl(dead).receiptHandle(message.receiptHandle())));
        return messages.stream().map(Message::messageId).toList();
    }

    /** The URL of a queue, or of a dead-letter queue. */
    public String queueUrl(String queue) {
        return system.stack().messaging().queueUrl(queue);
    }

    /**
     * The actual and expected books. A move need not have a fill, because any client may post a settlement.
     *
     * @param unsettled fills without a move of the same amount and quantity
     * @param reservationDifference difference, in yen and shares, between the reserved totals and the sum over open trades
     * @param serviceDifference difference, in yen and shares, between the accounts of stock-trade and stock-balance
     * @param ledgerErrors ledger accounts and holdings that differ from the sum of their entries
     */
    public record Audit(
            long cash,
            long expectedCash,
            long quantity,
            long expectedQuantity,
            long unsettled,
            long reservationDifference,
            long serviceDifference,
            long ledgerErrors) {

        /** Whether everything agrees. */
        public boolean isExact() {
            return cash == expectedCash
                    && quantity == expectedQuantity
                    && unsettled == 0
                    && reservationDifference == 0
                    && serviceDifference == 0
                    && ledgerErrors == 0;
        }
    }

    private static final String CASH_MOVEMENTS = "SELECT COALESCE(SUM(customer_cash), 0) FROM ledger_entries"
            + " WHERE account = 'main' AND kind IN ('DEPOSIT', 'WITHDRAWAL')";

    /** Reads the books from the tables, after stock-trade has applied external bookings. */
    public Audit audit() {
        awaitMainSynchronized();
        String signed = "SELECT COALESCE(SUM(CASE trade_type WHEN 'BUY' THEN -%1$s ELSE %1$s END), 0) FROM stock_moves"
                + " WHERE account = 'main'";
        String unsettled = "SELECT COUNT(*) FROM StockTrade.contract_trades c LEFT JOIN StockBalance.stock_moves m"
                + " ON m.trade_no = c.trade_no AND m.settlement_amount = c.settlement_amount"
                + " AND m.quantity = c.contract_quantity WHERE m.trade_no IS NULL";
        return new Audit(
                number("StockBalance", "SELECT cash_value FROM cash_balances"),
                CASH
                        + number("StockBalance", signed.formatted("settlement_amount"))
                        + number("StockBalance", CASH_MOVEMENTS),
                number("StockBalance", "SELECT COALESCE(SUM(stock_quantity), 0) FROM stock_balances"),
                SHARES * STOCKS.size() - number("StockBalance", signed.formatted("quantity")),
                number("StockTrade", unsettled),
                number("StockTrade", RESERVATION_DIFFERENCE),
                number("StockTrade", SERVICE_DIFFERENCE),
                number("StockBalance", LEDGER_ERRORS));
    }
}
