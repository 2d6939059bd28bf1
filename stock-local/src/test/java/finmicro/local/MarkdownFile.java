package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Markdown file, taken apart as GitHub does. Fenced blocks have no links, headings or code spans. */
record MarkdownFile(Path path, String text) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");

    static MarkdownFile read(Path path) {
        try {
            return new MarkdownFile(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /** The content of each code span, as {@code a.yaml} of {@code `a.yaml`}. */
    List<String> codeSpans() {
        return CODE_SPAN
                .matcher(prose())
                .results()
                .map(span -> span.group(1).strip())
                .toList();
    }

    /** The targets of all links and pictures that have no scheme: {@code deploy.md#stacks}. */
    List<String> relativeLinks() {
        return LINK.matcher(CODE_SPAN.matcher(prose()).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** The anchors of the headings: lower case, without punctuation, with hyphens for spaces; a repeated one is numbered. */
    Set<String> anchors() {
        Map<String, Integer> repeated = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        for (MatchResult heading : HEADING.matcher(prose()).results().toList()) {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                    .replace(' ', '-');
            int count = repeated.merge(anchor, 1, Integer::sum);
            anchors.add(count == 1 ? anchor : anchor + "-" + (count - 1));
        }
        return anchors;
    }
}
