package finmicro.common.access;

import finmicro.common.config.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The web pages that may call a service, and the host names that it accepts. Without tokens, any page that a user visits could
 * otherwise trade on a service on the user's machine, by cross-site request forgery, and could also read the responses if its
 * host name resolves to that machine (DNS rebinding).
 *
 * @param origins allowed origins in addition to the service's own, as browsers send them in {@code Origin}
 * @param hosts allowed host names in lower case, in addition to loopback; empty if every host name is allowed
 */
public record OriginPolicy(Set<String> origins, Optional<Set<String>> hosts) {

    private static final String LOOPBACK = "127.";

    /**
     * Reads {@code CORS_ORIGINS} and {@code HOST_NAMES}.
     *
     * @param tokens whether callers need an access token: browsers do not send it automatically, so any host name is safe
     */
    public static OriginPolicy of(Settings settings, boolean tokens) {
        Set<String> hosts = settings.hostNames("HOST_NAMES");
        return new OriginPolicy(settings.origins("CORS_ORIGINS"), tokens ? Optional.empty() : Optional.of(hosts));
    }

    /**
     * Whether this host name is allowed.
     *
     * @param host the header {@code Host}, a name or address with or without a port; null if there is none
     */
    public boolean answersTo(String host) {
        return hosts.isEmpty() || host != null && isAllowed(name(host), hosts.get());
    }

    private static boolean isAllowed(String name, Set<String> configured) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith(LOOPBACK) && name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')
                || name.equals("[::1]")
                || configured.contains(name);
    }

    private static String name(String host) {
        int colon = host.indexOf(':', host.indexOf(']') + 1);
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    /** Whether pages of this origin may call, apart from the service's own origin. */
    public boolean allows(String origin) {
        return origins.contains(origin);
    }

    /**
     * Whether an origin matches the address that the caller uses for the service.
     *
     * @param origin the header {@code Origin}
     * @param scheme {@code http}, or {@code https} if the caller uses TLS, which a load balancer may terminate
     * @param host the header {@code Host}; null if there is none
     */
    public static boolean isOwn(String origin, String scheme, String host) {
        int authority = scheme.length() + 3;
        return host != null
                && origin.startsWith(scheme)
                && origin.startsWith("://", scheme.length())
                && origin.length() - authority == host.length()
                && origin.regionMatches(true, authority, host, 0, host.length());
    }
}
