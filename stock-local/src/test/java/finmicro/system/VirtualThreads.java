package finmicro.system;

import finmicro.local.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Flight recordings of servers on a JDK with virtual threads. Since JDK 24 a monitor no longer pins the carrier thread, but a
 * native frame does, e.g. a blocking class initializer. {@code MonitorsTest} checks monitors.
 */
final class VirtualThreads {

    static final String MISSING = "SKIPPED: no JDK 21 or newer found, so no server ran on virtual threads: set"
            + " JAVA_HOME_25_X64 or install one in /usr/lib/jvm";

    /** In order of preference. */
    private static final List<String> JVMS = List.of("temurin-25-jdk-amd64", "temurin-21-jdk-amd64");

    /**
     * Results of a recording.
     *
     * @param threads number of virtual threads that ran code of the service
     * @param pinned stack traces of threads that blocked while pinned, without class loading
     */
    record Recording(int threads, Set<String> pinned) {}

    private VirtualThreads() {}

    /** The home of a JDK with virtual threads. */
    static Optional<Path> jdk() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("JAVA_HOME_25_X64")).map(Path::of),
                        JVMS.stream().map(Path.of("/usr/lib/jvm")::resolve))
                .filter(home -> Files.isExecutable(home.resolve("bin/jcmd")))
                .findFirst();
    }

    /** Variables that make a server run on a JDK with a recording from its start. */
    static Map<String, String> recorded(Path jdk) {
        try {
            Path settings = Files.createTempFile("virtual-threads", ".jfc");
            settings.toFile().deleteOnExit();
            Files.writeString(settings, """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <configuration version="2.0">
                      <event name="jdk.VirtualThreadPinned">
                        <setting name="enabled">true</setting>
                        <setting name="stackTrace">true</setting>
                        <setting name="threshold">20 ms</setting>
                      </event>
                      <event name="jdk.ThreadPark">
                        <setting name="enabled">true</setting>
                        <setting name="stackTrace">true</setting>
                        <setting name="threshold">1 ms</setting>
                      </event>
                    </configuration>
                    """);
            return Map.of(
                    "JAVA_HOME",
                    jdk.toString(),
                    "JVM_ARGS",
                    LibertyServer.JVM_ARGS + " -XX:StartFlightRecording=name=threads,maxsize=64m,settings=" + settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Dumps and reads the recording of a server.
     *
     * @param since ignores earlier pinning: at its start a server loads many classes, whose native frames pin threads
     */
    static Recording dump(LibertyServer server, Instant since) {
        Path file = server.folder().resolve("threads.jfr");
        try {
            Process jcmd = new ProcessBuilder(
                            jdk().orElseThrow().resolve("bin/jcmd").toString(),
                            Long.toString(server.pid()),
                            "JFR.dump",
                            "name=threads",
                            "filename=" + file)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes());
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return read(file, since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recording read(Path file, Instant since) throws IOException {
        Set<Long> threads = new HashSet<>();
        Set<String> pinned = new HashSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            List<String> frames = frames(event);
            if (event.getEventType().getName().equals("jdk.VirtualThreadPinned")) {
                if (event.getStartTime().isAfter(since)
                        && frames.stream().noneMatch(frame -> frame.startsWith("java.lang.ClassLoader."))) {
                    pinned.add(String.join("\n", frames));
                }
            } else if (event.getThread() != null
                    && isVirtual(event)
                    && frames.stream().anyMatch(frame -> frame.startsWith("finmicro."))) {
                threads.add(event.getThread().getId());
            }
        }
        return new Recording(threads.size(), pinned);
    }

    private static boolean isVirtual(RecordedEvent event) {
        return event.getThread().hasField("virtual") && event.getThread().getBoolean("virtual");
    }

    private static List<String> frames(RecordedEvent event) {
        List<String> frames = new ArrayList<>();
        if (event.getStackTrace() != null) {
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                frames.add(frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName());
            }
        }
        return frames;
    }
}
