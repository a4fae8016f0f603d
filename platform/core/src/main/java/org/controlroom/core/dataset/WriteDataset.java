package org.controlroom.core.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.DatasetFiles;
import org.controlroom.core.port.DatasetFiles.Row;
import org.controlroom.core.port.DatasetFiles.Rows;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue twice: first for ids, labels and keys, which decide the split; then for the texts, which go straight
 * to the files. So memory holds no texts, however large the catalogue is.
 */
final class WriteDataset {

    /** Of the rules; another one gives other versions. */
    private static final String RULES = "control-room-dataset 2";

    private static final int REPORT_EVERY = 1_000;
    private static final int MIN_ROWS = 10;
    private static final int ID_DIGITS = 16;

    private final Catalogue catalogue;
    private final DatasetVersions versions;
    private final DatasetFiles format;
    private final Path folder;
    private final InstantSource clock;

    WriteDataset(Catalogue catalogue, DatasetVersions versions, DatasetFiles format, Path folder, InstantSource clock) {
        this.catalogue = catalogue;
        this.versions = versions;
        this.format = format;
        this.folder = folder;
        this.clock = clock;
    }

    Path folder(String id) {
        return folder.resolve(id);
    }

    /** Of one run, because another pipeline may write at the same time. */
    private Path parts(String runId) {
        return folder.resolve("run-" + runId + ".part");
    }

    /** What a kill in the middle of writing left. */
    void deleteParts(String runId) {
        SafeFiles.delete(parts(runId));
    }

    /**
     * Makes the version, or finds the one that the same request made before.
     *
     * @throws ControlRoomException TRAINING_DATA_INVALID when there are too few rows; CONFLICT when the catalogue changes
     *     while it is read
     */
    DatasetVersion write(String runId, DatasetParameters parameters, Progress progress) {
        CataloguePortion portion = new CataloguePortion(0, parameters.percentage(), parameters.portionSeed());
        List<Long> loads = LoadedData.of(catalogue).loadIds();
        DatasetRows rows = new DatasetRows();
        stream(portion, "reading products", progress, (row, number) -> rows.add(row, label(row)));
        if (rows.count() < MIN_ROWS) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of("dataset-few-rows", "{0} labelled rows; must be {1} or more", rows.count(), MIN_ROWS));
        }
        byte[] digest = rows.digest();
        progress.report("splitting", rows.count(), rows.count());
        long[] ids = rows.ids();
        byte[] sides = new StableSplit(ids, rows.labels(), rows.takeKeys(), DatasetRows.BLOCK)
                .decide(versions.sides(parameters.split()), parameters.testFraction(), parameters.seed());
        Balance balance = new Balance(rows, sides, parameters);
        String id = id(parameters, digest, sides, balance.cap());
        Optional<DatasetVersion> there = versions.find(id);
        if (there.isPresent() && isWhole(there.get())) {
            return there.get();
        }
        DatasetVersion version = version(id, runId, parameters, HexFormat.of().formatHex(digest), loads, balance);
        DatasetVersion written = writeFiles(version, portion, rows, sides, balance, progress);
        versions.save(written, parameters.split(), sides(ids, sides));
        return versions.find(id).orElse(written);
    }

    /** A version of which a file was lost is written again. */
    private boolean isWhole(DatasetVersion version) {
        return version.files().stream().allMatch(file -> {
            try {
                return Files.size(folder(version.id()).resolve(file.name())) == file.bytes();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static int label(LabelledProduct row) {
        Integer label = row.label();
        if (label == null) {
            throw new IllegalStateException("product " + row.productId() + " of the labelled ones has no label");
        }
        return label;
    }

    private void stream(
            CataloguePortion portion, String what, Progress progress, ObjIntConsumer<LabelledProduct> consumer) {
        long total = catalogue.totals().labelled();
        int[] number = {0};
        int[] seen = {0};
        catalogue.forEachLabelled(row -> {
            if (seen[0]++ % REPORT_EVERY == 0) {
                progress.throwIfCancelled();
                progress.report(what, seen[0], Math.max(total, seen[0]));
            }
            if (portion.takes(row.productId())) {
                consumer.accept(row, number[0]++);
            }
        });
    }

    private static String id(DatasetParameters parameters, byte[] digest, byte[] sides, @Nullable Long cap) {
        MessageDigest all = SafeFiles.newSha256();
        String settings = String.join(
                "\n",
                RULES,
                Double.toString(parameters.percentage()),
                parameters.split(),
                parameters.balancingStrategy(),
                String.valueOf(cap));
        all.update(settings.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        all.update(digest);
        all.update(sides);
        return HexFormat.of().formatHex(all.digest()).substring(0, ID_DIGITS);
    }

    private DatasetVersion version(
            String id, String runId, DatasetParameters parameters, String hash, List<Long> loads, Balance balance) {
        List<DatasetVersion.ClassRows> classes = balance.classes();
        return new DatasetVersion(
                id,
                hash,
                runId,
                clock.instant(),
                loads,
                parameters.week(),
                parameters.percentage(),
                parameters.seed(),
                parameters.testFraction(),
                parameters.balancingStrategy(),
                balance.cap(),
                classes.stream().mapToLong(DatasetVersion.ClassRows::train).sum(),
                classes.stream().mapToLong(DatasetVersion.ClassRows::written).sum(),
                classes.stream().mapToLong(DatasetVersion.ClassRows::test).sum(),
                classes.stream().mapToLong(DatasetVersion.ClassRows::leftOut).sum(),
                classes,
                List.of(),
                null);
    }

    private DatasetVersion writeFiles(
            DatasetVersion version,
            CataloguePortion portion,
            DatasetRows rows,
            byte[] sides,
            Balance balance,
            Progress progress) {
        Path parts = parts(version.runId());
        SafeFiles.delete(parts);
        String train = "train_week_" + version.week() + format.ending();
        String test = "test" + format.ending();
        try {
            Files.createDirectories(parts);
            Map<String, String> about =
                    Map.of("control_room.dataset", version.id(), "control_room.hash", version.hash());
            try (Rows trainRows = format.create(parts.resolve(train), about);
                    Rows testRows = format.create(parts.resolve(test), about)) {
                ContentHash content = new ContentHash();
                stream(portion, "writing files", progress, (row, number) -> {
                    if (number >= rows.count() || rows.id(number) != row.productId()) {
                        throw changed();
                    }
                    content.add(row, label(row));
                    if (sides[number] == StableSplit.TEST) {
                        add(testRows, row, 1, 1);
                    } else if (sides[number] == StableSplit.TRAIN) {
                        add(trainRows, row, balance.times(number), balance.weight(label(row)));
                    }
                });
                if (!version.hash().equals(HexFormat.of().formatHex(content.digest()))) {
                    throw changed();
                }
                trainRows.finish();
                testRows.finish();
            }
            List<DatasetVersion.File> files = List.of(file(parts.resolve(train)), file(parts.resolve(test)));
            SafeFiles.delete(folder(version.id()));
            Files.move(parts, folder(version.id()), StandardCopyOption.ATOMIC_MOVE);
            return version.with(version.classes(), files);
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED, "cannot write dataset " + version.id() + " to " + folder + ": " + e, e);
        } finally {
            SafeFiles.delete(parts);
        }
    }

    private static ControlRoomException changed() {
        return new ControlRoomException(
                ErrorCode.CONFLICT,
                Reason.of("dataset-changed", "the catalogue changed while the dataset was written; start again"));
    }

    private static void add(Rows rows, LabelledProduct row, int times, double weight) {
        for (int copy = 0; copy < times; copy++) {
            rows.add(new Row(
                    row.productId(),
                    row.product().designation(),
                    row.product().description(),
                    row.imageId(),
                    label(row),
                    copy,
                    weight));
        }
    }

    private static DatasetVersion.File file(Path path) throws IOException {
        return new DatasetVersion.File(String.valueOf(path.getFileName()), Files.size(path), SafeFiles.sha256(path));
    }

    private static DatasetSides sides(long[] ids, byte[] sides) {
        long[] placed = new long[ids.length];
        boolean[] test = new boolean[ids.length];
        int count = 0;
        for (int row = 0; row < ids.length; row++) {
            if (sides[row] != StableSplit.LEFT_OUT) {
                placed[count] = ids[row];
                test[count++] = sides[row] == StableSplit.TEST;
            }
        }
        return new DatasetSides(Arrays.copyOf(placed, count), Arrays.copyOf(test, count));
    }
}
