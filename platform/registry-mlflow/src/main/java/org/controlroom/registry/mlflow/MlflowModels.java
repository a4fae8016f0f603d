package org.controlroom.registry.mlflow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.ListMistakes;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.model.Stage;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowHttpException;

/** Registered models, their versions, aliases and stages. */
final class MlflowModels {

    /** Tag of a version that says its stage where the server knows no stages any more. */
    static final String STAGE_TAG = "stage";

    private static final int SAME_NUMBER_TRIES = 10;
    private static final String TIME = "created_at";
    private static final List<String> FILTERS = List.of("name", "stage");

    private final MlflowCalls calls;
    private final MlflowHttp http;

    /** Of versions, where their files are; nobody can change that. */
    private final Remembered sources = new Remembered();

    MlflowModels(MlflowCalls calls, MlflowHttp http) {
        this.calls = calls;
        this.http = http;
    }

    ModelVersion register(String model, String runId, String source, Map<String, String> tags) {
        unlessThere(
                () -> post("make model '" + model + "'", "registered-models/create", Map.of("name", Json.of(model))));
        List<Json> tagged = new ArrayList<>();
        new TreeMap<>(tags).forEach((key, value) -> tagged.add(Json.ofTexts(Map.of("key", key, "value", value))));
        Json body = object(Map.of(
                "name", Json.of(model),
                "run_id", Json.of(runId),
                "source", Json.of(source),
                "tags", new Json.Arr(tagged)));
        String what = "register version of '" + model + "'";
        for (int left = SAME_NUMBER_TRIES; ; left--) {
            try {
                return read(http.postOnce(what, "model-versions/create", body).get("model_version"));
            } catch (ControlRoomException e) {
                // Somebody registered at the same moment and has the number that the server chose for us.
                if (e.code() != ErrorCode.CONFLICT || left == 1) {
                    throw e;
                }
            }
        }
    }

    private static void unlessThere(Runnable making) {
        try {
            making.run();
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
        }
    }

    RegisteredModel model(String model) {
        Json found = registered(model);
        SortedMap<String, String> newest = new TreeMap<>(Map.of("name", model));
        String latest = versions(new PageRequest(newest, null, null, 1)).items().stream()
                .map(ModelVersion::version)
                .findFirst()
                .orElse("0");
        return new RegisteredModel(model, time(found), latest, aliases(found));
    }

    /**
     * One that does not exist begins with 1, and so does one that nothing has happened to since it was made. The server tells
     * nothing of deleted versions, whose numbers are gone.
     */
    OptionalLong nextVersion(String model) {
        Json found;
        try {
            found = registered(model);
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return OptionalLong.of(1);
            }
            throw e;
        }
        Json changed = found.members().get("last_updated_timestamp");
        boolean untouched = changed != null && textOf(changed).equals(textOf(found.get("creation_timestamp")));
        return untouched ? OptionalLong.of(1) : OptionalLong.empty();
    }

    void delete(ModelVersion version) {
        http.delete(
                "take back version " + version.version() + " of '" + version.name() + "'",
                "model-versions/delete",
                Json.ofTexts(Map.of("name", version.name(), "version", version.version())));
    }

    private Json registered(String model) {
        return get("read model '" + model + "'", "registered-models/get?name=" + encoded(model))
                .get("registered_model");
    }

    private static SortedMap<String, String> aliases(Json registered) {
        SortedMap<String, String> aliases = new TreeMap<>();
        list(registered, "aliases")
                .forEach(each -> aliases.put(each.get("alias").text(), textOf(each.get("version"))));
        return aliases;
    }

    ModelVersion version(String model, String version) {
        requireNumber(model, version);
        String what = "read version " + version + " of '" + model + "'";
        return calls.ask(
                what,
                client -> read(Json.parse(client.sendGet(
                                "model-versions/get?name=" + encoded(model) + "&version=" + encoded(version)))
                        .get("model_version")));
    }

    /** The server says itself which numbers it does not have. */
    private static void requireNumber(String model, String version) {
        if (version.isEmpty() || !version.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("version-unknown", "model '{0}' version '{1}' is not in the registry", model, version));
        }
    }

    /** Where the version's files are, as whoever registered it said. */
    String source(ModelVersion version) {
        return sources.get(
                sourceKey(version),
                () -> textIn(
                        get(
                                        "read source of version " + version.version() + " of '" + version.name() + "'",
                                        "model-versions/get?name=" + encoded(version.name()) + "&version="
                                                + encoded(version.version()))
                                .get("model_version"),
                        "source"));
    }

    /** With its time: the number of a version that was deleted may be given again. */
    private static String sourceKey(ModelVersion version) {
        return version.name() + '/' + version.version() + '@' + version.createdAt();
    }

    static String textIn(Json found, String name) {
        Json text = found.members().get(name);
        return text == null ? "" : text.text();
    }

    Optional<ModelVersion> byAlias(String model, String alias) {
        String what = "read alias '" + alias + "' of '" + model + "'";
        try {
            return Optional.of(calls.ask(
                    what,
                    client -> read(Json.parse(client.sendGet(
                                    "registered-models/alias?name=" + encoded(model) + "&alias=" + encoded(alias)))
                            .get("model_version"))));
        } catch (ControlRoomException e) {
            // A missing model is not found, a missing alias an invalid value.
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_INPUT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Page<ModelVersion> versions(PageRequest request) {
        ListMistakes mistakes = new ListMistakes("versions");
        String name = null;
        Stage stage = null;
        for (Map.Entry<String, String> filter : request.filters().entrySet()) {
            String value = filter.getValue();
            switch (filter.getKey()) {
                case "name" -> name = value;
                case "stage" -> stage = mistakes.read("stage", () -> Stage.of(value));
                default -> mistakes.unknownFilter(filter.getKey(), FILTERS);
            }
        }
        String sort = request.sort();
        if (sort != null && !sort.equals(TIME) && !sort.equals("-" + TIME)) {
            mistakes.unknownSort(sort, List.of(TIME));
        }
        mistakes.checkLimit(request);
        mistakes.refuseAny();
        String direction = TIME.equals(sort) ? "ASC" : "DESC";
        List<String> order = name == null
                ? List.of("creation_timestamp " + direction, "name ASC", "version_number " + direction)
                : List.of("version_number " + direction);
        return page(name, stage, order, request);
    }

    private Page<ModelVersion> page(
            @Nullable String name, @Nullable Stage stage, List<String> order, PageRequest request) {
        StringBuilder query = new StringBuilder();
        if (name != null) {
            String quote = name.indexOf('\'') < 0 ? "'" : "\"";
            query.append("&filter=").append(encoded("name=" + quote + name + quote));
        }
        for (String each : order) {
            query.append("&order_by=").append(encoded(each));
        }
        List<ModelVersion> found = new ArrayList<>();
        String token = request.cursor() == null ? "" : request.cursor();
        // Never more than there is room for, so that the server's next page begins where this one ends.
        while (found.size() < request.limit()) {
            String path = "model-versions/search?max_results=" + (request.limit() - found.size()) + query
                    + (token.isEmpty() ? "" : "&page_token=" + encoded(token));
            Json page = ofCursor(request, () -> get("list versions", path));
            for (Json each : list(page, "model_versions")) {
                ModelVersion version = read(each);
                if (stage == null || version.stage() == stage) {
                    found.add(version);
                }
            }
            Json next = page.members().get("next_page_token");
            token = next == null ? "" : next.text();
            if (token.isEmpty()) {
                break;
            }
        }
        return new Page<>(withAliases(found), token.isEmpty() ? null : token);
    }

    /** What a list with a cursor answers; only the server can say that it gave another one. */
    static <T> T ofCursor(PageRequest request, Supplier<T> list) {
        try {
            return list.get();
        } catch (ControlRoomException e) {
            String cursor = request.cursor();
            if (cursor == null || e.code() != ErrorCode.INVALID_INPUT) {
                throw e;
            }
            throw ListMistakes.wrong(ListMistakes.cursor(cursor), e);
        }
    }

    /** The server's list does not say them. */
    private List<ModelVersion> withAliases(List<ModelVersion> versions) {
        Map<String, SortedMap<String, String>> aliases = new HashMap<>();
        List<ModelVersion> complete = new ArrayList<>();
        for (ModelVersion each : versions) {
            TreeSet<String> own = new TreeSet<>();
            aliases.computeIfAbsent(each.name(), name -> aliases(registered(name)))
                    .forEach((alias, version) -> {
                        if (version.equals(each.version())) {
                            own.add(alias);
                        }
                    });
            complete.add(new ModelVersion(
                    each.name(), each.version(), each.runId(), each.stage(), own, each.tags(), each.createdAt()));
        }
        return complete;
    }

    void setAlias(String model, String alias, String version) {
        requireNumber(model, version);
        post(
                "set alias '" + alias + "' of '" + model + "'",
                "registered-models/alias",
                Map.of("name", Json.of(model), "alias", Json.of(alias), "version", Json.of(version)));
    }

    void deleteAlias(String model, String alias) {
        if (byAlias(model, alias).isPresent()) {
            http.delete(
                    "delete alias '" + alias + "' of '" + model + "'",
                    "registered-models/alias",
                    Json.ofTexts(Map.of("name", model, "alias", alias)));
        }
    }

    void setStage(String model, String version, Stage stage, boolean archiveOthers) {
        requireNumber(model, version);
        boolean inUse = stage == Stage.STAGING || stage == Stage.PRODUCTION;
        Json body = object(Map.of(
                "name", Json.of(model),
                "version", Json.of(version),
                "stage", Json.of(stage.title()),
                "archive_existing_versions", new Json.Bool(archiveOthers && inUse)));
        boolean known = calls.ask("set stage " + stage.title() + " of '" + model + "' " + version, client -> {
            try {
                client.sendPost("model-versions/transition-stage", body.write());
                return true;
            } catch (MlflowHttpException e) {
                if (e.getStatusCode() == 404 && !ServerErrors.isNotFound(String.valueOf(e.getBodyMessage()))) {
                    return false; // a server without stages
                }
                throw e;
            }
        });
        if (!known) {
            if (archiveOthers) {
                archive(model, version, stage);
            }
            setTags(model, version, Map.of(STAGE_TAG, stage.title()));
        }
    }

    private void archive(String model, String version, Stage stage) {
        SortedMap<String, String> same = new TreeMap<>(Map.of("name", model, "stage", stage.title()));
        String cursor = null;
        do {
            Page<ModelVersion> page = versions(new PageRequest(same, null, cursor, 100));
            for (ModelVersion other : page.items()) {
                if (!other.version().equals(version)) {
                    setTags(model, other.version(), Map.of(STAGE_TAG, Stage.ARCHIVED.title()));
                }
            }
            cursor = page.next();
        } while (cursor != null);
    }

    void setTags(String model, String version, Map<String, String> tags) {
        List<Runnable> calls = new ArrayList<>();
        new TreeMap<>(tags)
                .forEach((key, value) -> calls.add(() -> post(
                        "tag version " + version + " of '" + model + "'",
                        "model-versions/set-tag",
                        Map.of(
                                "name", Json.of(model),
                                "version", Json.of(version),
                                "key", Json.of(key),
                                "value", Json.of(value)))));
        AFewAtOnce.run(calls);
    }

    void deleteTag(String model, String version, String tag) {
        if (version(model, version).tags().containsKey(tag)) {
            http.delete(
                    "delete tag '" + tag + "' of '" + model + "' " + version,
                    "model-versions/delete-tag",
                    Json.ofTexts(Map.of("name", model, "version", version, "key", tag)));
        }
    }

    private ModelVersion read(Json found) {
        SortedMap<String, String> tags = new TreeMap<>();
        list(found, "tags").forEach(each -> {
            Json value = each.members().get("value");
            tags.put(each.get("key").text(), value == null ? "" : value.text());
        });
        TreeSet<String> aliases = new TreeSet<>();
        list(found, "aliases").forEach(each -> aliases.add(each.text()));
        Json stage = found.members().get("current_stage");
        Stage known = stage == null ? Stage.NONE : Stage.of(stage.text());
        ModelVersion version = new ModelVersion(
                found.get("name").text(),
                textOf(found.get("version")),
                textIn(found, "run_id"),
                known == Stage.NONE && tags.containsKey(STAGE_TAG) ? Stage.of(tags.get(STAGE_TAG)) : known,
                aliases,
                tags,
                time(found));
        sources.put(sourceKey(version), textIn(found, "source"));
        return version;
    }

    private static Instant time(Json found) {
        return Instant.ofEpochMilli(Long.parseLong(textOf(found.get("creation_timestamp"))));
    }

    static List<Json> list(Json found, String name) {
        Json items = found.members().get(name);
        return items == null ? List.of() : items.items();
    }

    /** Long numbers come as numbers or as texts, as Protocol Buffers allow. */
    static String textOf(Json value) {
        return value instanceof Json.Text text ? text.value() : Long.toString(value.integer());
    }

    private Json get(String what, String path) {
        return calls.ask(what, client -> Json.parse(client.sendGet(path)));
    }

    private void post(String what, String path, Map<String, Json> body) {
        calls.ask(what, client -> client.sendPost(path, object(body).write()));
    }

    private static Json object(Map<String, Json> members) {
        return new Json.Obj(new TreeMap<>(members));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
