package org.controlroom.core.dataset;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;

/** The registry's runs that say what a dataset is made of: one for each dataset, however often it is logged. */
public final class DatasetRuns {

    public static final String EXPERIMENT = "rakuten_dataset_versioning";

    private final ModelRegistry registry;

    public DatasetRuns(ModelRegistry registry) {
        this.registry = registry;
    }

    /** The newest run with this tag, in whatever state. */
    public Optional<ExperimentRun> find(String tag, String value) {
        return registry
                .runs(new PageRequest(
                        new TreeMap<>(Map.of("experiment", EXPERIMENT, "tags." + tag, value)), null, null, 1))
                .items()
                .stream()
                .findFirst();
    }

    /**
     * Logs a dataset, unless there is a completed run with its tag.
     *
     * @param name of a run that has to be started
     * @param tag that tells the datasets apart, with this value
     * @param tags further ones of a run that has to be started
     * @param write logs everything into the run of this id; called again for a run that was cut off
     * @return id of the run, which is completed
     */
    public String log(String name, String tag, String value, Map<String, String> tags, Consumer<String> write) {
        Optional<ExperimentRun> known = find(tag, value);
        TreeMap<String, String> all = new TreeMap<>(tags);
        all.put(tag, value);
        String run = known.map(ExperimentRun::id).orElseGet(() -> registry.startRun(EXPERIMENT, name, all));
        RunStatus status = known.map(ExperimentRun::status).orElse(RunStatus.RUNNING);
        if (status == RunStatus.FAILED || status == RunStatus.CANCELLED) {
            registry.resumeRun(run);
        }
        if (status != RunStatus.COMPLETED) {
            write.accept(run);
            registry.endRun(run, RunStatus.COMPLETED);
        }
        return run;
    }
}
