package org.controlroom.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.controlroom.launcher.JavaInstallations.Java;

/** Starts the server once on a scratch data folder, so that the JVM can record what it loads. */
final class CacheMaker {
    private static final int HEAP_MB = 512;
    private static final long LIMIT_SECONDS = 300;
    private static final int REASON_LINES = 6;

    private CacheMaker() {}

    /** @throws LaunchException if the server did not come up, or the JVM wrote no cache */
    static void make(Options options, Configuration configuration, Java java, StartupCache cache) throws IOException {
        Files.createDirectories(cache.folder());
        Path scratch = Files.createTempDirectory(cache.folder(), "scratch-");
        StateFolder state = new StateFolder(scratch);
        state.prepare();
        // the cache is worth no migration of somebody's tables
        Configuration own = configuration.withDefaultDatabase();
        ServerRoot root = ServerCommand.root(options, own, state, java);
        List<String> command = ServerCommand.of(
                options, own, java, HEAP_MB, cache.flagsToMake(), root, ServerCommand.freeLoopbackPort());
        command.add("--warmup");
        Path console = cache.folder().resolve("prepare.log");
        ServerLog log = ServerLog.fromNow(state.serverLog());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(console.toFile());
        builder.environment().keySet().removeIf(Configuration::isOfDatabase);
        Process process = builder.start();
        Thread stopper = new Thread(process::destroyForcibly, "stop-cache-maker");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LaunchException(
                        "the start-up cache was not made in " + LIMIT_SECONDS + " s",
                        "The server works without, it only starts slower. The log: " + console);
            }
            requireCameUp(process.exitValue(), log, console);
            cache.keep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } finally {
            cache.discard();
            ServerRoot.delete(scratch);
            Runtime.getRuntime().removeShutdownHook(stopper);
        }
    }

    /** A JVM whose server failed may write a cache all the same, of whatever it had loaded until then. */
    private static void requireCameUp(int exitCode, ServerLog log, Path console) {
        if (exitCode == 0 && log.saysReady() && !log.saysFailed()) {
            return;
        }
        List<String> reason = log.reason(REASON_LINES);
        throw new LaunchException(
                "the server did not come up while the start-up cache was made (exit code " + exitCode + ")"
                        + (reason.isEmpty() ? "" : ":\n  " + String.join("\n  ", reason)),
                "No cache was kept. The server's output: " + console);
    }
}
