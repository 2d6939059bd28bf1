package finmicro.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * The port number of each {@link Port}.
 *
 * @param numbers port numbers, 1 to 65535; one for each port
 */
public record Ports(Map<Port, Integer> numbers) {

    private static final int LOWEST_FREE = 20_000;
    private static final int HIGHEST_FREE = 32_000;

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /** The standard ports of the local system. */
    public static Ports standard() {
        return chosen(property -> null);
    }

    /**
     * The standard ports, unless overridden by a property.
     *
     * @param properties returns the value of {@link Port#property()}, or null
     * @throws PortRefused if a value is not a port number
     */
    public static Ports chosen(UnaryOperator<String> properties) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            var value = properties.apply(port.property());
            numbers.put(port, value == null ? port.standard() : parse(port, value));
        }
        return new Ports(numbers);
    }

    /**
     * Distinct ports that are currently free. They are below the ephemeral port range, so that no outgoing connection takes
     * one while a server restarts.
     */
    public static Ports free() {
        return freeBeside(Set.of());
    }

    /** Distinct free ports, without those reserved by others that may not listen yet. */
    public static Ports freeBeside(Collection<Integer> others) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        var candidates = ThreadLocalRandom.current()
                .ints(LOWEST_FREE, HIGHEST_FREE)
                .distinct()
                .filter(candidate -> !others.contains(candidate) && isFree(candidate))
                .iterator();
        for (var port : Port.values()) {
            numbers.put(port, candidates.nextInt());
        }
        return new Ports(numbers);
    }

    /** A copy with another number for one port. */
    public Ports with(Port port, int number) {
        var changed = new EnumMap<>(numbers);
        changed.put(port, number);
        return new Ports(changed);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public int of(Port port) {
        return numbers.get(port);
    }

    /**
     * Checks before a start that all of these ports are free.
     *
     * @throws PortRefused for the first that is not; the message says how to choose another
     */
    public void requireFree(Collection<Port> ports) {
        var owners = new HashMap<Integer, Port>();
        for (var port : ports) {
            var owner = owners.putIfAbsent(of(port), port);
            if (owner != null) {
                throw new PortRefused(
                        "Port %d is chosen for %s and for %s".formatted(of(port), owner.label(), port.label()), port);
            }
            if (!isFree(of(port))) {
                throw new PortRefused("Port %d (%s) is in use".formatted(of(port), port.label()), port);
            }
        }
    }

    private static int parse(Port port, String value) {
        try {
            var number = Integer.parseInt(value.strip());
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new PortRefused("\"%s\" is not a port".formatted(value), port);
    }

    /** A port that cannot be used. The message is one line for the user. */
    public static final class PortRefused extends IllegalStateException {

        private static final long serialVersionUID = 1;

        PortRefused(String reason, Port port) {
            super(reason + ": choose another with -D" + port.property() + "=<number>");
        }
    }
}
