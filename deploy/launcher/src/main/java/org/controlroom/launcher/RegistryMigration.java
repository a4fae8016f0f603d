package org.controlroom.launcher;

import java.util.Map;

/** Copies one model registry into another on the running server; variables of the environment say which. */
final class RegistryMigration {
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
        Object run = new PipelineRun(api, terminal, server).toTheEnd("migrate-registry", parameters(environment));
        terminal.say("Copied and compared: " + Json.textAt(run, "outcome", "runs_verified") + " runs, "
                + Json.textAt(run, "outcome", "files_verified") + " artifact files by their SHA-256, "
                + Json.textAt(run, "outcome", "versions_verified") + " versions");
        terminal.say(
                to.equals("embedded")
                        ? "To use it, remove controlroom.mlflow.uri and start the server again."
                        : "To use it, set controlroom.mlflow.uri=" + to + " and start the server again.");
    }

    /** A JSON object of texts. */
    static String parameters(Map<String, String> environment) {
        return "{\"from\":" + Json.quoted(environment.getOrDefault("FROM", "").strip()) + ",\"to\":"
                + Json.quoted(environment.getOrDefault("TO", "").strip()) + "}";
    }
}
