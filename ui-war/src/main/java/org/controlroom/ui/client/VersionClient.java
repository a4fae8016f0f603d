package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.function.Function;
import org.controlroom.ui.client.Catalogue.LoadRun;
import org.controlroom.ui.client.Catalogue.Part;
import org.jspecify.annotations.Nullable;

/** Asks the API about dataset versions. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class VersionClient {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    public Part<DatasetVersion> versions(String cursor, int limit) {
        return ask(api -> Part.of(api.versions(cursor.isBlank() ? null : cursor, limit), DatasetVersion::of));
    }

    public DatasetVersion version(String id) {
        return ask(api -> DatasetVersion.of(api.version(id)));
    }

    /** Starts to make one. */
    public LoadRun generate(JsonObject settings) {
        return ask(api -> LoadRun.of(api.generate(settings)));
    }

    public Making making(String runId) {
        return ask(api -> {
            JsonObject json = api.run(runId);
            return new Making(
                    LoadRun.of(json), JsonFields.textOrNull(json.getJsonObject("outcome"), "dataset_version"));
        });
    }

    private <T> T ask(Function<VersionApi, T> question) {
        return connection.ask(VersionApi.class, question);
    }

    /** @param version null until it is there */
    public record Making(LoadRun run, @Nullable String version) {}
}
