package org.controlroom.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.controlroom.launcher.JavaInstallations.Java;
import org.jspecify.annotations.Nullable;

/** Payara Micro with both applications, as a child process. */
final class Server {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MS = 100;

    /** What Java and the shell say when a signal asked for the end: 128 and SIGHUP, SIGINT or SIGTERM. */
    private static final Set<Integer> ASKED_TO_END = Set.of(129, 130, 143);

    /** What the server deploys, and what each answers when it is up. */
    private enum Application {
        API("api", "/health/started"),
        UI("ui", "/ui/");

        private final String name;
        private final String path;

        Application(String name, String path) {
            this.name = name;
            this.path = path;
        }

        String war() {
            return name + ".war";
        }
    }

    private final ProcessHandle process;
    private final ServerLog log;
    private final StateFolder state;

    /** Null for a server of an earlier launcher, whose exit code nobody learns. */
    private final @Nullable Process child;

    private Server(ProcessHandle process, @Nullable Process child, ServerLog log, StateFolder state) {
        this.process = process;
        this.child = child;
        this.log = log;
        this.state = state;
    }

    /**
     * Starts the server and marks the folder as used by it.
     *
     * @param detached whether it goes on when the launcher and its terminal are gone
     */
    static Server start(Options options, Configuration configuration, StateFolder state, Java java, boolean detached)
            throws IOException {
        int heapMb = Prechecks.heapMb(configuration.number("controlroom.jvm.heap-mb", 0, 1_000_000));
        ServerRoot root = ServerCommand.root(options, configuration, state, java);
        List<String> command = new ArrayList<>();
        if (detached && Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        StartupCache cache = new StartupCache(options.home(), java);
        command.addAll(ServerCommand.of(options, configuration, java, heapMb, cache.flags(), root, options.port()));
        ServerLog log = ServerLog.fromNow(state.serverLog());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(state.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(state.consoleLog().toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // glibc otherwise keeps a pool of native memory for almost every thread
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        state.mark(process.toHandle(), options.port(), ServerCommand.address(configuration));
        return new Server(process.toHandle(), process, log, state);
    }

    /** A server that an earlier launcher started. */
    static Server attached(ProcessHandle process, StateFolder state) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return new Server(process, null, ServerLog.since(state.serverLog(), start), state);
    }

    /**
     * Waits until both applications answer, and says how long it has waited when that is longer than usual.
     *
     * @throws LaunchException with the reason from the log, if the process ends or an application did not come up
     */
    void awaitDeployed(Api api, Duration limit, Terminal terminal) {
        Instant begin = Instant.now();
        for (Duration waited = Duration.ZERO;
                waited.compareTo(limit) < 0;
                waited = Duration.between(begin, Instant.now())) {
            if (waited.compareTo(USUAL_WAIT) > 0) {
                terminal.progress("still starting:", waited.toSeconds() + " s, at most " + limit.toSeconds() + " s");
            }
            if (!process.isAlive()) {
                throw failed("the server ended before it was up");
            }
            // a failed application does not stop Payara, so its word is not enough
            if (log.saysFailed()) {
                throw failed("api.war did not start");
            }
            if (log.saysReady()) {
                Optional<String> failure = failure(api, true);
                if (failure.isPresent()) {
                    throw failed(failure.get());
                }
                return;
            }
            sleep();
        }
        throw failed("the server was not up after " + limit.toSeconds() + " s");
    }

    /**
     * Why one of the applications is not up; empty if both answer.
     *
     * @param listed whether it also has to be in the server's own list, which is in the log until that is rotated
     */
    private Optional<String> failure(Api api, boolean listed) {
        for (Application application : Application.values()) {
            if (listed && !log.lists(application.name)) {
                return Optional.of(application.war() + " was not deployed");
            }
            Optional<String> silence = silence(api, application);
            if (silence.isPresent()) {
                return Optional.of(application.war() + " was not deployed (" + silence.get() + ")");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> silence(Api api, Application application) {
        int status = api.get(application.path).status();
        if (status >= 200 && status < 400) {
            return Optional.empty();
        }
        return Optional.of("GET " + application.path + (status == 0 ? " is not answered" : " answers " + status));
    }

    /** What to say about applications that do not answer; empty if both do. */
    Optional<String> outage(Api api) {
        Optional<String> failure = failure(api, false);
        if (failure.isPresent() && !log.saysReady() && !log.saysFailed()) {
            return Optional.of("It is still starting");
        }
        if (log.saysReady() && !log.saysFailed() && listsAll()) {
            // it came up, so that what the log has from later on is no reason for this
            return failure.map(what -> "It came up, but does not answer now: " + silences(api));
        }
        return failure.map(what -> "FAILED: " + failed(what).getMessage());
    }

    private static String silences(Api api) {
        return Stream.of(Application.values())
                .flatMap(application -> silence(api, application).stream())
                .collect(Collectors.joining("; "));
    }

    private boolean listsAll() {
        return Stream.of(Application.values()).allMatch(application -> log.lists(application.name));
    }

    /** For a wait of the caller's: says why if the server is gone. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw failed("the server has ended");
        }
    }

    private LaunchException failed(String message) {
        List<String> reason = log.reason(6);
        String told = reason.isEmpty() ? consoleTail() : String.join("\n  ", reason);
        String text = told.isEmpty() ? message : message + ":\n  " + told;
        String remedy = "The whole log: " + state.serverLog() + " and " + state.consoleLog();
        return log.saysRaceLost() ? new RaceLostException(text, remedy) : new LaunchException(text, remedy);
    }

    private String consoleTail() {
        try {
            List<String> lines = Files.readAllLines(state.consoleLog());
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Blocks until the server ends. @return whether somebody asked it to */
    boolean awaitEnd() {
        process.onExit().join();
        return child != null && ASKED_TO_END.contains(child.onExit().join().exitValue());
    }

    void stop() {
        stop(process);
        try {
            state.unmark();
        } catch (IOException e) {
            // the mark names a process that is gone; the next start sees that
        }
    }

    /** Asks the process to end, and makes it end if it has not after half a minute. */
    static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
        }
    }

    static void sleep() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }
}
