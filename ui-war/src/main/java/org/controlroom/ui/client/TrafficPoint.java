package org.controlroom.ui.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One minute of a node's traffic.
 *
 * @param clientErrors requests that were refused because of what they asked
 * @param serverErrors requests that failed for any other reason
 * @param p50Seconds null when nothing was answered
 */
public record TrafficPoint(
        Instant start,
        long predictions,
        long clientErrors,
        long serverErrors,
        @Nullable Double p50Seconds,
        @Nullable Double p95Seconds,
        @Nullable Double p99Seconds) {

    static TrafficPoint of(JsonObject minute) {
        long client = 0;
        long server = 0;
        for (Map.Entry<String, JsonValue> error :
                JsonFields.object(minute, "errors").entrySet()) {
            long count = ((JsonNumber) error.getValue()).longValue();
            if (error.getKey().equals("user")) {
                client += count;
            } else {
                server += count;
            }
        }
        return new TrafficPoint(
                Instant.parse(minute.getString("start")),
                minute.getJsonNumber("predictions").longValue(),
                client,
                server,
                JsonFields.decimalOrNull(minute, "p50_seconds"),
                JsonFields.decimalOrNull(minute, "p95_seconds"),
                JsonFields.decimalOrNull(minute, "p99_seconds"));
    }
}
