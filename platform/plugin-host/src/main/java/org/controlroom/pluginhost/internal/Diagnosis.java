package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.controlroom.core.model.PluginCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Says why a plugin does not work. The bundle state alone does not: a bundle whose component threw in activate is still
 * ACTIVE, so the component runtime is asked too.
 */
final class Diagnosis {

    private static final Pattern LOWER = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern UPPER = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private final FrameworkWiring wiring;
    private final ServiceComponentRuntime components;
    private final LeaseTable leases;

    Diagnosis(FrameworkWiring wiring, ServiceComponentRuntime components, LeaseTable leases) {
        this.wiring = wiring;
        this.components = components;
        this.leases = leases;
    }

    /** Why the plugin that shall run cannot be used; empty when it can. */
    String problem(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle == null) {
            return plugin.failure();
        }
        if (bundle.getState() != Bundle.ACTIVE) {
            String missing = missingRequirements(bundle);
            return missing.isEmpty() || bundle.getState() != Bundle.INSTALLED ? plugin.failure() : missing;
        }
        if (plugin.record().library() || leases.slot(bundle.getBundleId()).isPresent()) {
            return "";
        }
        String problem = componentProblems(bundle);
        return problem.isEmpty() ? "the component gives no service" : problem;
    }

    /** What the bundle imports or requires and nobody offers, for people; empty when all is there. */
    String missingRequirements(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return "";
        }
        return revision.getDeclaredRequirements(null).stream()
                .filter(Diagnosis::mandatory)
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .map(Diagnosis::describe)
                .collect(Collectors.joining("; "));
    }

    /** Everything that the bundle imports or requires from others, met or not, in the order of its manifest. */
    List<PluginCheck.Need> needs(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of();
        }
        return revision.getDeclaredRequirements(null).stream()
                .filter(Diagnosis::mandatory)
                .map(requirement -> {
                    boolean met = !wiring.findProviders(requirement).isEmpty();
                    return new PluginCheck.Need(met ? name(requirement) : describe(requirement), met);
                })
                .distinct()
                .toList();
    }

    private static String name(BundleRequirement requirement) {
        String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        Matcher name = Pattern.compile("\\(" + Pattern.quote(requirement.getNamespace()) + "=([^)]+)\\)")
                .matcher(filter);
        return name.find()
                ? (requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                                ? "package "
                                : requirement.getNamespace() + " ")
                        + (name.group(1) + " " + range(filter)).strip()
                : requirement.getNamespace() + " " + filter;
    }

    private static boolean mandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        String effective = directives.get(Constants.EFFECTIVE_DIRECTIVE);
        return !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && (effective == null || effective.equals(Constants.EFFECTIVE_RESOLVE));
    }

    private static String describe(BundleRequirement requirement) {
        String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        Matcher name = Pattern.compile("\\(" + Pattern.quote(requirement.getNamespace()) + "=([^)]+)\\)")
                .matcher(filter);
        if (!name.find()) {
            return "requires " + requirement.getNamespace() + " " + filter + ", which nothing here offers";
        }
        String wanted = name.group(1) + " " + range(filter);
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return "requires " + requirement.getNamespace() + " " + wanted.strip() + ", which nothing here offers";
        }
        String offered = SystemPackages.versions().get(name.group(1));
        return "imports package " + wanted.strip()
                + (offered == null
                        ? ", which no installed plugin exports"
                        : ", but the platform offers version " + offered);
    }

    private static String range(String filter) {
        Matcher lower = LOWER.matcher(filter);
        Matcher upper = UPPER.matcher(filter);
        String from = lower.find() ? lower.group(1) : "";
        return upper.find() ? "[" + from + "," + upper.group(1) + ")" : from;
    }

    private String componentProblems(Bundle bundle) {
        List<String> problems = new ArrayList<>();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                String problem = problem(description, configuration);
                if (!problem.isEmpty()) {
                    problems.add("component " + description.name + " " + problem);
                }
            }
        }
        return String.join("; ", problems);
    }

    private static String problem(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed to activate: " + cause(configuration.failure);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                "waits for a service: "
                        + Arrays.stream(configuration.unsatisfiedReferences)
                                .map(reference -> interfaceOf(description, reference))
                                .collect(Collectors.toCollection(TreeSet::new));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                "waits for stored settings under " + Arrays.toString(description.configurationPid);
            default -> "";
        };
    }

    private static String interfaceOf(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO missing) {
        return Arrays.stream(description.references)
                .filter(reference -> reference.name.equals(missing.name))
                .map(reference -> reference.interfaceName)
                .findFirst()
                .orElse(missing.name);
    }

    /** The innermost cause of a printed stack trace. */
    private static String cause(@Nullable String stackTrace) {
        if (stackTrace == null || stackTrace.isBlank()) {
            return "no reason given";
        }
        String prefix = "Caused by: ";
        return stackTrace
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .reduce((first, last) -> last)
                .orElseGet(() -> stackTrace.lines().findFirst().orElse(""));
    }
}
