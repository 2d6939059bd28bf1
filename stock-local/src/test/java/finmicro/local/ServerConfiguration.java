package finmicro.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The effective configuration of a server: its {@code server.xml} with all includes. A variable has the value from the
 * configuration, else from the environment, else its default. If an element is set twice, the later setting wins.
 */
public final class ServerConfiguration {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]+)}");

    private final List<Element> elements = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> environment;
    private final Map<String, String> defaults = new HashMap<>();

    private ServerConfiguration(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads the configuration of a service from the output of the build.
     *
     * @param environment of the server's process
     */
    public static ServerConfiguration of(Service service, Map<String, String> environment) {
        return read(Path.of("..", service.artifact(), "target/server"), environment);
    }

    /**
     * Reads the configuration of a server.
     *
     * @param folder with {@code server.xml} and all included files
     * @param environment of the server's process
     */
    public static ServerConfiguration read(Path folder, Map<String, String> environment) {
        var configuration = new ServerConfiguration(environment);
        configuration.values.put("liberty.config.dir", folder.toString());
        configuration.include(folder.resolve("server.xml"));
        return configuration;
    }

    private void include(Path file) {
        try {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            children(root).forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("not a configuration: " + file, e);
        }
    }

    private static Stream<Element> children(Element parent) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private void add(Element element) {
        switch (element.getTagName()) {
            case "include" -> include(Path.of(resolved(element.getAttribute("location"))));
            case "variable" -> {
                var name = element.getAttribute("name");
                (element.hasAttribute("value") ? values : defaults)
                        .put(name, element.getAttribute(element.hasAttribute("value") ? "value" : "defaultValue"));
            }
            default -> elements.add(element);
        }
    }

    /** The value of a variable. */
    public String variable(String name) {
        var value = Stream.of(values, environment, defaults)
                .map(source -> source.get(name))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no variable " + name));
        return resolved(value);
    }

    private String resolved(String text) {
        return REFERENCE.matcher(text).replaceAll(reference -> variable(reference.group(1)));
    }

    /** Minimum number of threads of the server. */
    public int coreThreads() {
        return Integer.parseInt(last("executor", "coreThreads"));
    }

    private String last(String element, String attribute) {
        return elements.stream()
                .filter(found -> found.getTagName().equals(element) && found.hasAttribute(attribute))
                .reduce((earlier, later) -> later)
                .map(found -> resolved(found.getAttribute(attribute)))
                .orElseThrow(() -> new IllegalStateException("no " + element + " with " + attribute));
    }

    /** Maximum number of connections of each data source, by its id. */
    public Map<String, Integer> pools() {
        var pools = new HashMap<String, Integer>();
        elements.stream()
                .filter(found -> found.getTagName().equals("dataSource"))
                .forEach(source -> children(source)
                        .filter(child -> child.getTagName().equals("connectionManager"))
                        .forEach(manager -> pools.put(
                                source.getAttribute("id"),
                                Integer.valueOf(resolved(manager.getAttribute("maxPoolSize"))))));
        return pools;
    }
}
