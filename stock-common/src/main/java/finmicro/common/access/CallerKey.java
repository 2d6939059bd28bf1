package finmicro.common.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;

/** Names a caller, to limit what one caller may have open at once. */
public final class CallerKey {

    private CallerKey() {}

    /**
     * The token's subject; without tokens the address of the connection. A header such as {@code X-Forwarded-For} is not used:
     * any client can send one.
     */
    public static String of(SecurityContext security, HttpServletRequest request) {
        return security.getUserPrincipal() instanceof SignedIn signedIn
                ? "subject " + signedIn.getName()
                : "address " + request.getRemoteAddr();
    }
}
