package org.controlroom.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes a dataset version on the running server; variables of the environment say what it is to be. */
final class DatasetVersion {
    private static final List<String> VARIABLES = List.of("PERCENTAGE", "BALANCING_STRATEGY", "BALANCED_SIZE");

    private final Api api;
    private final Terminal terminal;
    private final Server server;

    DatasetVersion(Api api, Terminal terminal, Server server) {
        this.api = api;
        this.terminal = terminal;
        this.server = server;
    }

    void make(Map<String, String> environment) {
        Object run = new PipelineRun(api, terminal, server).toTheEnd("generate-dataset", parameters(environment));
        String id = Json.textAt(run, "outcome", "dataset_version");
        terminal.say("Dataset version " + id + ", week " + Json.textAt(run, "outcome", "week") + ": "
                + Json.textAt(run, "outcome", "train_written") + " rows to train on, "
                + Json.textAt(run, "outcome", "test_rows") + " to test");
        terminal.say("Its files: " + api.address("/ui/dataset-version?id=" + id));
    }

    /** A JSON object of texts. */
    static String parameters(Map<String, String> environment) {
        List<String> given = new ArrayList<>();
        for (String variable : VARIABLES) {
            String value = environment.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                given.add(Json.quoted(variable.toLowerCase(Locale.ROOT)) + ":" + Json.quoted(value));
            }
        }
        return "{" + String.join(",", given) + "}";
    }
}
