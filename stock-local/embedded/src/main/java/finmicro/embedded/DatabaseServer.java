package finmicro.embedded;

import java.io.IOException;

/** Installs and starts a database server. {@link EmbeddedDatabase} stops its processes. */
interface DatabaseServer {

    /** Creates the system tables in the empty data folder. */
    void install() throws IOException;

    /** Starts the server process with the existing data, and waits until it accepts connections. */
    void start() throws IOException;
}
