package org.controlroom.registry.mlflow;

import static org.controlroom.registry.mlflow.MlflowModels.encoded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.mlflow.tracking.MlflowHttpException;

/**
 * The models that MLflow 3 keeps beside its runs, where Python's {@code log_model} puts them. Here they are artifacts of
 * their run: the files as {@code logged_models/ID/…}, and what the server says of the model as {@code logged_models/ID.json}.
 * A model without a run is shown as a run with its id.
 */
final class LoggedModels {

    /** Among the artifacts of a run. */
    static final String FOLDER = ModelPlace.LOGGED_MODELS;

    private static final String ID = "m-";

    /** How the source of a version begins that is such a model. */
    private static final String SOURCE = "models:/" + ID;

    private static final Pattern PATH = Pattern.compile(FOLDER + "/(" + ID + "[^/.]+)(/.*|\\.json)?");

    private static final int PAGE = 50;

    private final MlflowCalls calls;

    LoggedModels(MlflowCalls calls) {
        this.calls = calls;
    }

    /** Whether this is the id of such a model, and of no run. */
    static boolean isId(String runId) {
        return runId.startsWith(ID);
    }

    /** Whether the source of a version is such a model. */
    static boolean isSource(String source) {
        return source.startsWith(SOURCE);
    }

    /** Of a version with such a source. */
    static String idOf(String source) {
        return source.substring(SOURCE.length() - ID.length());
    }

    /** Path of the model's files among the artifacts of its run. */
    static String folder(String id) {
        return FOLDER + "/" + id;
    }

    /** Of the model whose files or description a path among the artifacts of a run means; empty for another path. */
    static Optional<String> idIn(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Of one run, by id. */
    List<String> ofRun(String experimentId, String runId) {
        return search(experimentId, "source_run_id = '" + runId + "'").stream()
                .map(LoggedModels::id)
                .toList();
    }

    /** Of an experiment, those that belong to no run; by time. */
    List<ExperimentRun> withoutRun(String experimentId, String experiment) {
        return search(experimentId, "").stream()
                .filter(model -> textIn(model.get("info"), "source_run_id").isEmpty())
                .map(model -> asRun(model, experiment))
                .sorted(Comparator.comparing(ExperimentRun::startedAt).thenComparing(ExperimentRun::id))
                .toList();
    }

    private List<Json> search(String experimentId, String filter) {
        List<Json> found = new ArrayList<>();
        String token = "";
        do {
            SortedMap<String, Json> body = new TreeMap<>(Map.of(
                    "experiment_ids", new Json.Arr(List.of(Json.of(experimentId))), "max_results", Json.of(PAGE)));
            if (!filter.isEmpty()) {
                body.put("filter", Json.of(filter));
            }
            if (!token.isEmpty()) {
                body.put("page_token", Json.of(token));
            }
            Json page = calls.ask("list logged models", client -> {
                try {
                    return Json.parse(client.sendPost("logged-models/search", new Json.Obj(body).write()));
                } catch (MlflowHttpException e) {
                    if (e.getStatusCode() == 404 && !ServerErrors.isNotFound(String.valueOf(e.getBodyMessage()))) {
                        return new Json.Obj(new TreeMap<>()); // a server before MLflow 3
                    }
                    throw e;
                }
            });
            found.addAll(list(page, "models"));
            token = textIn(page, "next_page_token");
        } while (!token.isEmpty());
        return found;
    }

    /** Id of the experiment that the model belongs to. */
    String experimentId(String id) {
        return read(id).get("info").get("experiment_id").text();
    }

    /** A model without a run, as if it were one. */
    ExperimentRun asRun(String id, String experiment) {
        return asRun(read(id), experiment);
    }

    private static ExperimentRun asRun(Json model, String experiment) {
        Json info = model.get("info");
        Instant time = createdAt(info);
        return new ExperimentRun(
                id(model),
                experiment,
                textIn(info, "name"),
                textIn(info, "status").endsWith("FAILED") ? RunStatus.FAILED : RunStatus.COMPLETED,
                time,
                time,
                texts(data(model), "params"),
                new TreeMap<>(),
                texts(info, "tags"));
    }

    /** The same; empty when there is no such model. */
    List<StoredFile> filesIfThere(String id) {
        try {
            return files(id);
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Its files and its description; empty for a model whose files nobody uploaded. */
    List<StoredFile> files(String id) {
        String owner = "logged model " + id;
        Json model = read(id);
        String root =
                StoredFile.root(owner, model.get("info").get("artifact_uri").text());
        UnaryOperator<String> route = folder -> "logged-models/" + encoded(id) + "/artifacts/directories"
                + (folder.isEmpty() ? "" : "?artifact_directory_path=" + encoded(folder));
        ArtifactListing listing = new ArtifactListing(calls, owner, route);
        List<String> paths = new ArrayList<>();
        listing.addAll("", paths);
        paths.sort(null);
        StoredFile description = new StoredFile(
                owner,
                folder(id) + ".json",
                "",
                null,
                () -> true,
                description(model).write());
        return Stream.concat(
                        paths.stream()
                                .map(path -> new StoredFile(
                                        owner,
                                        folder(id) + '/' + path,
                                        root + '/' + path,
                                        null,
                                        () -> listing.hasFile(path),
                                        null)),
                        paths.isEmpty() ? Stream.empty() : Stream.of(description))
                .toList();
    }

    /** What cannot be read from the files. */
    private static Json description(Json model) {
        Json info = model.get("info");
        SortedMap<String, Json> said = new TreeMap<>(Map.of(
                "model_id", Json.of(id(model)),
                "name", Json.of(textIn(info, "name")),
                "model_type", Json.of(textIn(info, "model_type")),
                "status", Json.of(textIn(info, "status")),
                "source_run_id", Json.of(textIn(info, "source_run_id")),
                "created_at", Json.of(createdAt(info).toString()),
                "params", Json.ofTexts(texts(data(model), "params")),
                "tags", Json.ofTexts(texts(info, "tags")),
                "metrics", new Json.Arr(list(data(model), "metrics"))));
        return new Json.Obj(said);
    }

    void setTags(MlflowHttp http, String id, Map<String, String> tags) {
        List<Json> all = new ArrayList<>();
        new TreeMap<>(tags).forEach((key, value) -> all.add(Json.ofTexts(Map.of("key", key, "value", value))));
        http.patch(
                "tag logged model " + id,
                "logged-models/" + encoded(id) + "/tags",
                new Json.Obj(new TreeMap<>(Map.of("tags", new Json.Arr(all)))));
    }

    private Json read(String id) {
        return calls.ask(
                        "read logged model " + id, client -> Json.parse(client.sendGet("logged-models/" + encoded(id))))
                .get("model");
    }

    private static String id(Json model) {
        return model.get("info").get("model_id").text();
    }

    private static Instant createdAt(Json info) {
        return Instant.ofEpochMilli(Long.parseLong(MlflowModels.textOf(info.get("creation_timestamp_ms"))));
    }

    private static Json data(Json model) {
        Json data = model.members().get("data");
        return data == null ? new Json.Obj(new TreeMap<>()) : data;
    }

    private static SortedMap<String, String> texts(Json found, String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        list(found, name).forEach(each -> texts.put(textIn(each, "key"), textIn(each, "value")));
        return texts;
    }

    private static List<Json> list(Json found, String name) {
        return MlflowModels.list(found, name);
    }

    private static String textIn(Json found, String name) {
        return MlflowModels.textIn(found, name);
    }
}
