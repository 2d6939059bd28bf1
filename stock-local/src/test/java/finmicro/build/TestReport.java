package finmicro.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A test in a report of surefire or failsafe.
 *
 * @param type full name of its class
 * @param method its name, without parameters; the name of the class if the class as a whole was skipped or failed
 * @param integration whether failsafe ran it
 * @param skipped why it was skipped, or null
 */
record TestReport(String type, String method, boolean integration, boolean passed, String skipped) {

    private static final List<String> FOLDERS = List.of("target/surefire-reports", "target/failsafe-reports");

    /**
     * The tests that ran since {@code begin}.
     *
     * @param modules folders of modules
     */
    static List<TestReport> since(Instant begin, List<Path> modules) {
        return modules.stream()
                .flatMap(module -> FOLDERS.stream().map(module::resolve))
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder).filter(file -> isNewer(file, begin)))
                .flatMap(TestReport::read)
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path file, Instant begin) {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isBefore(begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<TestReport> read(Path file) {
        try {
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            boolean integration = file.getParent().endsWith("failsafe-reports");
            return IntStream.range(0, cases.getLength()).mapToObj(i -> of((Element) cases.item(i), integration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("not a report: " + file, e);
        }
    }

    private static TestReport of(Element test, boolean integration) {
        var skips = test.getElementsByTagName("skipped");
        var reason = skips.getLength() == 0 ? null : reason((Element) skips.item(0));
        var failed = test.getElementsByTagName("failure").getLength()
                        + test.getElementsByTagName("error").getLength()
                > 0;
        var type = test.getAttribute("classname");
        var method = test.getAttribute("name").replaceFirst("[(\\[{ ].*", "");
        return new TestReport(type, method, integration, !failed && reason == null, reason);
    }

    /** A disabled test has its reason in the message attribute. A failed assumption has it at the start of a stack trace. */
    private static String reason(Element skipped) {
        return skipped.hasAttribute("message")
                ? skipped.getAttribute("message")
                : skipped.getTextContent().strip().replaceFirst("^[\\w.$]+: ", "");
    }

    /** Name of the class without package and enclosing classes. */
    String simpleType() {
        return type.replaceFirst(".*[.$]", "");
    }
}
