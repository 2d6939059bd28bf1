package finmicro.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request as it goes over the wire, byte by byte, since no HTTP client sends what these tests need sent.
 *
 * @param method of any characters, and so is all the rest
 * @param headers whole lines, but for {@code Content-Length}, which follows from the body
 * @param body null where there is none
 */
record HttpCall(String method, String path, String query, List<String> headers, byte[] body) {

    private static final int PATIENCE_MILLIS = 20_000;

    HttpCall withMethod(String other) {
        return new HttpCall(other, path, query, headers, body);
    }

    HttpCall withPath(String other) {
        return new HttpCall(method, other, query, headers, body);
    }

    /** @param more is added to the query there is */
    HttpCall withQuery(String more) {
        return new HttpCall(method, path, query.isEmpty() ? more : query + "&" + more, headers, body);
    }

    HttpCall withHeader(String line) {
        return new HttpCall(
                method,
                path,
                query,
                Stream.concat(headers.stream(), Stream.of(line)).toList(),
                body);
    }

    HttpCall withBody(byte[] other) {
        return new HttpCall(method, path, query, headers, other);
    }

    HttpCall withBody(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends it on a connection of its own and takes all that comes until the other side ends it.
     *
     * @throws UncheckedIOException when nothing comes, or the other side never ends it
     */
    HttpAnswer send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket);
            return HttpAnswer.of(read(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    private void write(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(wire());
            // No more will come, even where the headers promise it.
            socket.shutdownOutput();
        } catch (SocketException e) {
            // The server had seen enough: what it answered is still to be read.
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // It ends the connection at once where part of the request is left unread.
        }
        return answer.toByteArray();
    }

    private byte[] wire() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        String target = query.isEmpty() ? path : path + "?" + query;
        line(wire, method + " " + target + " HTTP/1.1");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            line(wire, "Host: localhost");
        }
        line(wire, "Connection: close");
        for (String header : headers) {
            line(wire, header);
        }
        if (body != null && headers.stream().noneMatch(header -> header.startsWith("Transfer-Encoding"))) {
            line(wire, "Content-Length: " + body.length);
        }
        line(wire, "");
        if (body != null) {
            wire.write(body);
        }
        return wire.toByteArray();
    }

    /** One char, one byte: what stands here as U+00FF goes out as 0xFF. */
    private static void line(ByteArrayOutputStream wire, String line) throws IOException {
        wire.write(line.getBytes(StandardCharsets.ISO_8859_1));
        wire.write('\r');
        wire.write('\n');
    }

    @Override
    public String toString() {
        String text = method + " " + path + "?" + query + " " + headers;
        String content = body == null ? "" : " " + new String(body, StandardCharsets.UTF_8);
        return brief(text, 300) + brief(content, 600);
    }

    private static String brief(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "... (" + text.length() + ")";
    }
}
