package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Asks what runs and how it is set up. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class AboutClient {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /** The program and what it runs on. */
    public record Program(
            String version,
            String server,
            String java,
            String system,
            int processors,
            long maxHeapBytes,
            Instant startedAt) {}

    /**
     * One key of the configuration.
     *
     * @param value empty when it is not set; a mask when it is secret
     * @param source {@code default}, {@code environment} or {@code configuration}
     */
    public record Setting(String key, String value, String source, String defaultValue, boolean secret) {}

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public Program program() {
        return connection.ask(AboutApi.class, api -> {
            JsonObject about = api.about();
            return new Program(
                    about.getString("version"),
                    about.getString("server"),
                    about.getString("java"),
                    about.getString("system"),
                    about.getInt("processors"),
                    about.getJsonNumber("max_heap_bytes").longValue(),
                    Instant.parse(about.getString("started_at")));
        });
    }

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<Setting> configuration() {
        return connection.ask(
                AboutApi.class,
                api -> api.configuration().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                        .map(item -> new Setting(
                                item.getString("key"),
                                item.getString("value", ""),
                                item.getString("source").toLowerCase(Locale.ROOT),
                                item.getString("default_value", ""),
                                item.getBoolean("secret")))
                        .toList());
    }
}
