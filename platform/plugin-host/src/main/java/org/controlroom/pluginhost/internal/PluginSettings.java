package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.ChecksSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;

/** Checks settings against a plugin's description and its own rules, and brings the stored ones in. */
final class PluginSettings {

    private final Installation installation;
    private final Inventory inventory;
    private final StoredSettings stored;
    private final LeaseTable leases;

    PluginSettings(Installation installation, Inventory inventory, StoredSettings stored, LeaseTable leases) {
        this.installation = installation;
        this.inventory = inventory;
        this.stored = stored;
        this.leases = leases;
    }

    /** Defaults, over them the stored settings, over them the given ones; checked. */
    Settings complete(String id, Map<String, String> given) {
        HostedPlugin plugin = installation
                .newestActive(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.PLUGIN_MISSING,
                        Reason.of(
                                "plugin-inactive",
                                "plugin {0}: no active version; {1}",
                                id,
                                inventory.whatIsInstalled(id))));
        Map<String, String> merged = new HashMap<>(stored.read(id));
        merged.putAll(given);
        Settings complete = plugin.settings().complete(id, merged);
        List<Problem> problems = brokenRules(plugin, complete);
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, id, problems);
        }
        return complete;
    }

    /** Stores settings that are valid, each by itself and all of them together. */
    void store(String id, Map<String, String> given) {
        HostedPlugin plugin = installation.newestActive(id).orElseGet(() -> inventory.newest(id));
        List<Problem> problems = mistakes(given, id, plugin.settings());
        if (problems.isEmpty() && installation.active(plugin)) {
            problems = rulesBrokenTogether(plugin, given);
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, id, problems);
        }
        stored.write(id, given);
    }

    /** @throws ControlRoomException SETTINGS_INVALID when the stored settings do not fit this version */
    void refuseStored(PluginJar jar) {
        String owner = "stored settings for " + jar.name();
        List<Problem> problems = mistakes(stored.read(jar.id()), owner, jar.settings());
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, owner, problems);
        }
    }

    /** What is stored must be valid one by one; what is missing can still be given with a training. */
    private static List<Problem> mistakes(Map<String, String> settings, String owner, SettingsSchema schema) {
        try {
            schema.complete(owner, settings);
            return List.of();
        } catch (ControlRoomException e) {
            return e.problems().stream()
                    .filter(problem -> settings.containsKey(problem.field()))
                    .toList();
        }
    }

    private List<Problem> rulesBrokenTogether(HostedPlugin plugin, Map<String, String> given) {
        Settings complete;
        try {
            complete = plugin.settings().complete(plugin.id(), given);
        } catch (ControlRoomException missingOnes) {
            return List.of(); // the rules are asked when a training completes the settings
        }
        return brokenRules(plugin, complete);
    }

    private List<Problem> brokenRules(HostedPlugin plugin, Settings complete) {
        if (plugin.record().library()) {
            return List.of();
        }
        String exactly = "[" + plugin.version() + "," + plugin.version() + "]";
        try (Lease<Object> lease = leases.lease(Object.class, plugin.id(), exactly)) {
            return lease.service() instanceof ChecksSettings rules ? new ArrayList<>(rules.check(complete)) : List.of();
        }
    }
}
