package org.controlroom.launcher;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies one model registry into another on the running server; variables of the environment say which. */
final class RegistryMigration {
    private static final String PIPELINE = "migrate-registry";
    private static final String AGAIN =
            "The same command goes on where it ended: what is there already is not copied again.";

    private final Api api;
    private final Terminal terminal;
    private final Server server;

    RegistryMigration(Api api, Terminal terminal, Server server) {
        this.api = api;
        this.terminal = terminal;
        this.server = server;
    }

    void run(Map<String, String> environment) {
        String to = environment.getOrDefault("TO", "").strip();
        PipelineRun pipeline = new PipelineRun(api, terminal, server);
        String location = pipeline.start(PIPELINE, parameters(environment));
        terminal.say("What is there already is not copied again. If this is cut off, the same command goes on where it"
                + " ended.");
        terminal.say(summary(follow(pipeline, location)));
        terminal.say(
                to.equals("embedded")
                        ? "To use it, remove controlroom.mlflow.uri and start the server again."
                        : "To use it, set controlroom.mlflow.uri=" + to + " and start the server again.");
    }

    private Object follow(PipelineRun pipeline, String location) {
        Thread farewell = new Thread(() -> terminal.say(farewell(pipeline.address(location))), "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return pipeline.follow(PIPELINE, location);
        } catch (LaunchException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), AGAIN + " " + e.remedy());
        } finally {
            forget(farewell);
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // Somebody ends the program this very moment, so that it is said.
        }
    }

    /** For whoever ends this program, and so only looks away. */
    static String farewell(String run) {
        return "The server goes on with it: " + run + "; the page Pipelines shows it and can cancel it. " + AGAIN;
    }

    /** @param run one that has completed */
    static String summary(@Nullable Object run) {
        return "Copied and compared: " + Json.textAt(run, "outcome", "runs_verified") + " runs"
                + there(run, "runs", "runs_copied") + ", " + Json.textAt(run, "outcome", "files_verified")
                + " artifact files by their SHA-256, " + Json.textAt(run, "outcome", "versions_verified") + " versions"
                + there(run, "versions", "versions_copied");
    }

    private static String there(@Nullable Object run, String all, String copied) {
        long there = number(run, all) - number(run, copied);
        return there <= 0 ? "" : " (" + there + " there already)";
    }

    private static long number(@Nullable Object run, String name) {
        String text = Json.textAt(run, "outcome", name);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** A JSON object of texts. */
    static String parameters(Map<String, String> environment) {
        return "{\"from\":" + Json.quoted(environment.getOrDefault("FROM", "").strip()) + ",\"to\":"
                + Json.quoted(environment.getOrDefault("TO", "").strip()) + "}";
    }
}
