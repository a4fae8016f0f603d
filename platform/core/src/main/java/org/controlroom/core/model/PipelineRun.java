package org.controlroom.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param id unique, ascending with time
 * @param pipeline for example {@code train-model}
 * @param status of the whole run
 * @param parameters as given, checked, secrets never among them
 * @param steps in the order they run; later ones QUEUED
 * @param origin who asked for it, in words
 * @param owner node that runs it, or ran it last; empty when that is not known
 * @param createdAt when it was asked for
 * @param startedAt when it began; null while queued
 * @param endedAt when it ended; null before
 * @param error why it failed; null unless FAILED
 * @param errorCode code of the error; null unless FAILED
 * @param errorReason the error for other languages; null when it is said in English only
 * @param outcome what it achieved, in figures and words, by key; empty until a step says so
 */
public record PipelineRun(
        String id,
        String pipeline,
        RunStatus status,
        SortedMap<String, String> parameters,
        List<Step> steps,
        String origin,
        String owner,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Reason errorReason,
        SortedMap<String, String> outcome) {

    /** As what a run may end: a status, or {@code rejected}, which has failed as well. */
    public static final List<String> ENDS = List.of("completed", "failed", "cancelled", "rejected");

    /** What the run was given cannot be used; nothing of the server is broken. */
    private static final Set<ErrorCode> REFUSALS = EnumSet.of(
            ErrorCode.INVALID_INPUT,
            ErrorCode.MALFORMED_BODY,
            ErrorCode.TOO_LARGE,
            ErrorCode.SETTINGS_INVALID,
            ErrorCode.CATALOGUE_INVALID,
            ErrorCode.TRAINING_DATA_INVALID);

    /** How long a run that the model registry failed waits for it to answer again. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    public PipelineRun {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        steps = List.copyOf(steps);
        outcome = Collections.unmodifiableSortedMap(new TreeMap<>(outcome));
    }

    /** Whether it failed because of what it was given: a file, data, or settings. */
    public boolean refused() {
        return status == RunStatus.FAILED
                && REFUSALS.stream().anyMatch(code -> code.name().equals(errorCode));
    }

    /**
     * One of {@link #ENDS}.
     *
     * @param status that has ended
     * @param code of the error; null unless it failed
     */
    public static String end(RunStatus status, @Nullable ErrorCode code) {
        return status == RunStatus.FAILED && code != null && REFUSALS.contains(code) ? "rejected" : status.text();
    }

    /**
     * Until when this run goes on by itself as soon as the model registry answers again, because that is what it failed
     * at; a time that has passed means that it no longer waits. Null for every other run.
     */
    public @Nullable Instant waitsUntil() {
        return endedAt != null
                        && status == RunStatus.FAILED
                        && ErrorCode.REGISTRY_UNAVAILABLE.name().equals(errorCode)
                ? endedAt.plus(LONGEST_WAIT)
                : null;
    }

    /**
     * One step of a run.
     *
     * @param name for example {@code fit-extractor}
     * @param attempts times it was started
     * @param what what it is doing, in a few words; empty before it starts
     * @param done units done so far
     * @param total units in all, or -1 while unknown
     */
    public record Step(
            String name,
            RunStatus status,
            int attempts,
            String what,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}
}
