package org.controlroom.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.controlroom.sample.SampleCatalogue;
import org.jspecify.annotations.Nullable;

/** Sees to it that a model is live: the one the server had, or a first one from the given or a generated catalogue. */
final class FirstModel {
    private static final int FIRST_PERCENT = 40;

    private static final Duration WARM_WITHIN = Duration.ofMinutes(2);
    private static final String DESIGNATION = "Piscine tubulaire hors sol 4 m avec pompe de filtration";
    private static final String DESCRIPTION = "<p>Livrée avec échelle et bâche à bulles</p>";

    private final Options options;
    private final StateFolder state;
    private final Api api;
    private final Server server;
    private final Terminal terminal;

    FirstModel(Options options, StateFolder state, Api api, Server server, Terminal terminal) {
        this.options = options;
        this.state = state;
        this.api = api;
        this.server = server;
        this.terminal = terminal;
    }

    /** Whether this node can load, train and answer: one with a single role leaves the rest to others. */
    boolean isForThisNode() {
        return rolesOf(api.get("/api/v1/status")).containsAll(List.of("serve", "pipelines"));
    }

    static List<String> rolesOf(Api.Answer status) {
        return status.status() == 200
                ? Json.listAt(status.json(), "roles").stream()
                        .map(String::valueOf)
                        .toList()
                : List.of();
    }

    /** @throws LaunchException if loading or training fails */
    void ensure() throws IOException {
        if (isRegistered()) {
            awaitReady();
            sayIfDataDiffers();
            return;
        }
        requireKnownPreset();
        Path data = options.data();
        Api.Answer configured = api.get("/api/v1/loads/next");
        if (data != null) {
            load(data);
        } else if (configured.status() == 200) {
            loadFirstOf(configured.json());
        } else {
            Path folder = state.sample();
            SampleCatalogue.write(folder, options.sampleRows(), SampleCatalogue.DEFAULT_SEED);
            terminal.say("Generated a sample catalogue of " + options.sampleRows() + " products in " + folder);
            load(folder);
        }
        String outcome = train();
        if (!isRegistered()) {
            throw new LaunchException(
                    "the trained model did not go live: " + outcome,
                    "Give more or better labelled products (DATA), or another preset (PRESET=best).");
        }
        awaitReady();
    }

    /** Before anything is loaded for it. */
    private void requireKnownPreset() {
        List<String> known = Json.listAt(
                        api.get("/api/v1/pipelines/train-model/form").json(), "presets")
                .stream()
                .map(preset -> Json.textAt(preset, "name"))
                .toList();
        if (!known.isEmpty() && !known.contains(options.preset())) {
            throw new LaunchException(
                    "PRESET=" + options.preset() + "; must be one of " + known, "Give another PRESET.");
        }
    }

    /** Loads from the folder that the server is configured with, unless some of it is there already. */
    private void loadFirstOf(@Nullable Object next) {
        if (Double.parseDouble(Json.textAt(next, "loaded_percent")) > 0) {
            terminal.say(Json.textAt(next, "loaded_percent") + " % of " + Json.textAt(next, "folder")
                    + " are loaded already");
            return;
        }
        loadNext();
    }

    void load(Path folder) throws IOException {
        new PipelineRun(api, terminal, server)
                .toTheEnd("load-data", "{\"folder\":" + Json.quoted(folder.toString()) + "}");
        Properties loaded = fingerprint(folder);
        try (Writer out = Files.newBufferedWriter(state.loadedData())) {
            loaded.store(out, null);
        }
    }

    /** Loads the first 40 % of a folder, as the original begins; null is the folder that the server is configured with. */
    void loadFirst(@Nullable Path folder) {
        if (folder == null) {
            configuredFolder("init-db");
        }
        String named = folder == null ? "" : "\"folder\":" + Json.quoted(folder.toString()) + ",";
        Object run = new PipelineRun(api, terminal, server)
                .toTheEnd("load-data", "{" + named + "\"percent\":\"" + FIRST_PERCENT + "\"}");
        terminal.say(
                FIRST_PERCENT + " % are loaded; " + Json.textAt(run, "outcome", "rows_added") + " products are new");
    }

    /** Loads the next portion of the folder that the server is configured with. */
    void loadNext() {
        String folder = configuredFolder("load-data");
        Object run = new PipelineRun(api, terminal, server).toTheEnd("load-data", "{}");
        String percent = Json.textAt(run, "parameters", "percent");
        terminal.say((percent.isEmpty() ? "100" : percent) + " % of "
                + folder + " are loaded; " + Json.textAt(run, "outcome", "rows_added")
                + " products are new, " + Json.textAt(run, "outcome", "rows_changed") + " changed");
    }

    /** @throws LaunchException if the server is configured with none */
    private String configuredFolder(String target) {
        Api.Answer next = api.get("/api/v1/loads/next");
        if (next.status() != 200) {
            throw new LaunchException(
                    "no folder to load: " + next.problem(),
                    "Give one: make " + target + " DATA=/path/to/folder, or set controlroom.load.folder");
        }
        return Json.textAt(next.json(), "folder");
    }

    /** @return what the run achieved, in words */
    String train() {
        Object run = new PipelineRun(api, terminal, server)
                .toTheEnd("train-model", "{\"preset\":" + Json.quoted(options.preset()) + "}");
        String outcome = Json.at(run, "outcome") instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .sorted(Comparator.comparingInt(FirstModel::rank))
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("; "))
                : "";
        terminal.say("Trained. " + outcome);
        return outcome;
    }

    /** What became of the training comes first, then its figures, last what identifies things. */
    private static int rank(Map.Entry<?, ?> outcome) {
        String key = String.valueOf(outcome.getKey());
        return key.startsWith("promotion") || key.equals("model_version")
                ? 0
                : key.endsWith("_hash") || key.endsWith("_run") ? 2 : 1;
    }

    /**
     * Whether the server has a model for production, warm or not yet.
     *
     * @throws LaunchException when nobody can tell: a catalogue must not be mixed with another because of that
     */
    private boolean isRegistered() {
        if (api.get("/health/ready").status() == 200) {
            return true;
        }
        Api.Answer models = api.get("/api/v1/models?name=rakuten_classifier&stage=Production&limit=1");
        if (models.status() == 404) {
            return false;
        }
        if (models.status() != 200) {
            Object failure = Json.at(api.get("/api/v1/status").json(), "model", "last_failure");
            throw new LaunchException(
                    "the model registry cannot be asked for a model: " + models.problem()
                            + (failure == null ? "" : "; this node's own: " + Json.textAt(failure, "reason")),
                    "Start it again when the registry answers, or without waiting for a model, which then goes live by"
                            + " itself: "
                            + ShellWord.of(options.home().resolve("bin").resolve("control-room"))
                            + " start --without-model --state " + ShellWord.of(state.folder()) + " --port "
                            + options.port());
        }
        return !Json.listAt(models.json(), "items").isEmpty();
    }

    /** A model is live when the server says ready; only then is its code warm. */
    void awaitReady() {
        Instant end = Instant.now().plus(WARM_WITHIN);
        Api.Answer answer = api.get("/health/ready");
        while (answer.status() != 200) {
            if (Instant.now().isAfter(end)) {
                throw new LaunchException(
                        "no model is live after " + WARM_WITHIN.toSeconds() + " s: " + answer.body(),
                        "control-room logs has the reason; control-room train trains another model.");
            }
            Object failure = Json.at(api.get("/api/v1/status").json(), "model", "last_failure");
            if (failure != null) {
                throw new LaunchException(
                        "model version " + Json.textAt(failure, "version") + " cannot go live: "
                                + Json.textAt(failure, "reason"),
                        "The details: " + state.serverLog() + ". To train another model, start the server without one: "
                                + ShellWord.of(options.home().resolve("bin").resolve("control-room"))
                                + " start --without-model"
                                + " --state " + ShellWord.of(state.folder()) + " --port " + options.port()
                                + ", then make train-model STATE=" + ShellWord.of(state.folder()));
            }
            terminal.progress("waiting for the model to be warm", "");
            Server.sleep();
            server.requireAlive();
            answer = api.get("/health/ready");
        }
        terminal.endProgress();
    }

    /** One real prediction, and where to go from here. */
    void show(Duration took) {
        String body =
                "{\"designation\":" + Json.quoted(DESIGNATION) + ",\"description\":" + Json.quoted(DESCRIPTION) + "}";
        Api.Answer answer = api.post("/predict", body);
        if (answer.status() != 200) {
            throw new LaunchException(
                    "POST /predict answers " + answer.problem(),
                    "The server's log has the reason (control-room logs).");
        }
        terminal.say("");
        terminal.say("POST /predict " + body);
        terminal.say(answer.body().strip());
        Object json = answer.json();
        terminal.say("");
        terminal.say("Control Room is ready after " + took.toSeconds() + " s with " + Json.textAt(json, "model_name")
                + " version " + Json.textAt(json, "model_version"));
        for (List<String> line : List.of(
                List.of("control room", "/ui/"),
                List.of("API and docs", "/docs"),
                List.of("health", "/health"),
                List.of("metrics", "/metrics"))) {
            terminal.say(String.format("  %-13s %s", line.get(0), api.address(line.get(1))));
        }
        terminal.say(String.format("  %-13s %s", "data folder", state.folder()));
    }

    private void sayIfDataDiffers() throws IOException {
        @Nullable Path data = options.data();
        if (data == null) {
            return;
        }
        Properties loaded = new Properties();
        if (Files.exists(state.loadedData())) {
            try (Reader in = Files.newBufferedReader(state.loadedData())) {
                loaded.load(in);
            }
        }
        if (!loaded.equals(fingerprint(data))) {
            terminal.say("The model was trained on other data than " + data + " and is used as it is.");
            terminal.say("To load this folder and train on it, while the server runs: make load-data DATA="
                    + ShellWord.of(data) + " && make train-model");
        }
    }

    /** Enough to see that a folder is another one or has changed, without reading the files. */
    private static Properties fingerprint(Path folder) throws IOException {
        Properties out = new Properties();
        out.setProperty("folder", folder.toString());
        for (String name : List.of(SampleCatalogue.PRODUCTS_FILE, SampleCatalogue.LABELS_FILE)) {
            for (String file : List.of(name, name + ".gz")) {
                Path path = folder.resolve(file);
                if (Files.exists(path)) {
                    out.setProperty(
                            file,
                            Files.size(path) + " bytes of "
                                    + Files.getLastModifiedTime(path).toMillis());
                }
            }
        }
        return out;
    }
}
