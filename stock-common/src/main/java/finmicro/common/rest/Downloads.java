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
 * Sends CSV files, so many at once. A file can take minutes and holds a thread meanwhile, as long as its client takes something
 * of it every few seconds; without a limit, slow clients would hold all threads. Thread-safe.
 */
@ApplicationScoped
public class Downloads {

    /** What the description of an operation with a file says of it. */
    public static final String HOW = " A task sends 10 files at once, and 2 to a caller; more"
            + " are 503. If the database goes away meanwhile, the last line of the file begins with `ERROR`.";

    /** How many files a task sends at once. */
    static final int MOST = 10;

    /** How many of them to one caller. */
    static final int MOST_OF_CALLER = 2;

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8.name());

    private final Lock lock = new ReentrantLock();
    /** The callers of the files that are being sent; guarded by the lock. */
    private final List<String> open = new ArrayList<>();

    /** Whether the client prefers a CSV file to JSON. */
    public static boolean isWanted(Request request) {
        Variant wanted = request.selectVariant(
                Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, CSV).build());
        return wanted != null && CSV.isCompatible(wanted.getMediaType());
    }

    /**
     * The file as an attachment. It counts while it is written, and not before: nothing is written for a HEAD request, or for a
     * client that is gone by then.
     *
     * @return of which the writing ends in a 503 if too many files are being sent
     */
    public Response attach(CsvFile<?> file, SecurityContext security, HttpServletRequest request) {
        String caller = CallerKey.of(security, request);
        StreamingOutput body = out -> write(file, caller, out);
        return Response.ok(request.getMethod().equals(HttpMethod.HEAD) ? null : body, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + ".csv\"")
                .build();
    }

    /** @throws finmicro.common.problem.ProblemException 503 before anything is written, if too many files are being sent */
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
            if (Collections.frequency(open, caller) >= MOST_OF_CALLER) {
                throw refused("this caller downloads " + MOST_OF_CALLER + " files already");
            }
            if (open.size() >= MOST) {
                throw refused("too many files are being downloaded");
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
