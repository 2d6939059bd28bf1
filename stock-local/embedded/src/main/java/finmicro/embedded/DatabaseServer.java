package finmicro.embedded;

import java.io.IOException;

/** The programs of a database and how they are called; what runs by them is {@link EmbeddedDatabase}'s to end. */
interface DatabaseServer {

    /** Makes the system tables in the empty data folder. */
    void install() throws IOException;

    /** Starts the server process and returns when it takes connections; data that are there already stay. */
    void start() throws IOException;
}
