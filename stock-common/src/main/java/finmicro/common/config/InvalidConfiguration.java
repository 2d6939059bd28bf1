package finmicro.common.config;

/** The environment does not let the service start; the message names each variable at fault. */
public class InvalidConfiguration extends RuntimeException {

    /** @param message every variable at fault, on one line */
    public InvalidConfiguration(String message) {
        // Without a stack trace: the message is all there is to know, and the server logs it as one line.
        super(message, null, false, false);
    }
}
