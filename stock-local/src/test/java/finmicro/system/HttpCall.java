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
 * A raw HTTP request, because HTTP clients refuse to send the invalid requests of these tests.
 *
 * @param method may contain any characters, like all other parts
 * @param headers complete lines, without {@code Content-Length}, which is derived from the body
 * @param body null for no body
 */
record HttpCall(String method, String path, String query, List<String> headers, byte[] body) {

    private static final int TIMEOUT_MILLIS = 20_000;

    HttpCall withMethod(String other) {
        return new HttpCall(other, path, query, headers, body);
    }

    HttpCall withPath(String other) {
        return new HttpCall(method, other, query, headers, body);
    }

    /** @param more is appended to the query */
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
     * Sends the request on a new connection and reads until the server closes it.
     *
     * @throws UncheckedIOException if the server does not respond or does not close the connection in time
     */
    HttpAnswer send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            write(socket);
            return HttpAnswer.of(read(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    private void write(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(wire());
            // Ends the request, even if the headers announce more bytes.
            socket.shutdownOutput();
        } catch (SocketException e) {
            // The server has stopped reading, but its response can still be read.
        }
    }

    private static byte[] read(Socket socket) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(response);
        } catch (SocketException e) {
            // The server resets the connection if it leaves part of the request unread.
        }
        return response.toByteArray();
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

    /** Sends one byte per character: U+00FF as 0xFF. */
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

    private static String brief(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "... (" + text.length() + ")";
    }
}
