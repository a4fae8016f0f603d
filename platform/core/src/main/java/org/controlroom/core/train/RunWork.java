package org.controlroom.core.train;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one run hand to each other: files, which survive a restart, and copies of some of them in memory,
 * which save reading and extracting again. One thread at a time.
 */
final class RunWork {

    private static final int KEPT_FOLDERS = 3;

    /** Of runs whose models wait until the registry answers. */
    private static final int KEPT_WAITING = 50;

    /** There when the model is evaluated. */
    private static final String FIGURES = "figures.json";

    private final Path folder;

    /** Soft, because nobody tells a cancelled run to let go. */
    private SoftReference<TrainingSet> set = new SoftReference<>(null);

    private SoftReference<FeatureMatrix> trainMatrix = new SoftReference<>(null);

    /** Id of the registry's run while it is open. */
    private volatile @Nullable String registryRun;

    RunWork(Path folder) {
        this.folder = folder;
    }

    /** The folder that becomes the artifact. */
    Path model() {
        return folder.resolve("model");
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void keepRegistryRun(@Nullable String run) {
        registryRun = run;
    }

    @Nullable String registryRun() {
        return registryRun;
    }

    void keep(TrainingSet taken) {
        taken.write(file("snapshot.bin"));
        set = new SoftReference<>(taken);
    }

    TrainingSet set() {
        TrainingSet known = set.get();
        if (known == null) {
            known = TrainingSet.read(file("snapshot.bin"));
            set = new SoftReference<>(known);
        }
        return known;
    }

    void keep(FeatureMatrix matrix) {
        trainMatrix = new SoftReference<>(matrix);
    }

    @Nullable FeatureMatrix trainMatrix() {
        return trainMatrix.get();
    }

    void forgetMatrix() {
        trainMatrix = new SoftReference<>(null);
    }

    void forgetMemory() {
        set = new SoftReference<>(null);
        trainMatrix = new SoftReference<>(null);
    }

    void keepExtractor(PluginUse plugin, FeatureSchema schema) {
        note("schema.json", Map.of("size", Integer.toString(schema.size()), "fingerprint", schema.fingerprint()));
        SafeFiles.write(file("extractor.json"), plugin.json().write());
    }

    PluginUse extractor() {
        return PluginUse.of(read("extractor.json"));
    }

    FeatureSchema schema() {
        SortedMap<String, String> texts = read("schema.json").texts();
        return new FeatureSchema(
                Integer.parseInt(texts.getOrDefault("size", "-1")), texts.getOrDefault("fingerprint", ""));
    }

    void keepClassifier(PluginUse plugin) {
        SafeFiles.write(file("classifier.json"), plugin.json().write());
    }

    PluginUse classifier() {
        return PluginUse.of(read("classifier.json"));
    }

    void keepSeconds(String step, double seconds) {
        SortedMap<String, Double> all = seconds();
        all.put(step, seconds);
        SafeFiles.write(file("seconds.json"), Json.ofNumbers(all).write());
    }

    /** Duration of each step that ended, by step. */
    SortedMap<String, Double> seconds() {
        return Files.exists(file("seconds.json")) ? read("seconds.json").numbers() : new TreeMap<>();
    }

    /** A small note for later steps, for example the id of the registry's run. */
    void note(String name, Map<String, String> texts) {
        SafeFiles.write(file(name), Json.ofTexts(texts).write());
    }

    Optional<SortedMap<String, String>> note(String name) {
        return Files.exists(file(name)) ? Optional.of(read(name).texts()) : Optional.empty();
    }

    void keepFigures(SortedMap<String, Double> figures) {
        SafeFiles.write(file(FIGURES), Json.ofNumbers(figures).write());
    }

    SortedMap<String, Double> figures() {
        return read(FIGURES).numbers();
    }

    private Json read(String name) {
        try {
            return Json.parse(SafeFiles.read(file(name)));
        } catch (ControlRoomException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    Reason.of(
                            "work-file-lost",
                            "work file {0} is lost or damaged; start a new run: {1}",
                            file(name),
                            e.getMessage()),
                    e);
        }
    }

    /** Deletes what only a restart of the run would need. */
    void deleteLargeFiles() {
        forgetMemory();
        SafeFiles.delete(file("snapshot.bin"));
        List.of(ModelFolder.EXTRACTOR, ModelFolder.CLASSIFIER).forEach(name -> SafeFiles.delete(model().resolve(name)));
    }

    /** Whether the folder has a finished model that is not registered yet. */
    private static boolean waitsForRegistry(Path run) {
        return Files.exists(run.resolve(FIGURES)) && !Files.exists(run.resolve(RegisterModel.VERSION_NOTE));
    }

    /** Deletes the oldest folders of other runs, so that failed runs do not fill the disk. */
    void deleteOldFolders() {
        Path runs = folder.toAbsolutePath().getParent();
        if (runs == null || !Files.isDirectory(runs)) {
            return;
        }
        try (Stream<Path> folders = Files.list(runs)) {
            Map<Boolean, List<Path>> others = folders.filter(Files::isDirectory)
                    .filter(other -> !other.getFileName().equals(folder.getFileName()))
                    .sorted(Comparator.comparing((Path other) -> other.toFile().lastModified())
                            .reversed())
                    .collect(Collectors.partitioningBy(RunWork::waitsForRegistry));
            others.getOrDefault(true, List.of()).stream().skip(KEPT_WAITING).forEach(SafeFiles::delete);
            others.getOrDefault(false, List.of()).stream().skip(KEPT_FOLDERS).forEach(SafeFiles::delete);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot list " + runs + ": " + e, e);
        }
    }
}
