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
import org.controlroom.core.dataset.LoadedData;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.port.Catalogue;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;

/** Copies the labelled catalogue into a training set, with its content hash and its split. */
final class SnapshotDataset {

    /** Below this, neither a hold-out figure nor a calibration means anything. */
    static final int MIN_ROWS = 10;

    private static final int REPORT_EVERY = 1_000;
    private static final String READING = "reading labelled products";

    private final Catalogue catalogue;
    private final InstantSource clock;

    SnapshotDataset(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** @throws ControlRoomException TRAINING_DATA_INVALID with counts, when the rows cannot be trained on */
    TrainingSet take(String runId, double testFraction, long seed, Progress progress) {
        Whole whole = read(progress);
        SortedMap<Integer, Long> counts = StratifiedSplit.counts(whole.part.labels());
        TrainingSet set = whole.split(testFraction, seed);
        catalogue.saveSnapshot(new DatasetSnapshot(
                set.hash(),
                runId,
                clock.instant(),
                set.train().rows(),
                set.test().rows(),
                counts));
        return set;
    }

    /**
     * The labelled catalogue as it is now, remembered nowhere.
     *
     * @throws ControlRoomException as {@link #take}
     */
    Whole read(Progress progress) {
        Rows rows = new Rows(progress, catalogue.totals().labelled());
        catalogue.forEachLabelled(rows::add);
        rows.report(rows.products.size()); // a load meanwhile may have changed the number
        int[] labels = Arrays.copyOf(rows.labels, rows.products.size());
        check(labels.length, StratifiedSplit.counts(labels));
        long[] ids = Arrays.copyOf(rows.ids, rows.products.size());
        return new Whole(
                HexFormat.of().formatHex(rows.digest.digest()), new TrainingSet.Part(rows.products, ids, labels));
    }

    /** All labelled products, not split yet, and their hash. */
    record Whole(String hash, TrainingSet.Part part) {

        TrainingSet split(double testFraction, long seed) {
            boolean[] held = held(testFraction, seed);
            return new TrainingSet(hash, choose(held, false), choose(held, true));
        }

        /** Whether each row is held out. */
        boolean[] held(double testFraction, long seed) {
            return StratifiedSplit.choose(part.ids(), part.labels(), testFraction, seed);
        }

        private TrainingSet.Part choose(boolean[] held, boolean wanted) {
            return SnapshotDataset.part(part.products(), part.ids(), part.labels(), held, wanted);
        }
    }

    /** Where the rows came from, for the registry. */
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
        String found = rows + " labelled rows in " + counts.size() + " classes " + counts;
        if (rows < MIN_ROWS) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID, found + "; must be " + MIN_ROWS + " rows or more");
        }
        if (counts.values().stream().filter(count -> count >= 2).count() < 2) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID, found + "; must be 2 classes or more with 2 rows or more each");
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
        private final MessageDigest digest = SafeFiles.newSha256();
        private final ByteBuffer numbers = ByteBuffer.allocate(12);
        private final List<Product> products = new ArrayList<>();
        private long[] ids = new long[1 << 12];
        private int[] labels = new int[1 << 12];

        private final long expected;

        Rows(Progress progress, long expected) {
            this.progress = progress;
            this.expected = expected;
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
            int at = products.size();
            if (at == ids.length) {
                ids = Arrays.copyOf(ids, at * 2);
                labels = Arrays.copyOf(labels, at * 2);
            }
            ids[at] = row.productId();
            labels[at] = label;
            products.add(row.product());
            digest.update(numbers.clear().putLong(row.productId()).putInt(label).array());
            update(row.product().designation());
            update(row.product().description());
            if (at % REPORT_EVERY == 0) {
                report(expected);
            }
        }

        private void update(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(numbers.clear().putInt(bytes.length).array(), 0, 4);
            digest.update(bytes);
        }
    }
}
