package org.controlroom.pluginhost.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginState;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Finds plugins and says how they are; changes nothing. */
final class Inventory {

    private final Installation installation;
    private final Listeners listeners;
    private final PluginStore store;
    private final LeaseTable leases;

    Inventory(Installation installation, Listeners listeners, PluginStore store, LeaseTable leases) {
        this.installation = installation;
        this.listeners = listeners;
        this.store = store;
        this.leases = leases;
    }

    List<PluginState> list() {
        return installation.plugins().stream().map(this::state).toList();
    }

    /** @throws ControlRoomException CONFLICT naming both places */
    void refuseDuplicateId(PluginJar jar, Path location) {
        for (HostedPlugin other : installation.plugins()) {
            if (other.hosted()
                    && other.id().equals(jar.id())
                    && !other.record().bundle().equals(jar.bundle())) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        "plugin id " + jar.id() + ": is taken by bundle "
                                + other.record().bundle() + " ("
                                + store.jar(other.record().file()) + "), so bundle " + jar.bundle() + " ("
                                + location + ") cannot have it");
            }
        }
    }

    /** The installed plugin of the jar's version, if it has the same content or its own content is lost. */
    Optional<HostedPlugin> sameVersion(PluginJar jar) {
        Optional<HostedPlugin> same = installation.plugins().stream()
                .filter(plugin -> plugin.record().bundle().equals(jar.bundle())
                        && plugin.version().equals(jar.version()))
                .findFirst();
        same.ifPresent(plugin -> {
            if (!plugin.replacedBy().isEmpty()) {
                throw beingReplaced(plugin);
            }
            if (!plugin.record().sha256().equals(jar.sha256())) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        Reason.of(
                                "plugin-other-content",
                                "plugin {0}: is installed with other content (SHA-256 {1}, not {2}); give the new jar another version, or remove the installed one first",
                                jar.name(),
                                plugin.record().sha256(),
                                jar.sha256()));
            }
        });
        return same;
    }

    /** @throws ControlRoomException PLUGIN_MISSING */
    HostedPlugin newest(String id) {
        return installation.versions(id).stream()
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.PLUGIN_MISSING,
                        Reason.of("plugin-unknown", "plugin {0}: is not installed; {1}", id, whatIsInstalled(id))));
    }

    /** @throws ControlRoomException NOT_FOUND, or CONFLICT while it waits to be removed after an update */
    HostedPlugin find(String id, String version) {
        HostedPlugin found = installation.plugins().stream()
                .filter(plugin ->
                        plugin.id().equals(id) && plugin.version().toString().equals(version))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of(
                                "plugin-version-unknown",
                                "plugin {0} {1}: is not installed; {2}",
                                id,
                                version,
                                whatIsInstalled(id))));
        if (!found.replacedBy().isEmpty()) {
            throw beingReplaced(found);
        }
        return found;
    }

    private static ControlRoomException beingReplaced(HostedPlugin plugin) {
        return new ControlRoomException(
                ErrorCode.CONFLICT,
                Reason.of(
                        "plugin-replaced",
                        "plugin {0}: was replaced by {1} and is removed when its last use ends",
                        plugin,
                        plugin.replacedBy()));
    }

    /** For the ends of messages that something is not there: the versions of this id, or all ids when it has none. */
    String whatIsInstalled(String id) {
        String versions = installation.versions(id).stream()
                .map(plugin -> {
                    String status = plugin.record().started() ? installation.problem(plugin) : "stopped on request";
                    return plugin.version() + (status.isEmpty() ? "" : " (" + status + ")");
                })
                .collect(Collectors.joining(", "));
        if (!versions.isEmpty()) {
            return "installed: " + versions;
        }
        String others =
                installation.plugins().stream().map(HostedPlugin::id).distinct().collect(Collectors.joining(", "));
        return "installed plugins are: " + (others.isEmpty() ? "none" : others);
    }

    PluginState state(HostedPlugin plugin) {
        InstalledPlugin record = plugin.record();
        PluginState.Status status = PluginState.Status.STOPPED;
        String reason = "stopped on request";
        if (!plugin.replacedBy().isEmpty()) {
            reason = "replaced by " + plugin.replacedBy() + "; is removed when its last use ends";
        } else if (record.started() || plugin.bundle() == null) {
            reason = installation.problem(plugin);
            status = reason.isEmpty() ? PluginState.Status.ACTIVE : PluginState.Status.FAILED;
        }
        PluginCalls calls = leases.calls(record.id(), record.version().toString());
        return new PluginState(
                record.id(),
                record.kind(),
                record.bundle(),
                record.version().toString(),
                status,
                reason,
                plugin.settings(),
                plugin.texts(),
                listeners.modelsOn(record).stream().map("live model "::concat).toList(),
                record.sha256(),
                record.bundled(),
                calls.leases(),
                calls.calls(),
                calls.errors());
    }
}
