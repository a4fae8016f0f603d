package org.controlroom.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.controlroom.launcher.JavaInstallations.Java;
import org.jspecify.annotations.Nullable;

/** The command {@code control-room}. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no server runs (status). */
public final class ControlRoom {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_RUNNING = 3;
    private static final int LOG_TAIL_BYTES = 20_000;

    private final Options options;
    private final Map<String, String> environment;
    private final Terminal terminal;
    private final StateFolder state;

    private ControlRoom(Options options, Map<String, String> environment, Terminal terminal) {
        this.options = options;
        this.environment = environment;
        this.terminal = terminal;
        this.state = new StateFolder(options.state());
    }

    /** {@code COMMAND [OPTIONS]}, see {@code control-room help}. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out, Boolean.getBoolean("controlroom.terminal"));
        int code;
        try {
            code = execute(args, System.getenv(), terminal);
        } catch (LaunchException e) {
            terminal.endProgress();
            complain(e.getMessage() + "\n" + e.remedy());
            code = FAILED;
        } catch (IOException | UncheckedIOException e) {
            terminal.endProgress();
            complain(Problems.describe(e));
            code = FAILED;
        }
        System.exit(code);
    }

    private static void complain(String text) {
        new PrintStream(System.err, true, StandardCharsets.UTF_8).println("control-room: " + text);
    }

    private static int execute(String[] args, Map<String, String> environment, Terminal terminal) throws IOException {
        String command = args.length == 0 ? "help" : args[0];
        if (command.equals("help")) {
            terminal.say(Usage.TEXT);
            return args.length == 0 ? USAGE : 0;
        }
        Options options = Options.parse(Arrays.copyOfRange(args, 1, args.length), environment);
        ControlRoom controlRoom = new ControlRoom(options, environment, terminal);
        return switch (command) {
            case "run" -> controlRoom.run();
            case "start" -> controlRoom.start();
            case "stop" -> controlRoom.stop();
            case "status" -> controlRoom.status();
            case "logs" -> controlRoom.logs();
            case "load" -> controlRoom.load();
            case "init-db" -> controlRoom.initialise();
            case "dataset" -> controlRoom.dataset();
            case "train" -> controlRoom.train();
            case "import" -> controlRoom.importModel();
            case "migrate-registry" -> controlRoom.migrateRegistry();
            case "prepare" -> controlRoom.prepare();
            default -> {
                complain("unknown command " + command + "\n" + Usage.TEXT);
                yield USAGE;
            }
        };
    }

    private int run() throws IOException {
        AtomicReference<@Nullable Server> current = new AtomicReference<>();
        Thread stopper = new Thread(() -> stopOnSignal(current), "stop-server");
        Server server = bringUp(false, current, stopper);
        terminal.say("Ctrl-C stops it.");
        boolean asked = server.awaitEnd();
        if (isEnding(stopper)) {
            return 0; // not looked at: the code is that of the signal
        }
        if (asked) {
            state.unmark();
            sayStopped();
            return 0;
        }
        complain("the server ended by itself; its log: " + state.serverLog());
        return FAILED;
    }

    /** Ctrl-C in a terminal reaches the server too, so that it may have ended before this begins. */
    private void stopOnSignal(AtomicReference<@Nullable Server> current) {
        stop(current);
        terminal.endProgress();
        sayStopped();
    }

    private static void stop(AtomicReference<@Nullable Server> current) {
        Server server = current.get();
        if (server != null) {
            server.stop();
        }
    }

    private void sayStopped() {
        terminal.say("Stopped the server on " + state.folder());
    }

    /** Whether this program has been asked to end; if not, it does so from now on without the hook. */
    private static boolean isEnding(Thread stopper) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private int start() throws IOException {
        AtomicReference<@Nullable Server> current = new AtomicReference<>();
        // until it is ready it is not handed over: Ctrl-C or a failure stops it
        Thread stopper = new Thread(() -> stop(current), "stop-server");
        bringUp(true, current, stopper);
        Runtime.getRuntime().removeShutdownHook(stopper);
        terminal.say("It runs in the background; make stop STATE=" + ShellWord.of(state.folder())
                + " (or control-room stop --state " + ShellWord.of(state.folder()) + ") stops it.");
        return 0;
    }

    /**
     * Launches and brings up; once more when the server lost a race with itself, which a second start does not.
     *
     * @param current is told the server that the stopper has to stop
     * @param stopper is hooked to the end of this program from the first launch on
     */
    private Server bringUp(boolean detached, AtomicReference<@Nullable Server> current, Thread stopper)
            throws IOException {
        Instant begun = Instant.now();
        Server server = launch(detached);
        current.set(server);
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            bringUp(server, begun);
            return server;
        } catch (RaceLostException e) {
            terminal.endProgress();
            terminal.say("The server failed: " + e.getMessage());
            terminal.say("That is a known race in Payara on a busy machine; starting once more.");
            server.stop();
        }
        Server second = launch(detached);
        current.set(second);
        bringUp(second, begun);
        return second;
    }

    private Server launch(boolean detached) throws IOException {
        Configuration configuration = Configuration.read(options, environment);
        Java java = JavaInstallations.best(environment);
        Prechecks.dataIsThere(options.data());
        Prechecks.nameIsUsable(state.folder());
        Prechecks.spaceIsFree(state.folder(), Prechecks.LEAST_DISK_MB);
        boolean isNew = !state.exists();
        state.prepare();
        try (FileLock lock = state.lock()) {
            try {
                Prechecks.folderIsFree(state);
                Prechecks.portIsFree(ServerCommand.address(configuration), options.port());
                Server server = Server.start(options, configuration, state, java, detached);
                terminal.say("Starting the server on port " + options.port() + " with Java " + java.version());
                lock.channel().force(false);
                return server;
            } catch (LaunchException | IOException e) {
                // still under the lock, so that nobody else has begun to use it
                if (isNew) {
                    state.remove();
                }
                throw e;
            }
        }
    }

    private void bringUp(Server server, Instant begun) throws IOException {
        Configuration configuration = Configuration.read(options, environment);
        Api api = new Api(ServerCommand.address(configuration), options.port());
        server.awaitDeployed(
                api, Duration.ofSeconds(configuration.number("controlroom.start.timeout-seconds", 5, 3_600)), terminal);
        if (options.withoutModel()) {
            terminal.say("The server is up: " + api.address("/docs"));
            return;
        }
        FirstModel model = new FirstModel(options, state, api, server, terminal);
        if (!model.isForThisNode()) {
            terminal.say("No first model is made: that takes the roles serve and pipelines (controlroom.node.roles).");
            terminal.say("The server is up: " + api.address("/docs"));
            return;
        }
        model.ensure();
        model.show(Duration.between(begun, Instant.now()));
    }

    private int stop() throws IOException {
        Optional<StateFolder.Running> running = state.running();
        if (running.isEmpty()) {
            terminal.say("No server runs on " + state.folder());
            return 0;
        }
        Server.stop(running.get().process());
        state.unmark();
        sayStopped();
        return 0;
    }

    private StateFolder.Running need() {
        return state.running()
                .orElseThrow(() -> new LaunchException(
                        "no server runs on " + state.folder(),
                        "Start it: make start STATE=" + ShellWord.of(state.folder())));
    }

    private int status() {
        Optional<StateFolder.Running> running = state.running();
        if (running.isEmpty()) {
            terminal.say("No server runs on " + state.folder());
            return NOT_RUNNING;
        }
        int port = running.get().port();
        Api api = running.get().api();
        terminal.say("The server runs as process " + running.get().process().pid() + " on port " + port);
        Optional<String> outage =
                Server.attached(running.get().process(), state).outage(api);
        if (outage.isPresent()) {
            terminal.say(outage.get());
            return FAILED;
        }
        Api.Answer answer = api.get("/api/v1/status");
        terminal.say(answer.status() == 200 ? answer.body().strip() : answer.problem());
        boolean ready = api.get("/health/ready").status() == 200;
        boolean serves = FirstModel.rolesOf(answer).contains("serve");
        terminal.say(
                ready
                        ? "Ready: " + (serves ? "a model is live" : "it runs pipelines")
                        : "Not ready" + (serves ? ": no model is live" : ""));
        return ready ? 0 : FAILED;
    }

    private int logs() throws IOException {
        Path file = state.serverLog();
        if (!Files.exists(file)) {
            throw new LaunchException(file + " does not exist", "No server has been started on this data folder yet.");
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - LOG_TAIL_BYTES));
            do {
                byte[] bytes = new byte[(int) Math.max(0, Math.min(1 << 20, in.length() - in.getFilePointer()))];
                in.readFully(bytes);
                System.out.write(bytes);
                System.out.flush();
                if (options.follow()) {
                    Server.sleep();
                }
            } while (options.follow());
        }
        return 0;
    }

    private int load() throws IOException {
        Path data = options.data();
        if (data == null) {
            onRunning().loadNext();
            return 0;
        }
        Prechecks.dataIsThere(data);
        onRunning().load(data);
        return 0;
    }

    private int initialise() {
        Prechecks.dataIsThere(options.data());
        onRunning().loadFirst(options.data());
        return 0;
    }

    private int dataset() {
        StateFolder.Running running = need();
        Server server = Server.attached(running.process(), state);
        new DatasetVersion(running.api(), terminal, server).make(environment);
        return 0;
    }

    private int migrateRegistry() {
        StateFolder.Running running = need();
        Server server = Server.attached(running.process(), state);
        new RegistryMigration(running.api(), terminal, server).run(environment);
        return 0;
    }

    private int train() {
        onRunning().train();
        return 0;
    }

    private int importModel() throws IOException {
        new ImportedModel(need().api(), terminal, options.home()).send(environment);
        return 0;
    }

    private FirstModel onRunning() {
        StateFolder.Running running = need();
        Server server = Server.attached(running.process(), state);
        return new FirstModel(options, state, running.api(), server, terminal);
    }

    /** Makes the start-up cache for the Java that the server will use. */
    private int prepare() throws IOException {
        Java java = JavaInstallations.best(environment);
        if (!StartupCache.isFor(java)) {
            terminal.say(
                    "Java " + java.version() + " has no start-up cache; with Java 25 the server starts in less time");
            return 0;
        }
        StartupCache cache = new StartupCache(options.home(), java);
        if (cache.isMade()) {
            terminal.say("The start-up cache for Java " + java.version() + " is made: " + cache.file());
            return 0;
        }
        Instant begun = Instant.now();
        Configuration configuration = Configuration.read(options, environment);
        CacheMaker.make(options, configuration, java, cache);
        terminal.say("Made the start-up cache for Java " + java.version() + " in "
                + Duration.between(begun, Instant.now()).toSeconds() + " s: " + cache.file());
        return 0;
    }
}
