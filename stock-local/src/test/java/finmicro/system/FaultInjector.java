package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Cuts a connection and ends a process at a given point of the traffic through a {@link TcpGate}: just before a request reaches
 * the server, or after the server has executed it but before its response reaches the client.
 */
final class FaultInjector {

    /** Whether the fault happens before or after the request is executed. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** A fault that happens once. */
    static final class Fault {

        private final Moment moment;
        private final Predicate<String> request;
        private final Runnable action;
        private final CountDownLatch done = new CountDownLatch(1);

        private Fault(Moment moment, Predicate<String> request, Runnable action) {
            this.moment = moment;
            this.request = request;
            this.action = action;
        }

        /** Waits up to {@code seconds}. Returns whether the fault has happened. */
        boolean happened(long seconds) throws InterruptedException {
            return done.await(seconds, TimeUnit.SECONDS);
        }

        private IOException happen() {
            action.run();
            done.countDown();
            return new IOException("cut by a test");
        }
    }

    private final AtomicReference<Fault> armed = new AtomicReference<>();

    /**
     * Arms a fault. Replaces one that has not happened yet.
     *
     * @param request matches the triggering request: the statements of a transaction that is about to be committed, or the text
     *     of an HTTP request
     * @param action ends the client process; returns when it has ended
     */
    Fault arm(Moment moment, Predicate<String> request, Runnable action) {
        Fault fault = new Fault(moment, request, action);
        armed.set(fault);
        return fault;
    }

    void disarm() {
        armed.set(null);
    }

    boolean isArmed() {
        return armed.get() != null;
    }

    /** Inspects one connection to the database. */
    TcpGate.Inspector database() {
        return new Connection(true);
    }

    /** Inspects one connection to the queue server. */
    TcpGate.Inspector queues() {
        return new Connection(false);
    }

    /** One connection. Different threads handle its requests and its responses. */
    private final class Connection implements TcpGate.Inspector {

        private final boolean database;
        private volatile Fault pending;

        private Connection(boolean database) {
            this.database = database;
        }

        @Override
        public OutputStream requests(OutputStream server) {
            return database
                    ? new MySqlCommits(server, FaultInjector.this::isArmed, this::check)
                    : new HttpRequestTexts(server, FaultInjector.this::isArmed, this::check);
        }

        @Override
        public OutputStream responses(OutputStream client) {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    Fault fault = pending;
                    if (fault != null) {
                        pending = null;
                        throw fault.happen();
                    }
                    client.write(bytes, offset, length);
                }
            };
        }

        private void check(String request) throws IOException {
            Fault fault = armed.get();
            if (fault != null && fault.request.test(request) && armed.compareAndSet(fault, null)) {
                if (fault.moment == Moment.BEFORE) {
                    throw fault.happen();
                }
                pending = fault;
            }
        }
    }

    /** Inspects a request before it is forwarded. */
    @FunctionalInterface
    interface Check {
        /** @throws IOException if the request must not reach the server */
        void request(String text) throws IOException;
    }
}
