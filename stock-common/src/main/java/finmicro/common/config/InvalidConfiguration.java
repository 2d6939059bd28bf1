package finmicro.common.config;

/** The environment is invalid, so the service cannot start. The message names each invalid variable. */
public class InvalidConfiguration extends RuntimeException {

    /** @param message every invalid variable, on one line */
    public InvalidConfiguration(String message) {
        // Without a stack trace, so that the server logs it as one line.
        super(message, null, false, false);
    }
}
