package org.controlroom.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for the tests of this process: its own cluster in a temporary folder, on a free port of the loopback
 * address. It refuses to run as root, so that root lets the user nobody run it.
 */
public final class PostgresServer {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static PGSimpleDataSource running;

    private PostgresServer() {}

    /** A fresh, empty database; the test is skipped where there is no PostgreSQL, and fails where CI is true. */
    public static synchronized DataSource database() {
        List<Path> programs = programs();
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(programs)
                    .as("PostgreSQL is below " + DEBIAN + "; require.sh postgresql installs it")
                    .isNotEmpty();
        }
        assertThat(programs)
                .as("PostgreSQL must be below " + DEBIAN + " where CI is true")
                .isNotEmpty();
        try {
            if (running == null) {
                running = start(programs.get(0));
            }
            String name = "test" + NUMBER.incrementAndGet();
            try (Connection connection = running.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return source(running.getPortNumbers()[0], name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | InterruptedException e) {
            throw new AssertionError("PostgreSQL", e);
        }
    }

    /** Folders with {@code initdb}, the newest version first. */
    private static List<Path> programs() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PGSimpleDataSource start(Path bin) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("control-room-postgres-");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            run(List.of("chown", "nobody", folder.toString()));
        }
        String data = folder.resolve("data").toString();
        // no locale but C: texts sort by their code points there, and by the language's rules elsewhere
        run(as(root, bin.resolve("initdb"), "-D", data, "-U", "sa", "-A", "trust", "-E", "UTF8", "--locale=C"));
        String options = "-h 127.0.0.1 -p " + port + " -k " + folder + " -c fsync=off";
        run(as(root, bin.resolve("pg_ctl"), "-D", data, "-l", folder + "/log", "-w", "-o", options, "start"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder), "stop-postgres"));
        return source(port, "postgres");
    }

    /** One process for all, because a JVM has little time to end. SIGQUIT is PostgreSQL's immediate shutdown. */
    private static void stop(Path folder) {
        try {
            String pid =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
            run(List.of(
                    "sh",
                    "-c",
                    "kill -QUIT " + pid + "; while kill -0 " + pid + " 2>/dev/null; do sleep 0.1; done; rm -r '"
                            + folder + "'"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> as(boolean root, Path program, String... arguments) {
        List<String> command = new ArrayList<>(root ? List.of("runuser", "-u", "nobody", "--") : List.of());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("control-room-postgres-", ".out");
        // not to a pipe: the server itself inherits it, and its end would never come
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + ": " + said);
        }
    }

    private static PGSimpleDataSource source(int port, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser("sa");
        return source;
    }
}
