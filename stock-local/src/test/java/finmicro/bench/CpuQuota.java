package finmicro.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Limits the CPU time of processes like the container of a task does, by a Linux control group (version 1 or 2). Needs the rights
 * to create one.
 */
final class CpuQuota implements AutoCloseable {

    private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path V2 = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;

    private final Path group;

    /**
     * Creates the control group.
     *
     * @param cpus number of CPUs, e.g. 0.5
     * @throws IOException if this is not allowed
     */
    CpuQuota(double cpus) throws IOException {
        boolean first = Files.exists(V1.resolve("cpu.cfs_quota_us"));
        group = Files.createTempDirectory(first ? V1 : V2, "bench-");
        try {
            String quota = Integer.toString((int) (cpus * PERIOD_MICROS));
            if (first) {
                Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), quota);
            } else {
                Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            }
        } catch (IOException e) {
            Files.delete(group);
            throw e;
        }
    }

    /** Limits a process and its future child processes. */
    void limit(long pid) {
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the control group. All of its processes must have ended. */
    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
