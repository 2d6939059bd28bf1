package finmicro.common.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DownloadsTest {

    private record Row(int number) {}

    private static final CsvFile<Row> FILE = new CsvFile<>("rows", Row.class, (last, most) -> List.of());

    private final Downloads downloads = new Downloads();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final CountDownLatch readOn = new CountDownLatch(1);
    private final List<Future<?>> slow = new ArrayList<>();

    @AfterEach
    void stopClients() {
        readOn.countDown();
        clients.shutdown();
    }

    @Test
    void callerCanHaveTwoDownloads() throws Exception {
        begin("alice");
        begin("alice");

        assertRefused("alice", "You are already downloading 2 files. Try again when one is complete.");
        assertTaken("bob");
        finish();
        assertTaken("alice");
    }

    @Test
    void taskAllowsTenDownloads() throws Exception {
        for (int i = 0; i < Downloads.MAX_DOWNLOADS; i++) {
            begin("caller " + i / 2);
        }

        assertRefused("another", "Too many files are being downloaded. Try again later.");
        finish();
        assertTaken("another");
    }

    /** The client disconnects, or the database is unavailable. */
    @Test
    void failedDownloadNoLongerCounts() {
        CsvFile<Row> unreadable = new CsvFile<>("rows", Row.class, (last, most) -> {
            throw new IllegalStateException("no database");
        });
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("connection reset");
            }
        };
        for (int i = 0; i < 2 * Downloads.MAX_DOWNLOADS; i++) {
            assertThatThrownBy(() -> downloads.write(FILE, "alice", gone)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> downloads.write(unreadable, "alice", new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertTaken("alice");
    }

    private void assertTaken(String caller) {
        assertThatCode(() -> downloads.write(FILE, caller, new ByteArrayOutputStream()))
                .doesNotThrowAnyException();
    }

    private void assertRefused(String caller, String reason) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> downloads.write(FILE, caller, out))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem().status()).isEqualTo(503);
                    assertThat(refusal.problem().detail()).isEqualTo(reason);
                });
        assertThat(out.size()).isZero();
    }

    /** Starts a client that blocks until {@link #finish}; returns when its file is being written. */
    private void begin(String caller) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("written byte by byte");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                begun.countDown();
                try {
                    readOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        slow.add(clients.submit(() -> {
            downloads.write(FILE, caller, out);
            return null;
        }));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void finish() throws Exception {
        readOn.countDown();
        for (Future<?> client : slow) {
            client.get();
        }
    }
}
