package finmicro.trade.access.entity;

import java.time.Duration;

/**
 * An access token.
 *
 * @param life time from receipt to expiry
 */
public record AccessToken(String value, Duration life) {

    /** Omits the token itself, which is a secret. */
    @Override
    public String toString() {
        return "token with a lifetime of " + life;
    }
}
