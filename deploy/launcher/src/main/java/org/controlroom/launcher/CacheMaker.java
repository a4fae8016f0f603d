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

    private CacheMaker() {}

    /** @throws LaunchException if the JVM wrote no cache */
    static void make(Options options, Configuration configuration, Java java, StartupCache cache) throws IOException {
        Files.createDirectories(cache.folder());
        Path scratch = Files.createTempDirectory(cache.folder(), "scratch-");
        StateFolder state = new StateFolder(scratch);
        state.prepare();
        ServerRoot root = ServerCommand.root(options, configuration, state, java);
        List<String> command = ServerCommand.of(
                options, configuration, java, HEAP_MB, cache.flagsToMake(), root, ServerCommand.freeLoopbackPort());
        command.add("--warmup");
        Path log = cache.folder().resolve("prepare.log");
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        Thread stopper = new Thread(process::destroyForcibly, "stop-cache-maker");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LaunchException(
                        "the start-up cache was not made in " + LIMIT_SECONDS + " s",
                        "The server works without, it only starts slower. The log: " + log);
            }
            cache.keep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } finally {
            ServerRoot.delete(scratch);
            Runtime.getRuntime().removeShutdownHook(stopper);
        }
    }
}
