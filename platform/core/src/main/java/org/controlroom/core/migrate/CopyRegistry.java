package org.controlroom.core.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.TakesBack;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.jspecify.annotations.Nullable;

/** Copies a registry's runs and versions into another, and compares both. */
final class CopyRegistry {

    /** Tag of a copied run that has all its artifacts. */
    private static final String DONE_TAG = "migrated.complete";

    /** Beginning of a tag of a copied run with a metric that is no finite number, which not every registry takes. */
    private static final String NOT_FINITE_TAG = "migrated.metric.";

    /** Entry of the outcome: versions that were registered before all else. */
    static final String REGISTERED_FIRST = "versions_registered_first";

    private static final int PAGE = 100;

    private final ModelRegistry from;
    private final ModelRegistry to;
    private final Path folder;
    private final Progress progress;

    CopyRegistry(ModelRegistry from, ModelRegistry to, Path folder, Progress progress) {
        this.from = from;
        this.to = to;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs, after what may show that the target cannot take the versions.
     *
     * @throws ControlRoomException CONFLICT, see {@link CheckTarget}; nothing stays in the target then
     */
    Map<String, String> runs() {
        CheckTarget target = new CheckTarget(from, to);
        List<ModelVersion> untold = target.check(sourceVersions());
        int copied = 0;
        for (ModelVersion version : untold) {
            progress.throwIfCancelled();
            copied += register(version, target) ? 1 : 0;
        }
        List<ExperimentRun> all = sourceRuns();
        for (int i = 0; i < all.size(); i++) {
            progress.throwIfCancelled();
            progress.report("copying runs", i, all.size());
            copied += bring(all.get(i)) ? 1 : 0;
        }
        progress.report("copying runs", all.size(), all.size());
        return Map.of(
                "runs",
                Integer.toString(all.size()),
                "runs_copied",
                Integer.toString(copied),
                REGISTERED_FIRST,
                Integer.toString(untold.size()));
    }

    /**
     * Registers a version before anything else is copied, because only that shows which number it gets. One with a wrong
     * number is taken back with its run, where that is new.
     *
     * @return whether its run was copied
     */
    private boolean register(ModelVersion version, CheckTarget target) {
        ExperimentRun run = from.run(from.place(version).runId());
        boolean fresh = origin(run).isEmpty() && CopiedRuns.copyOf(to, run.id()).isEmpty();
        boolean copied = bring(run);
        ModelVersion made = to.registerVersion(version.name(), placeOfCopy(version), version.tags());
        if (!made.version().equals(version.version())) {
            String left = "nothing else was copied";
            if (to instanceof TakesBack registry) {
                registry.takeBack(made, fresh);
                left = "what showed it was taken back and nothing else copied";
            }
            throw target.wrongNumber(version, made.version(), left);
        }
        return copied;
    }

    /** Copies a run, unless it is there. @return whether it was copied */
    private boolean bring(ExperimentRun run) {
        Optional<ExperimentRun> origin = origin(run);
        if (origin.isPresent()) {
            bringTags(run, origin.get());
            return false;
        }
        Optional<ExperimentRun> there = CopiedRuns.copyOf(to, run.id());
        if (there.isPresent() && hasAll(there.get(), run)) {
            bringTags(run, there.get());
            return false;
        }
        there.ifPresent(copy -> to.finishImport(copy.id(), run));
        copy(run, there.map(ExperimentRun::id).orElseGet(() -> start(run)));
        return true;
    }

    private void bringTags(ExperimentRun run, ExperimentRun copy) {
        if (!copy.tags().entrySet().containsAll(own(run.tags()).entrySet())) {
            to.setTags(copy.id(), own(run.tags()));
        }
    }

    /** Whether a copy has all artifacts of its run, those too that came to the run since. */
    private boolean hasAll(ExperimentRun copy, ExperimentRun run) {
        return copy.tags().containsKey(DONE_TAG)
                && Set.copyOf(to.artifacts(copy.id())).containsAll(from.artifacts(run.id()));
    }

    /** The run that this one was once copied from, where that is in the target: it is there already. */
    private Optional<ExperimentRun> origin(ExperimentRun run) {
        return CopiedRuns.ifThere(to, run.tags().getOrDefault(CopiedRuns.SOURCE_TAG, ""));
    }

    private String start(ExperimentRun run) {
        SortedMap<String, String> tags = own(run.tags());
        tags.put(CopiedRuns.SOURCE_TAG, run.id());
        tags.putAll(notFinite(run));
        return to.importRun(new ExperimentRun(
                run.id(),
                run.experiment(),
                run.name(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.parameters(),
                finite(run),
                tags));
    }

    private static SortedMap<String, Double> finite(ExperimentRun run) {
        SortedMap<String, Double> metrics = new TreeMap<>(run.metrics());
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    /** The other metrics as tags: NaN, Infinity or -Infinity. */
    private static SortedMap<String, String> notFinite(ExperimentRun run) {
        SortedMap<String, String> tags = new TreeMap<>();
        run.metrics().forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                tags.put(NOT_FINITE_TAG + name, value.toString());
            }
        });
        return tags;
    }

    private void copy(ExperimentRun run, String copy) {
        from.inputs(run.id()).forEach(input -> to.logInput(copy, input));
        for (String top : tops(from.artifacts(run.id()))) {
            progress.throwIfCancelled();
            inFolder("copy", target -> {
                to.logArtifact(copy, from.fetchArtifact(run.id(), top, target), top);
                return top;
            });
        }
        to.setTags(copy, Map.of(DONE_TAG, "true"));
    }

    /** @param registeredFirst how many versions {@link #runs} has registered */
    Map<String, String> versions(int registeredFirst) {
        List<ModelVersion> all = sourceVersions();
        CheckTarget target = new CheckTarget(from, to);
        target.check(all);
        int copied = registeredFirst;
        for (int i = 0; i < all.size(); i++) {
            progress.throwIfCancelled();
            progress.report("copying versions", i, all.size());
            ModelVersion version = all.get(i);
            ModelVersion copy = copyOf(version).orElse(null);
            if (copy == null) {
                ModelVersion made = to.registerVersion(version.name(), placeOfCopy(version), version.tags());
                if (!made.version().equals(version.version())) {
                    throw target.wrongNumber(version, made.version(), "the copy stops here");
                }
                copied++;
            }
            to.setVersionTags(version.name(), version.version(), version.tags());
            if (version.stage() != (copy == null ? Stage.NONE : copy.stage())) {
                to.setStage(version.name(), version.version(), version.stage(), false);
            }
        }
        for (ModelVersion version : all) {
            version.aliases().forEach(alias -> to.setAlias(version.name(), alias, version.version()));
        }
        return Map.of("versions", Integer.toString(all.size()), "versions_copied", Integer.toString(copied));
    }

    /** Where the files of a version are in the target. */
    private ModelPlace placeOfCopy(ModelVersion version) {
        ModelPlace place = from.place(version);
        return new ModelPlace(requiredCopy(from.run(place.runId())).id(), place.folder());
    }

    private Optional<ModelVersion> copyOf(ModelVersion version) {
        try {
            return Optional.of(to.version(version.name(), version.version()));
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws ControlRoomException CONFLICT naming the first difference: to compare again would find it again */
    Map<String, String> verify() {
        List<ExperimentRun> all = sourceRuns();
        int files = 0;
        int described = 0;
        for (int i = 0; i < all.size(); i++) {
            progress.throwIfCancelled();
            progress.report("comparing runs", i, all.size());
            ExperimentRun run = all.get(i);
            ExperimentRun copy = requiredCopy(run);
            String what = "run " + run.id() + " and its copy " + copy.id();
            same(what, "experiments", run.experiment(), copy.experiment());
            same(what, "names", run.name(), copy.name());
            same(what, "states", run.status(), copy.status());
            same(
                    what,
                    "starts",
                    run.startedAt().toEpochMilli(),
                    copy.startedAt().toEpochMilli());
            same(what, "parameters", run.parameters(), copy.parameters());
            same(what, "metrics", finite(run), finite(copy));
            same(what, "tags", own(run.tags()), own(copy.tags()));
            if (!copy.metrics().keySet().containsAll(run.metrics().keySet())) {
                SortedMap<String, String> kept = new TreeMap<>(copy.tags());
                kept.keySet().removeIf(tag -> !tag.startsWith(NOT_FINITE_TAG));
                same(what, "metrics that are not finite", notFinite(run), kept);
            }
            List<DatasetInput> inputs = from.inputs(run.id());
            List<DatasetInput> copies = to.inputs(copy.id());
            same(what, "inputs", undescribed(inputs), undescribed(copies));
            described += (int)
                    inputs.stream().filter(input -> !copies.contains(input)).count();
            same(what, "artifacts", from.artifacts(run.id()), to.artifacts(copy.id()));
            for (String top : tops(from.artifacts(run.id()))) {
                SortedMap<String, String> sums = sums(from, run.id(), top);
                same(what, "SHA-256 of '" + top + "'", sums, sums(to, copy.id(), top));
                files += sums.size();
            }
        }
        List<ModelVersion> versions = sourceVersions();
        for (ModelVersion version : versions) {
            ModelVersion copy = to.version(version.name(), version.version());
            String what = "version " + version.version() + " of '" + version.name() + "' and its copy";
            same(what, "runs and folders", placeOfCopy(version), to.place(copy));
            same(what, "stages", version.stage(), copy.stage());
            same(what, "aliases", version.aliases(), copy.aliases());
            same(what, "tags", version.tags(), copy.tags());
        }
        return Map.of(
                "runs_verified", Integer.toString(all.size()),
                "files_verified", Integer.toString(files),
                "inputs_described_otherwise", Integer.toString(described),
                "versions_verified", Integer.toString(versions.size()));
    }

    /**
     * Without type, source and profile: of data with one name and one digest in an experiment, MLflow keeps the description that
     * came first, whatever other runs say of the same data.
     */
    private static List<DatasetInput> undescribed(List<DatasetInput> inputs) {
        return inputs.stream()
                .map(each -> new DatasetInput(each.name(), each.digest(), "", "", "", each.context()))
                .sorted(DatasetInput.ORDER)
                .toList();
    }

    /** Without what says that the run is a copy itself. */
    private static SortedMap<String, String> own(SortedMap<String, String> tags) {
        SortedMap<String, String> own = new TreeMap<>(tags);
        own.keySet().removeAll(Set.of(CopiedRuns.SOURCE_TAG, DONE_TAG));
        own.keySet().removeIf(tag -> tag.startsWith(NOT_FINITE_TAG));
        return own;
    }

    private static void same(String what, String field, Object one, Object other) {
        if (!one.equals(other)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT, what + ": " + field + " differ: " + one + " and " + other);
        }
    }

    private SortedMap<String, String> sums(ModelRegistry registry, String run, String path) {
        return inFolder("verify", target -> {
            Path copy = registry.fetchArtifact(run, path, target);
            SortedMap<String, String> sums = new TreeMap<>();
            try (var files = Files.walk(copy)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !ModelPlace.isDescription(
                                target.relativize(file).toString()))
                        .forEach(file -> sums.put(copy.relativize(file).toString(), SafeFiles.sha256(file)));
            } catch (IOException e) {
                throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + copy + ": " + e, e);
            }
            return sums;
        });
    }

    private <T> T inFolder(String name, Function<Path, T> work) {
        Path target = folder.resolve(name);
        SafeFiles.delete(target);
        try {
            Files.createDirectories(target);
            return work.apply(target);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write " + target + ": " + e, e);
        } finally {
            SafeFiles.delete(target);
            SafeFiles.delete(folder);
        }
    }

    private ExperimentRun requiredCopy(ExperimentRun run) {
        return origin(run)
                .or(() -> CopiedRuns.copyOf(to, run.id()))
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.CONFLICT, "run " + run.id() + " has no copy in " + to.address()));
    }

    /** Files and folders at the root of a run's artifacts. */
    private static Set<String> tops(List<String> paths) {
        Set<String> tops = new LinkedHashSet<>();
        paths.forEach(path -> tops.add(path.contains("/") ? path.substring(0, path.indexOf('/')) : path));
        return tops;
    }

    /** Of experiments that have any, the oldest first; then what belongs to no run. */
    private List<ExperimentRun> sourceRuns() {
        List<ExperimentRun> all = new ArrayList<>();
        for (Experiment experiment : from.experiments()) {
            all.addAll(all(from::runs, Map.of("experiment", experiment.name()), "started_at"));
        }
        all.addAll(from.modelsWithoutRun());
        return all;
    }

    /** Of all models; the oldest first. */
    private List<ModelVersion> sourceVersions() {
        List<ModelVersion> all = new ArrayList<>(all(from::versions, Map.of(), null));
        all.sort(Comparator.comparing(ModelVersion::name).thenComparing(version -> Long.valueOf(version.version())));
        return all;
    }

    static <T> List<T> all(Function<PageRequest, Page<T>> list, Map<String, String> filters, @Nullable String sort) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<T> page = list.apply(new PageRequest(new TreeMap<>(filters), sort, cursor, PAGE));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
