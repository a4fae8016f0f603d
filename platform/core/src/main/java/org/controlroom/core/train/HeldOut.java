package org.controlroom.core.train;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.promote.PromotionPolicy;

/**
 * Which rows a training held out: the split is a hash of product id and seed, so it can be made again at any time.
 *
 * @param fraction of each label's rows
 */
record HeldOut(double fraction, long seed) {

    private static final String OF_CLASS = "f1_class_";

    /** As the model's provenance has it; one that was not trained here has none, and what is said otherwise holds. */
    static HeldOut of(Manifest manifest, HeldOut otherwise) {
        Map<String, String> provenance = manifest.provenance();
        try {
            double fraction = Double.parseDouble(provenance.getOrDefault("test_fraction", "?"));
            long seed = Long.parseLong(provenance.getOrDefault("seed", "?"));
            return fraction > 0 && fraction < 1 ? new HeldOut(fraction, seed) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** How many of the set's test rows a training with this split has learnt from. */
    int seen(TrainingSet set) {
        TrainingSet.Part train = set.train();
        TrainingSet.Part test = set.test();
        long[] ids = new long[train.rows() + test.rows()];
        int[] labels = new int[ids.length];
        System.arraycopy(test.ids(), 0, ids, 0, test.rows());
        System.arraycopy(train.ids(), 0, ids, test.rows(), train.rows());
        System.arraycopy(test.labels(), 0, labels, 0, test.rows());
        System.arraycopy(train.labels(), 0, labels, test.rows(), train.rows());
        boolean[] held = StratifiedSplit.choose(ids, labels, fraction, seed);
        int seen = 0;
        for (int row = 0; row < test.rows(); row++) {
            seen += held[row] ? 0 : 1;
        }
        return seen;
    }

    /** What people should know of such rows. */
    static String remark(int seen) {
        return "the other version was split otherwise and may have learnt " + seen + " of these rows";
    }

    /** Figures under their metric names, as a training keeps them, sorted into those of the whole and of each label. */
    static PromotionPolicy.Measured measured(String version, Map<String, Double> figures) {
        SortedMap<String, Double> whole = new TreeMap<>();
        SortedMap<Integer, Double> f1 = new TreeMap<>();
        figures.forEach((name, value) -> {
            if (name.startsWith(OF_CLASS)) {
                f1.put(Integer.parseInt(name.substring(OF_CLASS.length())), value);
            } else if (!name.contains("_at_") && !name.startsWith("baseline_")) {
                whole.put(name, value);
            }
        });
        return new PromotionPolicy.Measured(version, whole, f1);
    }
}
