package org.controlroom.core.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.ContentHash;
import org.controlroom.core.dataset.LoadedData;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.DatasetFiles;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;

/** Copies the labelled catalogue, or a dataset version, into a training set, with its content hash and its split. */
final class SnapshotDataset {

    /** Below this, neither a hold-out figure nor a calibration means anything. */
    static final int MIN_ROWS = 10;

    /** Keys of the reasons for which rows cannot be trained on. */
    static final String FEW_ROWS = "training-few-rows";

    static final String FEW_CLASSES = "training-few-classes";

    private static final int REPORT_EVERY = 1_000;
    private static final String READING = "reading labelled products";

    private final Catalogue catalogue;
    private final ReadDataset datasets;
    private final InstantSource clock;

    SnapshotDataset(Catalogue catalogue, ReadDataset datasets, InstantSource clock) {
        this.catalogue = catalogue;
        this.datasets = datasets;
        this.clock = clock;
    }

    /** @throws ControlRoomException TRAINING_DATA_INVALID with counts, when the rows cannot be trained on */
    TrainingSet take(String runId, double testFraction, long seed, Progress progress) {
        Whole whole = read(progress);
        TrainingSet set = whole.split(new HeldOut(testFraction, seed));
        save(runId, set, StratifiedSplit.counts(whole.part.labels()));
        return set;
    }

    /**
     * The parts of a dataset version, as its files have them.
     *
     * @throws ControlRoomException as {@link #take(String, double, long, Progress)}; as {@link ReadDataset#train}
     */
    TrainingSet take(String runId, DatasetVersion version, Progress progress) {
        Rows train = new Rows(progress, version.trainWritten(), false);
        datasets.train(version, progress, train::add);
        Rows test = new Rows(progress, version.testRows(), false);
        datasets.test(version, progress, test::add);
        TrainingSet set = new TrainingSet(version.hash(), train.part(), test.part());
        check(set.train().rows(), StratifiedSplit.counts(set.train().labels()));
        if (set.test().rows() == 0) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of("dataset-no-test-rows", "dataset {0} has no test rows; must be 1 or more", version.id()));
        }
        SortedMap<Integer, Long> counts = StratifiedSplit.counts(set.train().labelsOfProducts());
        StratifiedSplit.counts(set.test().labels()).forEach((label, rows) -> counts.merge(label, rows, Long::sum));
        save(runId, set, counts);
        return set;
    }

    private void save(String runId, TrainingSet set, SortedMap<Integer, Long> counts) {
        catalogue.saveSnapshot(new DatasetSnapshot(
                set.hash(),
                runId,
                clock.instant(),
                set.train().rows(),
                set.test().rows(),
                counts));
    }

    /**
     * The labelled catalogue as it is now, remembered nowhere.
     *
     * @throws ControlRoomException as {@link #take(String, double, long, Progress)}
     */
    Whole read(Progress progress) {
        Rows rows = new Rows(progress, catalogue.totals().labelled(), true);
        catalogue.forEachLabelled(rows::add);
        rows.report(rows.products.size()); // a load meanwhile may have changed the number
        TrainingSet.Part part = rows.part();
        check(part.rows(), StratifiedSplit.counts(part.labels()));
        return new Whole(
                HexFormat.of().formatHex(rows.digest.digest()), HexFormat.of().formatHex(rows.content.digest()), part);
    }

    /**
     * All labelled products, not split yet.
     *
     * @param hash as trainings on the catalogue name it
     * @param contentHash as dataset versions name it
     */
    record Whole(String hash, String contentHash, TrainingSet.Part part) {

        TrainingSet split(HeldOut heldOut) {
            boolean[] held = heldOut.held(part.ids(), part.labels());
            return new TrainingSet(hash, choose(held, false), choose(held, true));
        }

        private TrainingSet.Part choose(boolean[] held, boolean wanted) {
            return SnapshotDataset.part(part.products(), part.ids(), part.labels(), held, wanted);
        }
    }

    /** Where the rows of a dataset version came from, for the registry. */
    static Map<String, String> origin(DatasetVersion version) {
        return Map.of(
                "load_ids",
                new LoadedData(version.loadIds(), null).loadsText(),
                "week",
                Integer.toString(version.week()),
                RegisterModel.DATASET_VERSION,
                version.id(),
                HeldOut.SPLIT,
                ReadDataset.split(version),
                RegisterModel.DATASET_RUN,
                version.registryRun() == null ? "" : version.registryRun(),
                "balancing_strategy",
                version.balancingStrategy());
    }

    /** Where the rows of the catalogue came from, for the registry. */
    Map<String, String> origin() {
        LoadedData loaded = LoadedData.of(catalogue);
        CataloguePortion portion = loaded.portion();
        return Map.of(
                "load_ids",
                loaded.loadsText(),
                "week",
                portion == null ? "" : Integer.toString(LoadedData.week(portion.toPercent())));
    }

    private static void check(int rows, SortedMap<Integer, Long> counts) {
        if (rows < MIN_ROWS) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of(
                            "training-few-rows",
                            "{0} labelled rows in {1} classes {2}; must be {3} rows or more",
                            rows,
                            counts.size(),
                            counts,
                            MIN_ROWS));
        }
        if (counts.values().stream().filter(count -> count >= 2).count() < 2) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of(
                            "training-few-classes",
                            "{0} labelled rows in {1} classes {2}; must be 2 classes or more with 2 rows or more each",
                            rows,
                            counts.size(),
                            counts));
        }
    }

    private static TrainingSet.Part part(
            List<Product> products, long[] ids, int[] labels, boolean[] held, boolean wanted) {
        List<Product> chosen = new ArrayList<>();
        long[] chosenIds = new long[labels.length];
        int[] chosenLabels = new int[labels.length];
        for (int row = 0; row < labels.length; row++) {
            if (held[row] == wanted) {
                chosenIds[chosen.size()] = ids[row];
                chosenLabels[chosen.size()] = labels[row];
                chosen.add(products.get(row));
            }
        }
        return new TrainingSet.Part(
                chosen, Arrays.copyOf(chosenIds, chosen.size()), Arrays.copyOf(chosenLabels, chosen.size()));
    }

    /** Collects the rows and hashes id, label and texts of each, every text with its length before it. */
    private static final class Rows {
        private final Progress progress;
        private final boolean hashed;
        private final MessageDigest digest = SafeFiles.newSha256();
        private final ContentHash content = new ContentHash();
        private final ByteBuffer numbers = ByteBuffer.allocate(12);
        private final List<Product> products = new ArrayList<>();
        private long[] ids = new long[1 << 12];
        private int[] labels = new int[1 << 12];

        private final long expected;

        Rows(Progress progress, long expected, boolean hashed) {
            this.progress = progress;
            this.expected = expected;
            this.hashed = hashed;
        }

        TrainingSet.Part part() {
            return new TrainingSet.Part(
                    products, Arrays.copyOf(ids, products.size()), Arrays.copyOf(labels, products.size()));
        }

        void report(long total) {
            progress.throwIfCancelled();
            progress.report(READING, products.size(), Math.max(total, products.size()));
        }

        void add(LabelledProduct row) {
            Integer label = row.label();
            if (label == null) {
                return;
            }
            keep(row.productId(), row.product(), label);
            if (hashed) {
                content.add(row, label);
                digest.update(
                        numbers.clear().putLong(row.productId()).putInt(label).array());
                update(row.product().designation());
                update(row.product().description());
            }
            if (products.size() % REPORT_EVERY == 1) {
                report(expected);
            }
        }

        void add(DatasetFiles.Row row) {
            // repetitions share one copy of their texts
            boolean repeats = row.copy() > 0 && !products.isEmpty() && ids[products.size() - 1] == row.productId();
            keep(
                    row.productId(),
                    repeats ? products.get(products.size() - 1) : new Product(row.designation(), row.description()),
                    row.label());
        }

        private void keep(long id, Product product, int label) {
            int at = products.size();
            if (at == ids.length) {
                ids = Arrays.copyOf(ids, at * 2);
                labels = Arrays.copyOf(labels, at * 2);
            }
            ids[at] = id;
            labels[at] = label;
            products.add(product);
        }

        private void update(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(numbers.clear().putInt(bytes.length).array(), 0, 4);
            digest.update(bytes);
        }
    }
}
