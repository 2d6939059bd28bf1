package finmicro.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The folder and port of a database.
 *
 * @param data absolute path of its data folder
 * @param port port on which it listens
 */
record Site(Path data, int port) {

    /** Creates an empty data folder, and an init file with the statements to execute at each start. */
    static Site prepare(Path data, int port, String initialStatements) throws IOException {
        var site = new Site(data.toAbsolutePath(), port == 0 ? freePort() : port);
        empty(site.data);
        Files.createDirectories(site.temporary());
        Files.writeString(site.initFile(), initialStatements);
        return site;
    }

    Path temporary() {
        return data.resolveSibling(data.getFileName() + "-tmp");
    }

    /** SQL that the server executes at each start before it accepts connections. */
    Path initFile() {
        return temporary().resolve("init.sql");
    }

    /** The file to which the server writes its process id. */
    Path pidFile() {
        return data.resolve("server.pid");
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
