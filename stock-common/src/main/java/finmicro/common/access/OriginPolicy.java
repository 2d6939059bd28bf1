package finmicro.common.access;

import finmicro.common.config.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which web pages may call a service, and by which host names it is called. It keeps a page that somebody visits from trading
 * on a service that asks for no token: on the visitor's own machine any page can send requests to it (cross-site request
 * forgery), and one whose name is made to resolve to that machine can read the responses too (DNS rebinding).
 *
 * @param origins origins beside the service's own whose pages may call, as browsers send them in {@code Origin}
 * @param hosts host names in lower case, beside those of loopback, by which the service may be called; empty: by any
 */
public record OriginPolicy(Set<String> origins, Optional<Set<String>> hosts) {

    private static final String LOOPBACK = "127.";

    /**
     * Reads {@code CORS_ORIGINS} and {@code HOST_NAMES}.
     *
     * @param tokens whether callers need an access token: no browser sends that by itself, so the host name does not matter
     */
    public static OriginPolicy of(Settings settings, boolean tokens) {
        Set<String> hosts = settings.hostNames("HOST_NAMES");
        return new OriginPolicy(settings.origins("CORS_ORIGINS"), tokens ? Optional.empty() : Optional.of(hosts));
    }

    /**
     * Whether the service may be called by this name.
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

    /** Whether pages of this origin, which is not the service's own, may call. */
    public boolean allows(String origin) {
        return origins.contains(origin);
    }

    /**
     * Whether an origin is the service's own, as the caller addresses it.
     *
     * @param origin the header {@code Origin}
     * @param scheme {@code http}, or {@code https} if the caller speaks TLS, which may end at a load balancer
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
