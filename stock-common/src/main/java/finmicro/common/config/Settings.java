package finmicro.common.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a service's environment, and collects all errors, so that a failed start reports everything to fix in one line. For a
 * missing or invalid value it returns a substitute; {@link #check()} throws later.
 */
public final class Settings {

    private final Function<String, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    /** @param source returns the value of a variable; empty if it is not set */
    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /** The value, or empty if it is not set or blank. */
    public Optional<String> optional(String name) {
        return source.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A required value. */
    public String required(String name) {
        return optional(name).orElseGet(() -> fault(name + " is missing", ""));
    }

    /** A whole number within [min, max]; the fallback if it is not set. */
    public int whole(String name, int fallback, int min, int max) {
        return optional(name).map(value -> whole(name, value, min, max)).orElse(fallback);
    }

    /** A required whole number within [min, max]. */
    public int requiredWhole(String name, int min, int max) {
        String value = required(name);
        return value.isEmpty() ? min : whole(name, value, min, max);
    }

    private int whole(String name, String value, int min, int max) {
        String wrong = "%s=%s is not a whole number from %d to %d".formatted(name, value, min, max);
        try {
            int number = Integer.parseInt(value);
            return number >= min && number <= max ? number : fault(wrong, min);
        } catch (NumberFormatException e) {
            return fault(wrong, min);
        }
    }

    /** A required http or https URL. */
    public URI requiredUrl(String name) {
        String value = required(name);
        try {
            URI address = URI.create(value);
            return value.isEmpty() || value.matches("https?://[^/]+.*")
                    ? address
                    : fault(notHttp(name, value), address);
        } catch (IllegalArgumentException e) {
            return fault(notHttp(name, value), URI.create(""));
        }
    }

    /** An origin (scheme, host and port) as browsers send it; empty if it is not set. */
    public Optional<URI> optionalOrigin(String name) {
        return optional(name)
                .map(value -> value.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
                        ? URI.create(value)
                        : fault("%s=%s is not an origin, http(s)://host:port".formatted(name, value), URI.create("")));
    }

    /** Origins, separated by commas, in lower case; empty if it is not set. */
    public Set<String> origins(String name) {
        return list(
                name,
                "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?",
                "%s: %s is not an origin, http(s)://host:port");
    }

    /** Host names or addresses without a port, separated by commas, in lower case; empty if it is not set. */
    public Set<String> hostNames(String name) {
        return list(name, "[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]", "%s: %s is not a host name");
    }

    private Set<String> list(String name, String form, String wrong) {
        return Stream.of(optional(name).orElse("").split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(item ->
                        item.matches(form) ? item.toLowerCase(Locale.ROOT) : fault(wrong.formatted(name, item), ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String notHttp(String name, String value) {
        return "%s=%s is not an http(s) URL".formatted(name, value);
    }

    /** One of the given words; the first if it is not set. */
    public String oneOf(String name, String... words) {
        String value = optional(name).orElse(words[0]);
        return List.of(words).contains(value)
                ? value
                : fault("%s=%s is not one of %s".formatted(name, value, String.join(", ", words)), words[0]);
    }

    /** Checks the database variables of server.xml, because Liberty does not report missing variables. */
    public void database() {
        host("DB_HOST_MASTER", required("DB_HOST_MASTER"));
        optional("DB_HOST_READ").ifPresent(value -> host("DB_HOST_READ", value));
        required("DB_NAME");
        required("DB_USERNAME");
        required("DB_PASSWORD");
        oneOf("DB_SSL_MODE", "PREFERRED", "DISABLED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY");
    }

    private void host(String name, String value) {
        if (!value.isEmpty() && !value.matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?")) {
            fault(
                    "%s=%s is not host:port (the old form (host:port) is no longer supported)".formatted(name, value),
                    "");
        }
    }

    /** Adds an error that concerns a combination of values. */
    public void refuse(String error) {
        faults.add(error);
    }

    private <T> T fault(String error, T substitute) {
        faults.add(error);
        return substitute;
    }

    /** @throws InvalidConfiguration naming every missing or invalid variable */
    public void check() {
        if (!faults.isEmpty()) {
            throw new InvalidConfiguration(String.join("; ", faults));
        }
    }
}
