package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** The requests of one client to a server. A subclass parses the requests and checks each of them. */
abstract class CheckedRequests extends OutputStream {

    final OutputStream server;
    final BooleanSupplier enabled;
    final FaultInjector.Check check;

    /**
     * @param enabled whether requests are checked
     * @param check gets the text of a request before it reaches the server
     */
    CheckedRequests(OutputStream server, BooleanSupplier enabled, FaultInjector.Check check) {
        this.server = server;
        this.enabled = enabled;
        this.check = check;
    }

    @Override
    public final void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }
}
