package org.controlroom.pluginhost.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.model.PluginCheck.Action;
import org.controlroom.spi.ControlRoomException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Says what would come of a jar. The framework sees the bundle for a moment, but no class of it is loaded. */
final class Precheck {

    private final Installation installation;
    private final Inventory inventory;
    private final PluginFramework framework;
    private final Diagnosis diagnosis;
    private final PluginSettings settings;

    Precheck(
            Installation installation,
            Inventory inventory,
            PluginFramework framework,
            Diagnosis diagnosis,
            PluginSettings settings) {
        this.installation = installation;
        this.inventory = inventory;
        this.framework = framework;
        this.diagnosis = diagnosis;
        this.settings = settings;
    }

    /**
     * @param received the jar, its bytes checked
     * @param shown where it came from, for messages
     */
    PluginCheck check(Path received, PluginJar jar, Path shown) {
        List<String> problems = new ArrayList<>();
        boolean same = false;
        try {
            inventory.refuseDuplicateId(jar, shown);
            same = inventory.sameVersion(jar).isPresent();
            settings.refuseStored(jar);
        } catch (ControlRoomException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        List<PluginCheck.Need> needs = needs(received, jar, problems);
        needs.stream().filter(need -> !need.met()).forEach(need -> problems.add(need.text()));
        List<HostedPlugin> installed = installation.versions(jar.id());
        return new PluginCheck(
                jar.id(),
                jar.kind(),
                jar.bundle(),
                jar.version().toString(),
                jar.sha256(),
                received.toFile().length(),
                jar.settings(),
                needs,
                installed.stream().map(plugin -> plugin.version().toString()).toList(),
                action(jar, installed, same, !problems.isEmpty()),
                problems);
    }

    private static Action action(PluginJar jar, List<HostedPlugin> installed, boolean same, boolean refused) {
        if (refused) {
            return Action.REFUSED;
        } else if (same) {
            return Action.NONE;
        } else if (installed.isEmpty()) {
            return Action.INSTALL;
        }
        return jar.version().compareTo(installed.get(0).version()) > 0 ? Action.UPDATE : Action.BESIDE;
    }

    private List<PluginCheck.Need> needs(Path received, PluginJar jar, List<String> problems) {
        Optional<Bundle> present = installation.plugins().stream()
                .filter(plugin -> plugin.record().bundle().equals(jar.bundle())
                        && plugin.version().equals(jar.version()))
                .flatMap(plugin -> Optional.ofNullable(plugin.bundle()).stream())
                .findFirst();
        if (present.isPresent()) { // the framework takes no second bundle of the same name and version
            return diagnosis.needs(present.get());
        }
        try {
            Bundle trial = framework.install(received);
            try {
                return diagnosis.needs(trial);
            } finally {
                trial.uninstall();
            }
        } catch (BundleException e) {
            problems.add("the framework refuses the bundle: " + e.getMessage());
            return List.of();
        }
    }
}
