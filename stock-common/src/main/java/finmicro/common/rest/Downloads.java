package finmicro.common.rest;

import finmicro.common.access.CallerKey;
import finmicro.common.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends CSV files, and limits the concurrent ones. A download can take minutes and blocks a thread, as long as the client reads
 * some data every few seconds. Without a limit, slow clients would block all threads. Thread-safe.
 */
@ApplicationScoped
public class Downloads {

    /** The limits, for the OpenAPI description of an operation with a file. */
    public static final String HOW = " Each task allows 10 concurrent downloads, and 2 per caller;"
            + " more get a 503. If the database becomes unavailable during a download, the last line of the file begins"
            + " with `ERROR`.";

    /** Maximum concurrent downloads of a task. */
    static final int MAX_DOWNLOADS = 10;

    /** Maximum concurrent downloads of one caller. */
    static final int MAX_PER_CALLER = 2;

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8.name());

    private final Lock lock = new ReentrantLock();
    /** The callers of the current downloads; guarded by the lock. */
    private final List<String> open = new ArrayList<>();

    /** Whether the client prefers a CSV file to JSON. */
    public static boolean isWanted(Request request) {
        Variant wanted = request.selectVariant(
                Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, CSV).build());
        return wanted != null && CSV.isCompatible(wanted.getMediaType());
    }

    /**
     * The file as an attachment. It counts as a download only while it is written, because nothing is written for a HEAD request
     * or a disconnected client.
     *
     * @return a response that becomes a 503 when it is written if there are too many downloads
     */
    public Response attach(CsvFile<?> file, SecurityContext security, HttpServletRequest request) {
        String caller = CallerKey.of(security, request);
        StreamingOutput body = out -> write(file, caller, out);
        return Response.ok(request.getMethod().equals(HttpMethod.HEAD) ? null : body, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + ".csv\"")
                .build();
    }

    /** @throws finmicro.common.problem.ProblemException 503 if there are too many downloads; then nothing is written */
    void write(CsvFile<?> file, String caller, OutputStream out) throws IOException {
        begin(caller);
        try {
            file.write(out);
        } finally {
            end(caller);
        }
    }

    private void begin(String caller) {
        lock.lock();
        try {
            if (Collections.frequency(open, caller) >= MAX_PER_CALLER) {
                throw refused("You are already downloading %d files. Try again when one is complete."
                        .formatted(MAX_PER_CALLER));
            }
            if (open.size() >= MAX_DOWNLOADS) {
                throw refused("Too many files are being downloaded. Try again later.");
            }
            open.add(caller);
        } finally {
            lock.unlock();
        }
    }

    private void end(String caller) {
        lock.lock();
        try {
            open.remove(caller);
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException refused(String reason) {
        return Problem.unavailable(reason).exception();
    }
}
