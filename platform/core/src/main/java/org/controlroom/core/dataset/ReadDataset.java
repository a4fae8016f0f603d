package org.controlroom.core.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.port.DatasetFiles;
import org.controlroom.core.port.DatasetFiles.Row;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;

/** Gives a dataset version back as it was written, whatever has become of the catalogue since. Thread-safe. */
public final class ReadDataset {

    private static final int CANCELLED_EVERY = 1_000;

    private final DatasetVersions versions;
    private final DatasetFiles format;
    private final Path folder;

    /** @param folder in which every version has a folder of its own */
    public ReadDataset(DatasetVersions versions, DatasetFiles format, Path folder) {
        this.versions = versions;
        this.format = format;
        this.folder = folder;
    }

    public Optional<DatasetVersion> find(String id) {
        return versions.find(id);
    }

    /** @throws ControlRoomException NOT_FOUND */
    public DatasetVersion version(String id) {
        return versions.find(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("dataset-version-unknown", "dataset version '{0}'", id)));
    }

    /** The split of a version, as {@link #sides} knows it. */
    public static String split(DatasetVersion version) {
        return DatasetParameters.split(version.seed(), version.testFraction());
    }

    /** On which side each product stands by now; of none when no version of this split was made here. */
    public DatasetSides sides(String split) {
        return versions.sides(split);
    }

    /**
     * The training part in the order of product ids, repetitions after their product.
     *
     * @throws ControlRoomException NOT_FOUND when its file is not on this node, STORAGE_FAILED when it is not the one that
     *     was written
     */
    public void train(DatasetVersion version, Progress progress, Consumer<Row> rows) {
        read(version, version.files().get(0), version.trainWritten(), "reading training rows", progress, rows);
    }

    /** The test part; as {@link #train}. */
    public void test(DatasetVersion version, Progress progress, Consumer<Row> rows) {
        read(version, version.files().get(1), version.testRows(), "reading test rows", progress, rows);
    }

    private void read(
            DatasetVersion version,
            DatasetVersion.File file,
            long total,
            String what,
            Progress progress,
            Consumer<Row> rows) {
        Path path = folder.resolve(version.id()).resolve(file.name());
        if (!Files.exists(path)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of(
                            "dataset-elsewhere",
                            "dataset {0}: {1} is not on this node; train on the node that made it, or make the version again here",
                            version.id(),
                            file.name()));
        }
        String found = SafeFiles.sha256(path);
        if (!found.equals(file.sha256())) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    "dataset " + version.id() + ": " + path + " has SHA-256 " + found + "; must be " + file.sha256()
                            + "; remove the folder and make the version again");
        }
        long[] count = {0};
        format.read(path, row -> {
            if (count[0]++ % CANCELLED_EVERY == 0) {
                progress.throwIfCancelled();
                progress.report(what, count[0], Math.max(total, count[0]));
            }
            rows.accept(row);
        });
        progress.report(what, count[0], count[0]);
    }
}
