package org.controlroom.core.train;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.TestRows;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Lets one or two versions answer the rows that the training of the first held out, as the catalogue has them now.
 * Thread-safe.
 */
public final class MeasureVersions {

    private final SnapshotDataset snapshot;
    private final ReadDataset datasets;
    private final TrainingRoom room;

    /** @param room whose threads answer; not those of a training, which may be busy for long */
    public MeasureVersions(Catalogue catalogue, ReadDataset datasets, TrainingRoom room, InstantSource clock) {
        this.snapshot = new SnapshotDataset(catalogue, datasets, clock);
        this.datasets = datasets;
        this.room = room;
    }

    /** A version and its model, which stays the caller's. */
    public record Version(String number, ServingModel model) {}

    /**
     * Answers of one version.
     *
     * @param labels code that it answered, for each row
     * @param confidence probability of that code
     */
    public record Answered(String version, int[] labels, float[] confidence, Evaluation evaluation) {}

    /**
     * What was found. Nobody writes to the arrays.
     *
     * @param products of the rows
     * @param truth code of each row's label
     * @param support rows of each label
     * @param baselineF1 weighted F1 of always answering the most frequent label of the other rows
     */
    public record Measurement(
            TestRows rows,
            List<Product> products,
            long[] ids,
            int[] truth,
            SortedMap<Integer, Long> support,
            double baselineF1,
            Answered first,
            @Nullable Answered second) {}

    /**
     * Measures, in seconds for ten thousands of rows.
     *
     * @throws org.controlroom.spi.ControlRoomException TRAINING_DATA_INVALID when there are too few labelled products;
     *     PLUGIN_FAILED, DATABASE_UNAVAILABLE
     */
    public Measurement measure(Version first, @Nullable Version second) {
        SnapshotDataset.Whole whole = snapshot.read(Progress.NONE);
        Map<String, String> provenance = first.model().manifest().provenance();
        HeldOut other = second == null ? HeldOut.USUAL : split(second);
        HeldOut heldOut = HeldOut.of(first.model().manifest(), other, datasets);
        TrainingSet set = whole.split(heldOut);
        TrainingSet.Part test = set.test();
        if (test.rows() == 0) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of(
                            "no-common-test-rows",
                            "no product of the catalogue is on the test side of the split '{0}' of version {1}; its dataset versions were made elsewhere",
                            provenance.get(HeldOut.SPLIT),
                            first.number()));
        }
        String hash = heldOut.sides() == null ? whole.hash() : whole.contentHash();
        boolean same = hash.equals(provenance.get("dataset_hash"));
        return new Measurement(
                new TestRows(first.number(), test.rows(), second == null ? 0 : other.seen(set), hash, same),
                test.products(),
                test.ids(),
                test.labels(),
                StratifiedSplit.counts(test.labels()),
                Evaluation.constantF1Weighted(
                        EvaluateModel.mostFrequent(set.train().labels()), test.labels()),
                answered(first, test),
                second == null ? null : answered(second, test));
    }

    private HeldOut split(Version version) {
        return HeldOut.of(version.model().manifest(), HeldOut.USUAL, datasets);
    }

    private Answered answered(Version version, TrainingSet.Part test) {
        Evaluation.Answers answers = EvaluateModel.answers(version.model(), test, room.answering());
        int[] codes = new int[test.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = answers.labels().code(answers.best()[row]);
        }
        return new Answered(version.number(), codes, answers.confidence(), Evaluation.of(answers, test.labels()));
    }
}
