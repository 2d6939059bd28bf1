package finmicro.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The load to generate.
 *
 * @param connections number of users of a closed loop; 0 for an open one
 * @param rates orders per second of an open loop, one rate after the other; empty for a closed one
 * @param accounts number of accounts of the orders; 0 for only the account main
 * @param time duration of the closed loop, or of each rate
 */
record Plan(URI url, int connections, List<Integer> rates, int accounts, Duration time, Path result) {

    /**
     * @param arguments options with names that begin with {@code --}, each followed by its value
     * @throws IllegalArgumentException if one is missing
     */
    static Plan of(String[] arguments) {
        var values = new HashMap<String, String>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
        if (values.containsKey("--connections") == values.containsKey("--rate")) {
            throw new IllegalArgumentException("Set either --connections or --rate");
        }
        return new Plan(
                URI.create(required(values, "--url")),
                Integer.parseInt(values.getOrDefault("--connections", "0")),
                Stream.of(values.getOrDefault("--rate", "").split(","))
                        .filter(rate -> !rate.isEmpty())
                        .map(Integer::valueOf)
                        .toList(),
                Integer.parseInt(values.getOrDefault("--accounts", "0")),
                Duration.ofSeconds(Long.parseLong(required(values, "--seconds"))),
                Path.of(required(values, "--result")));
    }

    boolean isOpen() {
        return !rates.isEmpty();
    }

    private static String required(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
