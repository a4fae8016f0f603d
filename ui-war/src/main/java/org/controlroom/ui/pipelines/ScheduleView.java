package org.controlroom.ui.pipelines;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A schedule and how it stands.
 *
 * @param description what the cron expression means, in the reader's language
 * @param last what became of its last fire time; null when there was none
 * @param lastRunStatus how far the run of that is; empty when it has none
 */
public record ScheduleView(
        String name,
        String pipeline,
        Map<String, String> parameters,
        String cron,
        String zone,
        boolean enabled,
        String misfire,
        String overlap,
        String description,
        List<Instant> nextTimes,
        @Nullable Fire last,
        String lastRunStatus,
        @Nullable Instant lastSuccess) {

    /**
     * What became of a fire time.
     *
     * @param runId empty when it has no run
     */
    public record Fire(@Nullable Instant fireTime, String status, boolean late, String runId, String reason) {

        static Fire of(JsonObject fire) {
            return new Fire(
                    JsonFields.instantOrNull(fire, "fire_time"),
                    JsonFields.text(fire, "status"),
                    fire.getBoolean("late", false),
                    JsonFields.text(fire, "run_id"),
                    JsonFields.text(fire, "reason"));
        }
    }

    /** The status of the last run, or of the fire time that has none; empty when there was none. */
    public String lastStatus() {
        return !lastRunStatus.isEmpty() ? lastRunStatus : last == null ? "" : last.status();
    }

    /** When it runs next; null while it is switched off. */
    public @Nullable Instant next() {
        return enabled && !nextTimes.isEmpty() ? nextTimes.get(0) : null;
    }

    static List<Instant> instants(JsonObject object, String key) {
        return JsonFields.texts(object, key).stream().map(Instant::parse).toList();
    }

    static ScheduleView of(JsonObject view) {
        JsonObject schedule = JsonFields.object(view, "schedule");
        JsonObject last = JsonFields.object(view, "last");
        return new ScheduleView(
                JsonFields.text(schedule, "name"),
                JsonFields.text(schedule, "pipeline"),
                JsonFields.textsByKey(schedule, "parameters"),
                JsonFields.text(schedule, "cron"),
                JsonFields.text(schedule, "zone"),
                schedule.getBoolean("enabled", false),
                JsonFields.text(schedule, "misfire"),
                JsonFields.text(schedule, "overlap"),
                JsonFields.text(view, "description"),
                instants(view, "next_times"),
                last.isEmpty() ? null : Fire.of(last),
                JsonFields.text(view, "last_run_status"),
                JsonFields.instantOrNull(view, "last_success"));
    }
}
