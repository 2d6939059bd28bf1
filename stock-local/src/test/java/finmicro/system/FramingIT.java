package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request of which it is not clear where it ends, and another one behind it on the same connection. The first is for a
 * resource that takes no body, so that all is well with it but its end.
 */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class FramingIT {

    private static final String BEHIND = "GET /market/prices HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String CHUNKS = "2\r\n{}\r\n0\r\n\r\n";
    private static final int PATIENCE_MILLIS = 15_000;

    private final TradingSystem system;

    FramingIT(TradingSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "Content-Length: 2~Content-Length: 2 | {} | 400",
                "Transfer-Encoding: identity~Content-Length: 2 | {} | 400",
                "Transfer-Encoding: gzip, chunked | CHUNKS | 400",
                "Transfer-Encoding: xchunked~Content-Length: 2 | {} | 400",
                "Transfer-Encoding: chunked~Transfer-Encoding: identity | CHUNKS | 400",
                // The server keeps these from the application, and ends the connection itself.
                "Content-Length: 2~Content-Length: 9 | {} | 202",
                "Content-Length: 2~Transfer-Encoding: chunked | CHUNKS | 202",
                "Transfer-Encoding: chunked~Content-Length: 2 | CHUNKS | 202",
                // Not a number, which the server takes for none.
                "Content-Length: 2, 9 | {} | 202",
                "Content-Length: +2 | {} | 202",
                "X: no length at all | '' | 202"
            },
            delimiter = '|')
    void nothingBehindAnUnclearEndIsTakenForARequest(String headers, String body, int status) throws IOException {
        String responses = send("POST /market/prices HTTP/1.1\r\nHost: localhost\r\n" + headers.replace("~", "\r\n")
                + "\r\n\r\n" + body.replace("CHUNKS", CHUNKS) + BEHIND);

        assertThat(responses).startsWith("HTTP/1.1 " + status + " ");
        assertThat(responses.split("HTTP/1\\.1 ")).hasSize(2);
    }

    @Test
    void requestBehindAClearEndIsAnswered() throws IOException {
        String responses = send("POST /market/prices HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                + BEHIND.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(responses.split("HTTP/1\\.1 ")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"Host: localhost~Host: evil.example", "X: no host"})
    void requestForNoHostOrForTwoIsRefused(String headers) throws IOException {
        assertThat(send("GET /market/prices HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 40");
    }

    /** All that comes until the server ends the connection; it fails if it does not. */
    private String send(String requests) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                system.server(Service.MARKET).uri().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
