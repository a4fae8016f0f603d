package org.controlroom.pluginhost.internal;

import java.util.Objects;
import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.SettingsSchema;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** One plugin version in this process. Written under the host's lock, read by anyone. */
final class HostedPlugin {

    private final SettingsSchema settings;
    private final SettingsTexts texts;
    private volatile InstalledPlugin record;
    private volatile @Nullable Bundle bundle;
    private volatile String failure;
    private volatile String replacedBy = "";

    /** @param failure why it cannot be given to the framework; empty when it can */
    HostedPlugin(InstalledPlugin record, SettingsSchema settings, SettingsTexts texts, String failure) {
        this.record = record;
        this.settings = settings;
        this.texts = texts;
        this.failure = failure;
    }

    InstalledPlugin record() {
        return record;
    }

    void record(InstalledPlugin changed) {
        record = changed;
    }

    /** Whether it is on the list; false for a jar of the distribution that was refused. */
    boolean hosted() {
        return !record.file().isEmpty();
    }

    String id() {
        return record.id();
    }

    Version version() {
        return record.version();
    }

    SettingsSchema settings() {
        return settings;
    }

    SettingsTexts texts() {
        return texts;
    }

    /** Null while the framework does not have it. */
    @Nullable Bundle bundle() {
        return bundle;
    }

    Bundle requireBundle() {
        return Objects.requireNonNull(bundle, record.name());
    }

    void bundle(@Nullable Bundle installed) {
        bundle = installed;
    }

    /** Why the last start failed; empty when it did not. */
    String failure() {
        return failure;
    }

    void failure(String reason) {
        failure = reason;
    }

    /** The version that took its place, while it only waits for its last lease; empty otherwise. */
    String replacedBy() {
        return replacedBy;
    }

    void replacedBy(String newVersion) {
        replacedBy = newVersion;
    }

    @Override
    public String toString() {
        return record.name();
    }
}
