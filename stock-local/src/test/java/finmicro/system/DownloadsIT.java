package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import finmicro.local.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Downloads of CSV files with slow clients, refusals and outages. The modules test the content and the limits. */
@ExtendWith(SharedSystem.class)
@Tag("edge")
@Tag("long")
class DownloadsIT {

    private static final String ACCOUNT = "downloads-it";

    /** More bytes than the buffers of a connection can hold. */
    private static final int ROWS = 90_000;

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MAX_DOWNLOADS = 10;
    private static final int MAX_DOWNLOADS_OF_CALLER = 2;

    /** Lists that are available as files. */
    enum Download {
        STATEMENT(
                Service.BALANCE,
                "/balance/movements",
                "StockBalance",
                "ledger_entries",
                "(account, sequence, entry_key, kind, customer_cash, bank_cash, cash_after, reference, booked_at)"
                        + " SELECT '%1$s', n, CONCAT('%1$s-', n), 'DEPOSIT', 1, -1, n, REPEAT('x', 90), '2020-06-07 02:25:00'"),

        /** Cancelled orders, which no worker processes. Their numbers are below those of the orders of other tests. */
        ORDERS(
                Service.TRADE,
                "/trade/order",
                "StockTrade",
                "trades",
                "(account, trade_no, order_date, order_time, stock_code, trade_type, order_type, order_price, order_quantity, fee,"
                        + " tax, estimated_value, trade_status, update_time, account_effect) SELECT '%1$s', 1000000 + n, 20200607,"
                        + " '11:25:00', 'A002', 'BUY', '1', 2320, 10, 1000, 100, 24300, '9', '2020-06-07T11:25:00+09:00', 'A'");

        private final Service service;
        private final String path;
        private final String schema;
        private final String table;
        private final String rows;

        Download(Service service, String path, String schema, String table, String rows) {
            this.service = service;
            this.path = path + "?account=" + ACCOUNT;
            this.schema = schema;
            this.table = table;
            this.rows = rows.formatted(ACCOUNT);
        }
    }

    private final TradingSystem system;
    private final Trading trading;

    DownloadsIT(TradingSystem system) {
        this.system = system;
        this.trading = new Trading(system);
    }

    @ParameterizedTest
    @EnumSource
    void headRequestTakesNoSlot(Download download) throws Exception {
        for (int i = 0; i < 2 * MAX_DOWNLOADS; i++) {
            HttpResponse<String> head = send(download, "HEAD");

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
            assertThat(head.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment");
            assertThat(head.body()).isEmpty();
        }
        assertThat(send(download, "GET").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void downloadsAreLimitedToTenAndToTwoPerCaller(Download download) throws Exception {
        insertRows(download);
        try {
            whileDownloading(
                    download,
                    1,
                    () -> assertRefused(
                            send(download, "GET"),
                            "You are already downloading 2 files. Try again when one is complete."));
            whileDownloading(download, MAX_DOWNLOADS / MAX_DOWNLOADS_OF_CALLER, () -> {
                assertRefused(send(download, "GET"), "Too many files are being downloaded. Try again later.");
                // A download must not hold one of the ten database connections.
                assertThat(trading.get(download.service, download.path).status())
                        .isEqualTo(200);
            });
        } finally {
            deleteRows(download);
        }
        awaitFreeSlot(download);
    }

    /**
     * Lets {@code callers} start two downloads each, runs the check, and aborts them. A single caller has the address of
     * {@link #send}. Retries if the server has already aborted a download, which it does after 10 s.
     */
    private void whileDownloading(Download download, int callers, ThrowingRunnable check) {
        await("files sent at once").atMost(SOON.multipliedBy(4)).untilAsserted(() -> {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < callers * MAX_DOWNLOADS_OF_CALLER; i++) {
                    slow.add(begin(
                            download, callers == 1 ? "127.0.0.1" : "127.0.2." + (1 + i / MAX_DOWNLOADS_OF_CALLER)));
                }
                check.run();
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        });
    }

    /** Otherwise a client would take a truncated file for a complete one, because the response ends normally. */
    @ParameterizedTest
    @EnumSource
    void incompleteFileEndsWithAnError(Download download) throws Exception {
        insertRows(download);
        try (Socket client = begin(download, "127.0.0.1")) {
            system.stack().database().kill();
            String read;
            try {
                read = readAll(client);
            } finally {
                system.stack().database().restart();
            }
            assertThat(read).contains("\r\nERROR: this file is not complete");
        } finally {
            deleteRows(download);
        }
        trading.awaitAccepted(SOON);
        awaitFreeSlot(download);
    }

    private void awaitFreeSlot(Download download) {
        await("a free slot").atMost(SOON).until(() -> send(download, "GET").statusCode() == 200);
    }

    private static void assertRefused(HttpResponse<String> response, String reason) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains(reason);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("Content-Disposition")).isEqualTo(Optional.empty());
    }

    /** Requests a file without rows, which is sent at once. */
    private HttpResponse<String> send(Download download, String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        system.server(download.service).uri().resolve(download.path + "&to=19990101"))
                .header("Accept", "text/csv")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(SOON)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Starts a download from {@code address} that reads nothing but the status. */
    private Socket begin(Download download, String address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                system.server(download.service).uri().getPort()));
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
                        .formatted(download.path)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private static String readAll(Socket client) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        try {
            // The server keeps the connection open after a complete response; the read ends by a timeout.
            for (int length; (length = client.getInputStream().read(part)) >= 0; ) {
                read.write(part, 0, length);
            }
        } catch (IOException e) {
            // connection reset, or read timeout
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private void insertRows(Download download) {
        deleteRows(download);
        String hundreds =
                "(WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 299) SELECT i FROM c)";
        trading.change(
                download.schema,
                "INSERT INTO %s %s FROM (SELECT a.i * 300 + b.i + 1 AS n FROM %s a, %s b) numbers"
                        .formatted(download.table, download.rows, hundreds, hundreds));
        assertThat(trading.number(
                        download.schema,
                        "SELECT COUNT(*) FROM %s WHERE account = '%s'".formatted(download.table, ACCOUNT)))
                .isEqualTo(ROWS);
    }

    private void deleteRows(Download download) {
        trading.change(download.schema, "DELETE FROM %s WHERE account = '%s'".formatted(download.table, ACCOUNT));
    }
}
