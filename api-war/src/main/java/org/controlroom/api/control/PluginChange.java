package org.controlroom.api.control;

import java.time.Instant;
import java.util.List;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One change of a plugin, under way or done, with the plugin's calls while it happened.
 *
 * @param id of the change, in this process
 * @param action {@code install}, {@code update} or {@code restore}
 * @param plugin id of the plugin
 * @param fromVersion version that is replaced; null when none is
 * @param toVersion version that comes
 * @param mode {@code blue_green} or {@code in_place}; null when nothing is replaced
 * @param code error code of a failure; null unless it failed
 * @param reason why it failed, for people; null unless it failed
 * @param problems single mistakes behind the failure
 * @param samples calls of every version of the plugin from before the change until 30 s after it, oldest first
 */
public record PluginChange(
        String id,
        String action,
        String plugin,
        @Nullable String fromVersion,
        String toVersion,
        @Nullable String mode,
        RunStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String code,
        @Nullable String reason,
        List<Problem> problems,
        List<Sample> samples) {

    public PluginChange {
        problems = List.copyOf(problems);
        samples = List.copyOf(samples);
    }

    /** The plugin's calls since the start of the process, as they were at one moment. */
    public record Sample(Instant at, List<PluginCalls> versions) {
        public Sample {
            versions = List.copyOf(versions);
        }
    }
}
