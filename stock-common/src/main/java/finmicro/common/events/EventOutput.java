package finmicro.common.events;

import java.io.IOException;

/** The connection to one subscriber. Not thread-safe, except for {@link #isClosed()}. */
interface EventOutput {

    /** Sends the headers and the greeting. Called first, on the thread of the request. */
    void greet() throws IOException;

    /** Writes and flushes. Blocks if the client does not read, up to the server's write timeout. */
    void write(byte[] text) throws IOException;

    /** Ends the connection. */
    void close() throws IOException;

    /** Whether the connection has ended. */
    boolean isClosed();
}
