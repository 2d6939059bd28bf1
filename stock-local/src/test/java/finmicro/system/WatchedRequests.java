package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** The requests of one client on their way to a server. A subclass finds the requests in the bytes, and has each checked. */
abstract class WatchedRequests extends OutputStream {

    final OutputStream server;
    final BooleanSupplier watched;
    final FaultInjector.Check check;

    /**
     * @param watched whether requests are collected; otherwise nothing is checked
     * @param check gets the text of a request before it reaches the server
     */
    WatchedRequests(OutputStream server, BooleanSupplier watched, FaultInjector.Check check) {
        this.server = server;
        this.watched = watched;
        this.check = check;
    }

    @Override
    public final void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }
}
