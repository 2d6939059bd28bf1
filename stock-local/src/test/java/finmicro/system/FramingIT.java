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
 * Request smuggling: sends a request with ambiguous framing, and another one after it on the same connection. The first is for a
 * resource without a body, so only its framing is invalid.
 */
@ExtendWith(SharedSystem.class)
@Tag("edge")
class FramingIT {

    private static final String NEXT = "GET /market/prices HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String CHUNKS = "2\r\n{}\r\n0\r\n\r\n";
    private static final int TIMEOUT_MILLIS = 15_000;

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
                // The server hides these from the application and closes the connection itself.
                "Content-Length: 2~Content-Length: 9 | {} | 202",
                "Content-Length: 2~Transfer-Encoding: chunked | CHUNKS | 202",
                "Transfer-Encoding: chunked~Content-Length: 2 | CHUNKS | 202",
                // Not a number; the server ignores it.
                "Content-Length: 2, 9 | {} | 202",
                "Content-Length: +2 | {} | 202",
                "X: no length at all | '' | 202"
            },
            delimiter = '|')
    void bytesAfterAnAmbiguousRequestAreNotExecuted(String headers, String body, int status) throws IOException {
        String responses = send("POST /market/prices HTTP/1.1\r\nHost: localhost\r\n" + headers.replace("~", "\r\n")
                + "\r\n\r\n" + body.replace("CHUNKS", CHUNKS) + NEXT);

        assertThat(responses).startsWith("HTTP/1.1 " + status + " ");
        assertThat(responses.split("HTTP/1\\.1 ")).hasSize(2);
    }

    @Test
    void pipelinedRequestIsAnswered() throws IOException {
        String responses = send("POST /market/prices HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                + NEXT.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(responses.split("HTTP/1\\.1 ")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"Host: localhost~Host: evil.example", "X: no host"})
    void requestWithoutExactlyOneHostIsRefused(String headers) throws IOException {
        assertThat(send("GET /market/prices HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 40");
    }

    /** Reads until the server closes the connection. Fails if it does not. */
    private String send(String requests) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                system.server(Service.MARKET).uri().getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
