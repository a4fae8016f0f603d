package org.controlroom.core.model;

import java.util.List;
import org.controlroom.spi.SettingsSchema;

/**
 * One installed version of a plugin.
 *
 * @param id plugin id, for example {@code extractor-tfidf}
 * @param kind {@code extractor}, {@code classifier}, {@code text-classifier}, {@code drift} or {@code library}
 * @param bundle symbolic name
 * @param version bundle version, {@code major.minor.micro[.qualifier]}
 * @param status what it is doing
 * @param reason why it is in this status, for people; empty when ACTIVE
 * @param settings description of its settings
 * @param texts its settings in other languages
 * @param usedBy who needs it now, for example {@code live model rakuten_classifier 3}; empty when nobody does
 * @param sha256 of the jar, lower-case hex
 * @param bundled whether it came with the distribution
 * @param leases as in {@link PluginCalls}
 * @param calls as in {@link PluginCalls}
 * @param errors as in {@link PluginCalls}
 */
public record PluginState(
        String id,
        String kind,
        String bundle,
        String version,
        Status status,
        String reason,
        SettingsSchema settings,
        SettingsTexts texts,
        List<String> usedBy,
        String sha256,
        boolean bundled,
        long leases,
        long calls,
        long errors) {

    public PluginState {
        usedBy = List.copyOf(usedBy);
    }

    /** What a plugin is doing. */
    public enum Status {
        /** Installed and usable. */
        ACTIVE,
        /** Stopped on request; stays so over restarts. */
        STOPPED,
        /** Cannot work; the reason says why. */
        FAILED
    }
}
