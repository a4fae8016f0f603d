package org.controlroom.core.train;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.promote.PromotionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a training held out. Of a training on the catalogue that is told by a hash of product id and seed, so it can be
 * made again at any time; of one on a dataset version by the side on which each product stands for good.
 *
 * @param fraction of each label's rows
 * @param sides of the products; null of a training on the catalogue
 */
record HeldOut(double fraction, long seed, @Nullable DatasetSides sides) {

    /** In a model's provenance: the split of the dataset version that it was trained on. */
    static final String SPLIT = "dataset_split";

    /** The split that trainings make when nothing else is asked for. */
    static final HeldOut USUAL = new HeldOut(0.2, 42);

    private static final String OF_CLASS = "f1_class_";

    HeldOut(double fraction, long seed) {
        this(fraction, seed, null);
    }

    /** As the model's provenance has it; one that was not trained here has none, and what is said otherwise holds. */
    static HeldOut of(Manifest manifest, HeldOut otherwise, ReadDataset datasets) {
        Map<String, String> provenance = manifest.provenance();
        String split = provenance.get(SPLIT);
        try {
            double fraction = Double.parseDouble(provenance.getOrDefault("test_fraction", "?"));
            long seed = Long.parseLong(provenance.getOrDefault("seed", "?"));
            if (!(fraction > 0 && fraction < 1)) {
                return otherwise;
            }
            return new HeldOut(fraction, seed, split == null ? null : datasets.sides(split));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Whether each row is held out. */
    boolean[] held(long[] ids, int[] labels) {
        DatasetSides known = sides;
        if (known == null) {
            return StratifiedSplit.choose(ids, labels, fraction, seed);
        }
        boolean[] held = new boolean[ids.length];
        for (int row = 0; row < ids.length; row++) {
            int at = known.indexOf(ids[row]);
            held[row] = at >= 0 && known.isTest(at);
        }
        return held;
    }

    /** How many of the set's test rows a training with this split has learnt from, or may have. */
    int seen(TrainingSet set) {
        TrainingSet.Part test = set.test();
        int seen = 0;
        DatasetSides known = sides;
        if (known != null) {
            for (long id : test.ids()) {
                int at = known.indexOf(id);
                seen += at >= 0 && !known.isTest(at) ? 1 : 0;
            }
            return seen;
        }
        TrainingSet.Part train = set.train();
        int products = train.labelsOfProducts().length;
        long[] ids = Arrays.copyOf(test.ids(), test.rows() + products);
        int[] labels = Arrays.copyOf(test.labels(), ids.length);
        int next = test.rows();
        for (int row = 0; row < train.rows(); row++) {
            if (!train.repeats(row)) {
                ids[next] = train.ids()[row];
                labels[next++] = train.labels()[row];
            }
        }
        boolean[] held = held(ids, labels);
        for (int row = 0; row < test.rows(); row++) {
            seen += held[row] ? 0 : 1;
        }
        return seen;
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
