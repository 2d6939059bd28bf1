package finmicro.trade.access.entity;

import java.time.Duration;

/**
 * An access token.
 *
 * @param life from its receipt to its expiry
 */
public record AccessToken(String value, Duration life) {

    /** Without the token itself, which is a secret. */
    @Override
    public String toString() {
        return "token for " + life;
    }
}
