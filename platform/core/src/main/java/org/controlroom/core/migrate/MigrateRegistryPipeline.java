package org.controlroom.core.migrate;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;

/**
 * Pipeline {@code migrate-registry}: copies runs with inputs and artifacts, then versions with tags, stages and aliases,
 * and compares all of it, every artifact by its SHA-256. Parameters: {@code from} and {@code to}, each {@code embedded} or
 * the address of an MLflow server. What was copied before is not copied again, so it can be repeated at any time.
 */
public final class MigrateRegistryPipeline implements PipelineDefinition {

    public static final String NAME = "migrate-registry";

    /** The registry that needs no server. */
    public static final String EMBEDDED = "embedded";

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String RUNS = "copy-runs";
    private static final String VERSIONS = "copy-versions";
    private static final String VERIFY = "verify-copies";

    private final Function<String, ModelRegistry> registries;
    private final Path folder;

    /**
     * @param registries opens the registry of a parameter; closed here when it can be
     * @param folder for files on their way; made when missing
     */
    public MigrateRegistryPipeline(Function<String, ModelRegistry> registries, Path folder) {
        this.registries = registries;
        this.folder = folder;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return List.of(RUNS, VERSIONS, VERIFY);
    }

    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        parameters.keySet().stream()
                .filter(key -> !Set.of(FROM, TO).contains(key))
                .forEach(key -> problems.add(new Problem(key, "is no parameter; parameters are from, to")));
        for (String key : List.of(FROM, TO)) {
            if (!isPlace(parameters.getOrDefault(key, ""))) {
                problems.add(
                        new Problem(key, "must be embedded or the address of an MLflow server, as http://host:5000"));
            }
        }
        if (problems.isEmpty() && parameters.getOrDefault(FROM, "").equals(parameters.get(TO))) {
            problems.add(new Problem(TO, "is where it comes from; must be another registry"));
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, NAME, problems);
        }
        return new TreeMap<>(parameters);
    }

    private static boolean isPlace(String text) {
        if (text.equals(EMBEDDED)) {
            return true;
        }
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public void run(String step, StepContext context) {
        ModelRegistry from = registries.apply(context.parameters().getOrDefault(FROM, ""));
        try {
            ModelRegistry to = registries.apply(context.parameters().getOrDefault(TO, ""));
            try {
                CopyRegistry copy = new CopyRegistry(from, to, folder.resolve(context.runId()), context.progress());
                Map<String, String> outcome = switch (step) {
                    case RUNS -> copy.runs();
                    case VERSIONS ->
                        copy.versions(
                                Integer.parseInt(context.outcome().getOrDefault(CopyRegistry.REGISTERED_FIRST, "0")));
                    case VERIFY -> copy.verify();
                    default ->
                        throw new ControlRoomException(
                                ErrorCode.NOT_FOUND, NAME + " has no step '" + step + "'; steps are " + steps());
                };
                context.putOutcome(outcome);
                context.log(step + ": " + outcome);
            } finally {
                close(to);
            }
        } finally {
            close(from);
        }
    }

    private static void close(ModelRegistry registry) {
        if (registry instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                System.getLogger(MigrateRegistryPipeline.class.getName())
                        .log(System.Logger.Level.WARNING, "closing " + registry.address(), e);
            }
        }
    }
}
