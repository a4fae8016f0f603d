package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the API about plugins. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class PluginsClient {

    /** A change of a plugin may have to wait for another one, and for the calls on it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /**
     * One page of a list.
     *
     * @param next cursor of the page after it; null on the last
     */
    public record Page<T>(List<T> items, @Nullable String next) {

        static <T> Page<T> of(JsonObject page, Function<JsonObject, T> form) {
            return new Page<>(JsonFields.objects(page, "items", form), JsonFields.textOrNull(page, "next"));
        }
    }

    /** A version that was replaced and can be put back. */
    public record Kept(String version, long bytes) {}

    /**
     * Empty texts do not filter.
     *
     * @param language of the names and help, as everywhere here
     */
    public Page<PluginVersion> plugins(
            String language, String kind, String status, String sort, String cursor, int limit) {
        return connection.ask(
                PluginsApi.class,
                api -> Page.of(
                        api.plugins(language, given(kind), given(status), given(sort), given(cursor), limit),
                        PluginVersion::of));
    }

    @SuppressWarnings("NullAway") // a parameter that is null is left out by the Rest Client
    private static String given(String text) {
        return text.isEmpty() ? null : text;
    }

    public List<PluginVersion> versions(String language, String id) {
        return connection.ask(
                PluginsApi.class, api -> JsonFields.objects(api.versions(language, id), "items", PluginVersion::of));
    }

    public List<PluginCalls> calls(String id) {
        return connection.ask(PluginsApi.class, api -> JsonFields.objects(api.calls(id), "items", PluginCalls::of));
    }

    public List<Kept> kept(String id) {
        return connection.ask(
                PluginsApi.class,
                api -> JsonFields.objects(
                        api.kept(id),
                        "items",
                        kept -> new Kept(JsonFields.text(kept, "version"), JsonFields.number(kept, "bytes"))));
    }

    public List<PluginSetting> settings(String language, String id) {
        return connection.ask(PluginsApi.class, api -> settings(api.settings(language, id)));
    }

    private static List<PluginSetting> settings(JsonObject answer) {
        JsonObject values = JsonFields.object(answer, "values");
        List<String> stored = JsonFields.texts(answer, "stored");
        return JsonFields.objects(
                JsonFields.object(answer, "schema"), "settings", setting -> PluginSetting.of(setting, values, stored));
    }

    /** @param values those that take the place of the defaults */
    public void configure(String id, Map<String, String> values) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        values.forEach(all::add);
        JsonObject body = Json.createObjectBuilder().add("values", all).build();
        connection.ask(PluginsApi.class, api -> api.configure(id, body));
    }

    /** @param action {@code start} or {@code stop} */
    public void act(String id, String version, String action) {
        connection.ask(PluginsApi.class, PATIENCE, api -> api.act(id, version, action, given("")));
    }

    public PluginChange restore(String id, String version, String mode) {
        return connection.ask(
                PluginsApi.class, PATIENCE, api -> PluginChange.of(api.act(id, version, "restore", mode)));
    }

    public void remove(String id, String version) {
        connection.ask(PluginsApi.class, PATIENCE, api -> {
            api.remove(id, version);
            return id;
        });
    }

    public PluginUpload upload(String id) {
        return connection.ask(PluginsApi.class, PATIENCE, api -> PluginUpload.of(api.upload(id)));
    }

    public void discard(String id) {
        connection.ask(PluginsApi.class, api -> {
            api.discard(id);
            return id;
        });
    }

    /** @param action {@code install} or {@code update} */
    public PluginChange use(String uploadId, String action, String mode) {
        return connection.ask(PluginsApi.class, PATIENCE, api -> PluginChange.of(api.use(uploadId, action, mode)));
    }

    /**
     * Newest first, without samples.
     *
     * @param plugin empty for all
     */
    public List<PluginChange> changes(String plugin, int limit) {
        return connection.ask(
                PluginsApi.class,
                api -> JsonFields.objects(api.changes(given(plugin), limit), "items", PluginChange::of));
    }

    public PluginChange change(String id) {
        return connection.ask(PluginsApi.class, api -> PluginChange.of(api.change(id)));
    }
}
