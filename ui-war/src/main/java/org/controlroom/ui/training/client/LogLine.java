package org.controlroom.ui.training.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of a pipeline run's log. */
public record LogLine(long number, @Nullable Instant time, String level, String text) {

    static LogLine of(JsonObject line) {
        return new LogLine(
                Fields.integer(line, "number"),
                Fields.instant(line, "time"),
                Fields.text(line, "level"),
                Fields.text(line, "text"));
    }
}
