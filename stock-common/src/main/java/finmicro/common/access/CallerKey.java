package finmicro.common.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;

/** Identifies a caller, to limit the concurrent streams and downloads per caller. */
public final class CallerKey {

    private CallerKey() {}

    /**
     * The token's subject; without tokens the remote address. A header such as {@code X-Forwarded-For} is not used, because
     * any client can send it.
     */
    public static String of(SecurityContext security, HttpServletRequest request) {
        return security.getUserPrincipal() instanceof SignedIn signedIn
                ? "subject " + signedIn.getName()
                : "address " + request.getRemoteAddr();
    }
}
