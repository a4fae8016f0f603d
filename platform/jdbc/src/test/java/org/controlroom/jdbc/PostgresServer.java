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
 * A real PostgreSQL for tests: its own cluster in a temporary folder, on a free port of the loopback address. It refuses
 * to run as root, so that root lets the user nobody run it.
 */
public final class PostgresServer implements AutoCloseable {
    /** The one user, who may do everything. */
    public static final String USER = "sa";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static PostgresServer shared;

    private final AtomicInteger number = new AtomicInteger();
    private final Path bin;
    private final Path folder;
    private final int port;
    private final String password;
    private final Thread stopAtExit = new Thread(this::quit, "stop-postgres");

    private PostgresServer(Path bin, String password) throws IOException, InterruptedException {
        this.bin = bin;
        this.password = password;
        folder = Files.createTempDirectory("control-room-postgres-");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("password"), password + "\n");
        if (ROOT) {
            run(List.of("chown", "-R", "nobody", folder.toString()));
        }
        // no locale but C: texts sort by their code points there, and by the language's rules elsewhere
        List<String> init =
                as(bin.resolve("initdb"), "-D", data(), "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync");
        init.addAll(
                password.isEmpty()
                        ? List.of("-A", "trust")
                        : List.of("-A", "scram-sha-256", "--pwfile", folder + "/password"));
        run(init);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        startUp();
    }

    /** A fresh, empty database; the test is skipped where there is no PostgreSQL, and fails where CI is true. */
    public static synchronized DataSource database() {
        if (shared == null) {
            shared = own("");
        }
        return shared.source(shared.createDatabase());
    }

    /**
     * A server of the caller's own, which it can stop and start; closed by the caller.
     *
     * @param password of the user; empty for none
     */
    public static PostgresServer own(String password) {
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
            return new PostgresServer(programs.get(0), password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("PostgreSQL", e);
        }
    }

    /** Makes an empty database. @return its name */
    public String createDatabase() {
        String name = "test" + number.incrementAndGet();
        try (Connection connection = source("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL", e);
        }
        return name;
    }

    /** JDBC address of a database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Connections to a database, each a new one. */
    public PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(password);
        return source;
    }

    /** Starts it, and returns when it answers. */
    public void startUp() {
        String options = "-h 127.0.0.1 -p " + port + " -k " + folder + " -c fsync=off";
        control("-l", folder + "/log", "-w", "-t", "120", "-o", options, "start");
    }

    /** Breaks all connections and stops it; what was committed is there when it is started again. */
    public void shutDown() {
        control("-m", "fast", "-w", "-t", "120", "stop");
    }

    private void control(String... arguments) {
        List<String> command = as(bin.resolve("pg_ctl"), "-D", data());
        command.addAll(List.of(arguments));
        try {
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("PostgreSQL", e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
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

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        quit();
    }

    /** One process for all, because a JVM has little time to end. SIGQUIT is PostgreSQL's immediate shutdown. */
    private void quit() {
        try {
            run(List.of(
                    "sh",
                    "-c",
                    // it removes the file as its last act; the process itself may stay a zombie for long
                    "file='" + data() + "/postmaster.pid'; pid=$(head -n 1 $file 2>/dev/null) && { kill -QUIT $pid;"
                            + " for i in $(seq 100); do [ -e $file ] || break; sleep 0.1; done; }; rm -r '"
                            + folder + "'"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> as(Path program, String... arguments) {
        List<String> command = new ArrayList<>(ROOT ? List.of("runuser", "-u", "nobody", "--") : List.of());
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
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + ": " + said);
        }
    }
}
