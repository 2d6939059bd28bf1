package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Markdown files refer to exists. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Names of the platform and of libraries, database schemas, HTTP headers, codes of AWS, and processes of the models. */
    private static final Set<String> NOT_OUR_CLASSES = words("""
            AWSTraceHeader AbstractCachingJWKSetSource BatchRequestTooLong BigDecimal Clock Contracts DynamoDB Entries
            Flyway Forget Host InvalidMessageContents InvalidParameterValue JWKSetBasedJWKSource JWKSourceBuilder
            NioTCPWriteRequestContextImpl Origin RefreshAheadCachingJWKSetSource RegisterTaskDefinition SseEventSink
            StockBalance StockItems StockTrade Sweep Synchronization System WriteListener
            """);

    /** Read by the platform, composed in the code, removed, or a function of SQL. */
    private static final Set<String> OTHER_VARIABLES = words("""
            AWS_ENDPOINT_URL RELEASE_AFTER_SECOND STOCK_CONTRACT_TRADE_MAX_MESSAGES STOCK_ORDER_TRADE_MAX_MESSAGES
            STOCK_PRICE_MAX_MESSAGES UNIX_TIMESTAMP WLP_SKIP_BOOTSTRAP_AGENT
            """);

    /** Scopes of tokens, files that a server or a script makes, and files of the base image. */
    private static final Set<String> NOT_OUR_PATHS = words("""
            .chromium/ .mysql/ .spin/ configure.sh features.sh health/live health/ready health/started
            stock-local/target/it/ stock-local/target/run/ stock/service stock/trader
            """);

    private static final Pattern PROFILE = Pattern.compile("(?<![\\w-])-P([a-z][\\w-]*)");
    private static final Pattern CLASS =
            Pattern.compile("((?:[a-z]\\w*\\.)*)([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\(.*\\))?");
    private static final Pattern PATH = Pattern.compile("\\.?\\w[\\w.-]*/(?:[\\w.-]+/?)*");
    private static final Pattern FILE_NAME =
            Pattern.compile("[\\w-]+\\.(?:java|md|yaml|yml|xml|sh|json|js|options|env|pml|sql)");

    private static RepositoryNames names;

    @TempDir
    Path folder;

    @BeforeAll
    static void indexRepository() throws IOException {
        names = new RepositoryNames(ROOT);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static List<Path> documents() {
        return names.markdownFiles();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everythingThatADocumentNamesExists(Path document) {
        assertThat(faults(MarkdownFile.read(document)))
                .as(ROOT.relativize(document).toString())
                .isEmpty();
    }

    @Test
    void readmeIsReadInOneSitting() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](missing.md)",
                "![a](../pictures/missing.png)",
                "[a](#missing)",
                "[a](other.md#missing)",
                "`./mvnw -Pmissing verify`",
                "```sh\n./mvnw -Pmissing verify\n```",
                "`stock-local/missing.sh`",
                "`missing.yaml`",
                "`MissingClass`",
                "`OldDefectsTest.missing`",
                "`wrong.package.DocumentsTest`",
                "`MISSING_VARIABLE`",
                "```sh\nexport MISSING_VARIABLE=1\n```"
            })
    void whatDoesNotExistIsFound(String text) throws IOException {
        Files.writeString(folder.resolve("other.md"), "# Other");

        assertThat(faults(new MarkdownFile(folder.resolve("made-up.md"), text))).hasSize(1);
    }

    @Test
    void whatExistsIsAccepted() throws IOException {
        Files.writeString(folder.resolve("other.md"), "# Other: `this` & that\n## 構成\n# Other: `this` & that");

        assertThat(faults(new MarkdownFile(folder.resolve("made-up.md"), """
                        [a](other.md) [b](other.md#other-this--that) [c](other.md#構成) [d](other.md#other-this--that-1)
                        [e](https://localhost/missing) `stock-local/pom.xml` `pom.xml` `src/main/java` `-Pmysql`
                        `local.DocumentsTest.faults` `DB_NAME`
                        """))).isEmpty();
    }

    private static List<String> faults(MarkdownFile document) {
        List<String> faults = new ArrayList<>();
        document.relativeLinks().stream()
                .filter(link -> !isResolved(document, link))
                .forEach(link -> faults.add("no target of the link " + link));
        PROFILE.matcher(document.text())
                .results()
                .map(profile -> profile.group(1))
                .filter(profile -> !names.hasProfile(profile))
                .forEach(profile -> faults.add("no profile " + profile));
        RepositoryNames.variablesIn(document.text()).stream()
                .filter(variable -> !names.hasVariable(variable) && !OTHER_VARIABLES.contains(variable))
                .forEach(variable -> faults.add("no variable " + variable));
        document.codeSpans().stream()
                .filter(span -> isMissingPath(document, span) || isMissingClass(span))
                .forEach(span -> faults.add("nothing is named " + span));
        return faults;
    }

    private static boolean isResolved(MarkdownFile document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document.path() : document.path().resolveSibling(parts[0]);
        if (parts.length == 1 || parts[0].isEmpty()) {
            return parts.length == 1 ? Files.exists(target) : document.anchors().contains(parts[1]);
        }
        return Files.exists(target) && MarkdownFile.read(target).anchors().contains(parts[1]);
    }

    private static boolean isMissingPath(MarkdownFile document, String span) {
        boolean missing = PATH.matcher(span).matches() && !names.hasPath(document.path(), span);
        boolean unnamed = FILE_NAME.matcher(span).matches() && !names.hasFileNamed(span);
        return (missing || unnamed) && !NOT_OUR_PATHS.contains(span);
    }

    private static boolean isMissingClass(String span) {
        return CLASS.matcher(span)
                .results()
                .filter(found -> found.group().equals(span))
                .anyMatch(found -> !NOT_OUR_CLASSES.contains(found.group(2)) && !isClass(found));
    }

    private static boolean isClass(MatchResult found) {
        return names.hasClass(found.group(1).replace('.', '/'), found.group(2), Optional.ofNullable(found.group(3)));
    }
}
