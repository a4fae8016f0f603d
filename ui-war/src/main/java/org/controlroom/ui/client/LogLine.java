package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of a pipeline run's log. */
public record LogLine(long number, @Nullable Instant time, String level, String text) {

    static LogLine of(JsonObject line) {
        return new LogLine(
                JsonFields.number(line, "number"),
                JsonFields.instantOrNull(line, "time"),
                JsonFields.text(line, "level"),
                JsonFields.text(line, "text"));
    }
}
