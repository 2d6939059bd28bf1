package finmicro.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The spans of one trace from Zipkin (names in lower case, no kind for an internal span).
 *
 * @param spans an array
 */
record TraceTree(JsonNode spans) {

    /** The spans as lines {@code service KIND name}, each indented below its parent. A failed span ends with {@code !}. */
    String text() {
        Set<String> ids = new HashSet<>();
        all().forEach(span -> ids.add(span.path("id").asText()));
        StringBuilder text = new StringBuilder();
        all().filter(span -> !ids.contains(span.path("parentId").asText()))
                .sorted(Comparator.comparing(TraceTree::line))
                .forEach(root -> write(root, "", text));
        return text.toString();
    }

    private void write(JsonNode span, String indent, StringBuilder text) {
        text.append(indent).append(line(span)).append('\n');
        all().filter(child ->
                        child.path("parentId").asText().equals(span.path("id").asText()))
                .sorted(Comparator.comparing(TraceTree::line))
                .forEach(child -> write(child, indent + "  ", text));
    }

    private static String line(JsonNode span) {
        String service = span.at("/localEndpoint/serviceName").asText();
        String failed = span.path("tags").has("error") ? " !" : "";
        return service + " " + span.path("kind").asText("INTERNAL") + " "
                + span.path("name").asText() + failed;
    }

    /** The spans with a name, ordered by start time. */
    List<JsonNode> named(String name) {
        return all().filter(span -> span.path("name").asText().equals(name))
                .sorted(Comparator.comparingLong(span -> span.path("timestamp").asLong()))
                .toList();
    }

    String traceId() {
        return spans.at("/0/traceId").asText();
    }

    Stream<JsonNode> all() {
        return StreamSupport.stream(spans.spliterator(), false);
    }
}
