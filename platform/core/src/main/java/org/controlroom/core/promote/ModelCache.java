package org.controlroom.core.promote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Local copies of artifacts, {@code MODEL/VERSION/model/} below one folder, so that a restart needs no registry. Written
 * by one thread at a time.
 */
final class ModelCache {

    private static final int KEPT_VERSIONS = 3;
    private static final String LAST = "last-live.json";

    /** Beside a copy: the run of the version and when it was registered. */
    private static final String ORIGIN = "origin.txt";

    private final Path root;
    private final ModelRegistry registry;
    private final TakeOverModel takeOver;

    ModelCache(Path root, ModelRegistry registry, TakeOverModel takeOver) {
        this.root = root;
        this.registry = registry;
        this.takeOver = takeOver;
    }

    /**
     * Whether there is a copy, good or damaged. Another registry may have a version of the same number: where no tag says
     * the manifest's checksum, the run must be the same.
     */
    boolean holds(ModelVersion version) {
        Path folder = versionFolder(version);
        return Files.isDirectory(folder.resolve("model"))
                && (version.tags().containsKey(ActivateModel.MANIFEST_TAG) || isOf(version, folder.resolve(ORIGIN)));
    }

    private static boolean isOf(ModelVersion version, Path origin) {
        return Files.isRegularFile(origin) && SafeFiles.read(origin).equals(origin(version));
    }

    private static String origin(ModelVersion version) {
        return version.runId() + ' ' + version.createdAt() + '\n';
    }

    /**
     * The folder with an undamaged copy of the artifact; asks the registry only when there is none. A damaged copy stays
     * until a good one is there, so that whoever looks finds what was damaged.
     *
     * @throws ControlRoomException as {@link ModelRegistry#fetchModel}, saying so when there is a copy and it is damaged;
     *     ARTIFACT_INVALID when the registry's is damaged; CONFLICT or PLUGIN_MISSING when others registered it and it
     *     cannot be served
     */
    Path folder(ModelVersion version) {
        Path folder = versionFolder(version).resolve("model");
        if (!holds(version)) {
            return fetch(version, folder);
        }
        try {
            check(version, folder);
            return folder;
        } catch (ControlRoomException damaged) {
            try {
                return fetch(version, folder);
            } catch (ControlRoomException e) {
                throw new ControlRoomException(
                        e.code(),
                        "the local copy is refused: " + damaged.getMessage() + "; and no other can be fetched: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private Path fetch(ModelVersion version, Path folder) {
        Path incoming = root.resolve(version.name()).resolve(version.version() + ".part");
        SafeFiles.delete(incoming);
        try {
            Files.createDirectories(incoming);
            Path fetched = registry.fetchModel(version, incoming);
            if (isForeign(version, fetched)) {
                fetched = takeOver(version, fetched, incoming.resolve("taken-over"));
            }
            check(version, fetched);
            SafeFiles.delete(versionFolder(version));
            Files.createDirectories(versionFolder(version));
            SafeFiles.write(versionFolder(version).resolve(ORIGIN), origin(version));
            Files.move(fetched, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write below " + root + ": " + e, e);
        } finally {
            SafeFiles.delete(incoming);
        }
        return folder;
    }

    /** Whether somebody else put it into the registry. */
    private static boolean isForeign(ModelVersion version, Path folder) {
        return !version.tags().containsKey(ActivateModel.MANIFEST_TAG)
                && !Files.exists(folder.resolve(ModelFolder.MANIFEST));
    }

    /** Every node does so by itself, and comes to the same: the same files give the same artifact. */
    private Path takeOver(ModelVersion version, Path files, Path model) throws IOException {
        SortedMap<String, String> provenance = new TreeMap<>(Map.of(
                "imported_from",
                "version " + version.version() + ", which was registered elsewhere, run " + version.runId()));
        try {
            ModelFolder.seal(
                    model,
                    takeOver.takeOver(files, TakeOverModel.USUAL_PLUGIN, provenance, model)
                            .draft());
            return model;
        } catch (ControlRoomException e) {
            List<String> names;
            try (Stream<Path> found = Files.list(files)) {
                names = found.map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
            }
            throw new ControlRoomException(
                    // Nothing is damaged: whoever registered it left something out.
                    e.code() == ErrorCode.ARTIFACT_INVALID ? ErrorCode.CONFLICT : e.code(),
                    "version " + version.version() + " was registered elsewhere, with the files " + names
                            + ", and cannot be served: " + e.getMessage()
                            + "; docs/python.md says what such a version must have",
                    e);
        }
    }

    private static void check(ModelVersion version, Path folder) {
        String expected = version.tags().get(ActivateModel.MANIFEST_TAG);
        Path manifest = folder.resolve(ModelFolder.MANIFEST);
        // First, because everything else is compared with what the manifest says.
        if (expected != null && Files.isRegularFile(manifest)) {
            String actual = SafeFiles.sha256(manifest);
            if (!expected.equals(actual)) {
                throw new ControlRoomException(
                        ErrorCode.ARTIFACT_INVALID,
                        "model artifact " + folder + ": manifest.json is damaged: SHA-256 is " + actual + ", must be "
                                + expected);
            }
        }
        ModelFolder.read(folder);
    }

    private Path versionFolder(ModelVersion version) {
        return root.resolve(version.name()).resolve(version.version());
    }

    /** Remembers which version is live, and forgets copies of older ones. */
    void remember(ModelVersion version) {
        Json json = new Json.Obj(new TreeMap<>(Map.of(
                "name", Json.of(version.name()),
                "version", Json.of(version.version()),
                "run_id", Json.of(version.runId()),
                "stage", Json.of(version.stage().title()),
                "aliases", new Json.Arr(version.aliases().stream().map(Json::of).toList()),
                "tags", Json.ofTexts(version.tags()),
                "created_at", Json.of(version.createdAt().toString()))));
        SafeFiles.write(root.resolve(version.name()).resolve(LAST), json.write());
        prune(version);
    }

    private void prune(ModelVersion live) {
        try (Stream<Path> folders = Files.list(root.resolve(live.name()))) {
            List<Path> byAge = folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(versionFolder(live)))
                    .sorted(Comparator.comparing(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .toList();
            byAge.stream().skip(KEPT_VERSIONS - 1L).forEach(SafeFiles::delete);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot list " + root + ": " + e, e);
        }
    }

    /** The version that was live last on this node; empty when none was, or the note is damaged. */
    Optional<ModelVersion> remembered(String model) {
        Path file = root.resolve(model).resolve(LAST);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Json json = Json.parse(SafeFiles.read(file));
            return Optional.of(new ModelVersion(
                    json.get("name").text(),
                    json.get("version").text(),
                    json.get("run_id").text(),
                    Stage.of(json.get("stage").text()),
                    new TreeSet<>(
                            json.get("aliases").items().stream().map(Json::text).toList()),
                    json.get("tags").texts(),
                    Instant.parse(json.get("created_at").text())));
        } catch (ControlRoomException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
