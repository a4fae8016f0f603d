package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param status {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code cancelled}
 * @param origin who asked for it, in words
 * @param owner node that runs it
 * @param error why it failed; empty when it did not
 * @param errorCode kind of that, as listed at {@code /docs/problems}
 * @param errorReason the error for other languages; null when it is said in English only
 * @param waitsUntil until when it goes on by itself once the model registry answers; null when it does not
 * @param refused whether it failed because of what it was given
 */
public record PipelineRun(
        String id,
        String pipeline,
        String status,
        Map<String, String> parameters,
        List<Step> steps,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String error,
        String errorCode,
        ApiProblem.@Nullable Reason errorReason,
        Map<String, String> outcome,
        String origin,
        String owner,
        @Nullable Instant waitsUntil,
        boolean refused) {

    /** @param total units in all, or -1 while unknown */
    public record Step(
            String name,
            String status,
            long attempts,
            String what,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        static Step of(JsonObject step) {
            return new Step(
                    JsonFields.text(step, "name"),
                    JsonFields.text(step, "status"),
                    JsonFields.number(step, "attempts"),
                    JsonFields.text(step, "what"),
                    JsonFields.number(step, "done"),
                    JsonFields.number(step, "total"),
                    JsonFields.instantOrNull(step, "started_at"),
                    JsonFields.instantOrNull(step, "ended_at"));
        }
    }

    /** Whether it failed because of what it was given. */
    public boolean isRefused() {
        return refused;
    }

    /** How long it took; null before its end. */
    public @Nullable Double seconds() {
        return startedAt == null || endedAt == null
                ? null
                : (Double) (Duration.between(startedAt, endedAt).toMillis() / 1000.0);
    }

    /** Whether it is under way. */
    public boolean active() {
        return status.equals("queued") || status.equals("running");
    }

    /** Whether it will go on by itself once the model registry answers again. */
    public boolean waiting() {
        return waitsUntil != null && waitsUntil.isAfter(Instant.now());
    }

    /** Its status for people: instead of {@code failed} also {@code parked} and {@code rejected}. */
    public String state() {
        return waiting() ? "parked" : refused ? "rejected" : status;
    }

    /** State of a step; one that waits for its turn in a run that has ended was not reached: {@code skipped}. */
    public String stateOf(Step step) {
        return step.status().equals("queued") && !active() ? "skipped" : step.status();
    }

    public static PipelineRun of(JsonObject run) {
        return new PipelineRun(
                JsonFields.text(run, "id"),
                JsonFields.text(run, "pipeline"),
                JsonFields.text(run, "status"),
                JsonFields.textsByKey(run, "parameters"),
                JsonFields.objects(run, "steps", Step::of),
                JsonFields.instantOrNull(run, "created_at"),
                JsonFields.instantOrNull(run, "started_at"),
                JsonFields.instantOrNull(run, "ended_at"),
                JsonFields.text(run, "error"),
                JsonFields.text(run, "error_code"),
                ApiProblem.Reason.of(run, "error_reason"),
                JsonFields.textsByKey(run, "outcome"),
                JsonFields.text(run, "origin"),
                JsonFields.text(run, "owner"),
                JsonFields.instantOrNull(run, "waits_until"),
                run.getBoolean("refused", false));
    }
}
