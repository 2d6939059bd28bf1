package finmicro.system;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Cuts a connection and ends a process at one point of the traffic through a {@link TcpGate}: just before a request reaches the
 * server, or when the server has executed it and before its answer reaches the client.
 */
final class FaultInjector {

    /** On which side of the request's execution the fault is. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Fails once. */
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

        /** Whether it has happened, after waiting for it. */
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
     * Arms a fault; it replaces one that has not happened.
     *
     * @param request what the fault waits for: the statements of a transaction that is about to be committed, or the text of an
     *     HTTP request
     * @param action ends the client; returns when it has ended
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

    /** The watch of one connection to the database. */
    TcpGate.Watch database() {
        return new Connection(true);
    }

    /** The watch of one connection to the queue server. */
    TcpGate.Watch queues() {
        return new Connection(false);
    }

    /** One connection; its answers are read by another thread than its requests. */
    private final class Connection implements TcpGate.Watch {

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
        public OutputStream answers(OutputStream client) {
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

    /** Looks at a request before it is passed on. */
    @FunctionalInterface
    interface Check {
        /** @throws IOException if the request must not reach the server */
        void request(String text) throws IOException;
    }
}
