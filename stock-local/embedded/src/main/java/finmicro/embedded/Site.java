package finmicro.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where one database lives.
 *
 * @param data folder of its data, absolute
 * @param port port it listens on
 */
record Site(Path data, int port) {

    /** An empty data folder, with what {@code initialStatements} says to be run at each start. */
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

    /** SQL that the server runs at each start before it takes connections. */
    Path initFile() {
        return temporary().resolve("init.sql");
    }

    /** What the server writes its process id to. */
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
