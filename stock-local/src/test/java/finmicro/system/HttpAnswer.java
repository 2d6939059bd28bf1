package finmicro.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response as received over the wire.
 *
 * @param status 0 if the connection was closed without a response
 * @param headers the last value of each name; names are case-insensitive
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param wire everything the server sent */
    static HttpAnswer of(byte[] wire) {
        String text = new String(wire, StandardCharsets.UTF_8);
        while (text.startsWith("HTTP/1.1 100 ")) {
            text = text.substring(text.indexOf("\r\n\r\n") + 4);
        }
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            return new HttpAnswer(0, Map.of(), text);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return new HttpAnswer(Integer.parseInt(text.substring(9, 12)), headers, text.substring(end + 4));
    }

    /** The value of a header, or an empty text. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Whether this is the problem document for its status. The response to a HEAD has the same headers without a body. */
    boolean isProblem(boolean head) {
        if (!header("Content-Type").startsWith("application/problem+json")) {
            return false;
        }
        JsonNode problem = json();
        return head
                ? body.isEmpty()
                : problem.path("status").asInt() == status
                        && !problem.path("title").asText().isBlank();
    }

    /** The body, or a missing node if it is not JSON. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
