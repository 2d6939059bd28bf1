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
 * Servers on a JDK with virtual threads, and what its flight recorder says of them. On 24 and later a monitor pins no carrier
 * any more, but a native frame does, such as a class initializer that blocks; {@code MonitorsTest} has the monitors.
 */
final class VirtualThreads {

    static final String MISSING = "SKIPPED: no JDK 21 or newer is here, so no server was run on virtual threads: set"
            + " JAVA_HOME_25_X64 or put one into /usr/lib/jvm";

    /** Whichever comes first. */
    private static final List<String> JVMS = List.of("temurin-25-jdk-amd64", "temurin-21-jdk-amd64");

    /**
     * What was recorded.
     *
     * @param threads how many virtual threads ran the service's code
     * @param pinned where each of them blocked while it was pinned, without what class loading does
     */
    record Recording(int threads, Set<String> pinned) {}

    private VirtualThreads() {}

    /** The home of a JDK that has them. */
    static Optional<Path> jdk() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("JAVA_HOME_25_X64")).map(Path::of),
                        JVMS.stream().map(Path.of("/usr/lib/jvm")::resolve))
                .filter(home -> Files.isExecutable(home.resolve("bin/jcmd")))
                .findFirst();
    }

    /** The variables that have a server run on it, recorded from its start. */
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
     * What was recorded.
     *
     * @param since when pinning counts from: at its start a server loads many classes, whose native frames pin now and then
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
