package finmicro.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What load is asked for.
 *
 * @param connections users in a closed loop; 0 for an open one
 * @param rates orders a second in an open loop, one rate after the other; empty for a closed one
 * @param accounts how many the orders are spread over; 0 for main alone
 * @param time of the closed loop, or of each rate
 */
record Plan(URI url, int connections, List<Integer> rates, int accounts, Duration time, Path result) {

    /**
     * @param arguments names, which begin with {@code --}, each with its value
     * @throws IllegalArgumentException when one is missing
     */
    static Plan of(String[] arguments) {
        var values = new HashMap<String, String>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            values.put(arguments[i], arguments[i + 1]);
        }
        if (values.containsKey("--connections") == values.containsKey("--rate")) {
            throw new IllegalArgumentException("Either --connections or --rate");
        }
        return new Plan(
                URI.create(needed(values, "--url")),
                Integer.parseInt(values.getOrDefault("--connections", "0")),
                Stream.of(values.getOrDefault("--rate", "").split(","))
                        .filter(rate -> !rate.isEmpty())
                        .map(Integer::valueOf)
                        .toList(),
                Integer.parseInt(values.getOrDefault("--accounts", "0")),
                Duration.ofSeconds(Long.parseLong(needed(values, "--seconds"))),
                Path.of(needed(values, "--result")));
    }

    boolean isOpen() {
        return !rates.isEmpty();
    }

    private static String needed(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No " + name);
        }
        return value;
    }
}
