package finmicro.common.messaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An in-memory file system of 16 MB that a test can fill. Only root may mount one. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts an empty file system on a folder. @throws IOException if this user is not allowed to */
    static SmallDisk mount(Path folder) throws IOException {
        run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=16m,mode=777",
                "tmpfs",
                folder.toAbsolutePath().toString());
        return new SmallDisk(folder);
    }

    /** Unmounts the file system of an earlier run that was killed; otherwise the folder cannot be deleted. */
    static void unmountLeftover(Path folder) {
        try {
            run("umount", folder.toAbsolutePath().toString());
        } catch (IOException e) {
            System.getLogger(SmallDisk.class.getName()).log(System.Logger.Level.DEBUG, "nothing is mounted", e);
        }
    }

    /** Uses all free space. */
    Void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream file = Files.newOutputStream(filler(), StandardOpenOption.CREATE)) {
            while (folder.toFile().getUsableSpace() > 0) {
                file.write(block);
            }
        }
        return null;
    }

    /** Frees the space. */
    Void free() throws IOException {
        Files.delete(filler());
        return null;
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        run("umount", folder.toAbsolutePath().toString());
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
