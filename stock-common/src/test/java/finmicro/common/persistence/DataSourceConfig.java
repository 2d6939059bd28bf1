package finmicro.common.persistence;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A data source from the servers' configuration, with its variables replaced. */
record DataSourceConfig(String id, String url, int maxIdleSeconds) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([\\w.]+)}");

    /**
     * The data sources of the shared configuration and of stock-items.
     *
     * @param host host and port of the database
     */
    static List<DataSourceConfig> all(String host, String schema) throws Exception {
        Document shared = parse("../liberty-config/database.xml");
        Document items = parse("../stock-items/src/main/liberty/config/server.xml");
        Map<String, String> variables = new HashMap<>(
                Map.of("DB_HOST_MASTER", host, "DB_HOST_READ", host, "DB_NAME", schema, "DB_SSL_MODE", "PREFERRED"));
        elements(shared, "variable")
                .forEach(variable ->
                        variables.putIfAbsent(variable.getAttribute("name"), variable.getAttribute("value")));
        return List.of(shared, items).stream()
                .flatMap(file -> elements(file, "dataSource").stream())
                .map(source -> read(source, variables))
                .toList();
    }

    /** A numeric setting of the URL, such as {@code socketTimeout} or the session's {@code wait_timeout}. */
    int number(String name) {
        var matcher = Pattern.compile("[?&,=]" + name + "=(\\d+)").matcher(url);
        if (!matcher.find()) {
            throw new IllegalStateException(id + " does not set " + name);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static DataSourceConfig read(Element source, Map<String, String> variables) {
        Element pool =
                (Element) source.getElementsByTagName("connectionManager").item(0);
        Element properties = (Element) source.getElementsByTagName("properties").item(0);
        return new DataSourceConfig(
                source.getAttribute("id"),
                resolved(properties.getAttribute("URL"), variables),
                seconds(resolved(pool.getAttribute("maxIdleTime"), variables))
                        + seconds(resolved(pool.getAttribute("reapTime"), variables)));
    }

    private static String resolved(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(variable -> variables.get(variable.group(1)));
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replaceFirst("s$", ""));
    }

    private static Document parse(String file) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Path.of(file).toFile());
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
