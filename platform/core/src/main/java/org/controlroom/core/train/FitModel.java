package org.controlroom.core.train;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.controlroom.core.artifact.Calibration;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.PythonCode;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/** Learns the three parts of a model from the training part of a snapshot, each part into its file. */
final class FitModel {

    private final Plugins plugins;
    private final TrainingRoom room;

    FitModel(Plugins plugins, TrainingRoom room) {
        this.plugins = plugins;
        this.room = room;
    }

    /** @return for people */
    String fitExtractor(RunWork work, TrainingParameters parameters, Progress progress) {
        try (Lease<FeatureExtractorFactory> lease =
                plugins.lease(FeatureExtractorFactory.class, parameters.extractor(), "0")) {
            TrainingContext context = context(parameters, parameters.extractorSettings(), progress);
            FeatureExtractor extractor =
                    counted(lease, () -> lease.service().fit(work.set().train().products(), context));
            SafeFiles.write(work.model().resolve(ModelFolder.EXTRACTOR), extractor::save);
            PythonCode.keep(work.model(), PythonCode.Part.EXTRACTOR, lease.pluginId(), lease.service());
            work.keepExtractor(use(lease, parameters.extractorSettings()), extractor.schema());
            FeatureMatrix matrix =
                    FeatureRows.extract(extractor, work.set().train().products(), context);
            work.keep(matrix);
            return lease.pluginId() + " " + lease.version() + ": " + matrix.columns() + " features, "
                    + matrix.rowOffsets()[matrix.rows()] / matrix.rows() + " a product on average";
        }
    }

    /** @return for people */
    String trainClassifier(RunWork work, TrainingParameters parameters, Progress progress) {
        FeatureMatrix matrix = matrix(work, parameters, progress);
        try (Lease<ClassifierTrainer> lease = plugins.lease(ClassifierTrainer.class, parameters.classifier(), "0")) {
            TrainingContext context = context(parameters, parameters.classifierSettings(), progress);
            Classifier classifier = train(lease, matrix, work.set().train().labels(), context);
            SafeFiles.write(work.model().resolve(ModelFolder.CLASSIFIER), classifier::save);
            PythonCode.keep(work.model(), PythonCode.Part.CLASSIFIER, lease.pluginId(), lease.service());
            work.keepClassifier(use(lease, parameters.classifierSettings()));
            return lease.pluginId() + " " + lease.version() + ": trained on " + matrix.rows() + " rows, "
                    + classifier.labels().size() + " labels";
        }
    }

    /**
     * Trains once more without a part of the training rows and fits the calibration to that part. The hold-out takes no
     * part in it. @return for people
     */
    String calibrate(RunWork work, TrainingParameters parameters, Progress progress) {
        FeatureMatrix matrix = matrix(work, parameters, progress);
        TrainingSet.Part train = work.set().train();
        int[] labels = train.labels();
        Labels codes = Labels.of(labels);
        boolean[] chosen = chosenForCalibration(train, parameters);
        // each product once, as it will come; and none of which a repetition was learnt
        int[] fold = IntStream.range(0, labels.length)
                .filter(row -> chosen[row] && !train.repeats(row))
                .toArray();
        int[] rest =
                IntStream.range(0, labels.length).filter(row -> !chosen[row]).toArray();
        float[][] scores;
        try (Lease<ClassifierTrainer> lease = plugins.lease(
                ClassifierTrainer.class,
                parameters.classifier(),
                work.classifier().range())) {
            TrainingContext context = context(parameters, parameters.classifierSettings(), progress);
            Classifier classifier = train(lease, matrix.select(rest), select(labels, rest), context);
            scores = scores(classifier, matrix, fold);
        }
        int[] targets =
                Arrays.stream(fold).map(row -> codes.indexOf(labels[row])).toArray();
        Calibration calibration = CalibrationFit.fit(scores, targets, codes.size());
        ModelFolder.writeCalibration(work.model(), calibration);
        work.forgetMatrix();
        return "calibrated on " + fold.length + " rows that the classifier had not seen, mean slope "
                + mean(calibration.scale());
    }

    /** Rows are in the order of product ids, so positions are as good as ids; another seed than the split's. */
    private static boolean[] chosenForCalibration(TrainingSet.Part train, TrainingParameters parameters) {
        int[] labels = train.labelsOfProducts();
        boolean[] products = StratifiedSplit.choose(
                IntStream.range(0, labels.length).asLongStream().toArray(),
                labels,
                parameters.calibrationFraction(),
                parameters.seed() + 1);
        boolean[] rows = new boolean[train.rows()];
        int product = -1;
        for (int row = 0; row < rows.length; row++) {
            product += train.repeats(row) ? 0 : 1;
            rows[row] = products[product];
        }
        return rows;
    }

    private static float mean(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static <T> T counted(Lease<?> lease, Supplier<T> work) {
        boolean done = false;
        try {
            T made = work.get();
            done = true;
            return made;
        } finally {
            lease.count(done);
        }
    }

    private static Classifier train(
            Lease<ClassifierTrainer> lease, FeatureMatrix matrix, int[] labels, TrainingContext context) {
        Classifier classifier = counted(lease, () -> lease.service().train(matrix, labels, context));
        if (!classifier.labels().equals(Labels.of(labels)) || classifier.featureCount() != matrix.columns()) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED,
                    lease.pluginId() + " " + lease.version() + " trained a classifier of labels " + classifier.labels()
                            + " and " + classifier.featureCount() + " features; must be " + Labels.of(labels) + " and "
                            + matrix.columns());
        }
        return classifier;
    }

    private static float[][] scores(Classifier classifier, FeatureMatrix matrix, int[] rows) {
        float[][] scores = new float[rows.length][classifier.labels().size()];
        FeatureVector vector = new FeatureVector();
        for (int i = 0; i < rows.length; i++) {
            matrix.row(rows[i], vector);
            classifier.score(vector, scores[i]);
            for (float score : scores[i]) {
                if (!Float.isFinite(score)) {
                    throw new ControlRoomException(
                            ErrorCode.PLUGIN_FAILED, "classifier scored " + score + "; scores must be finite");
                }
            }
        }
        return scores;
    }

    private static int[] select(int[] values, int[] positions) {
        return Arrays.stream(positions).map(position -> values[position]).toArray();
    }

    /** The vectors of the training rows; extracted again when the run was restarted in between. */
    private FeatureMatrix matrix(RunWork work, TrainingParameters parameters, Progress progress) {
        FeatureMatrix known = work.trainMatrix();
        if (known != null) {
            return known;
        }
        Path file = work.model().resolve(ModelFolder.EXTRACTOR);
        try (Lease<FeatureExtractorFactory> lease = plugins.lease(
                        FeatureExtractorFactory.class,
                        parameters.extractor(),
                        work.extractor().range());
                InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            FeatureMatrix matrix = FeatureRows.extract(
                    lease.service().load(in),
                    work.set().train().products(),
                    context(parameters, parameters.extractorSettings(), progress));
            work.keep(matrix);
            return matrix;
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    TrainingContext context(TrainingParameters parameters, Settings settings, Progress progress) {
        return new TrainingContext(settings, parameters.seed(), room.parallelism(), room.threads(), progress);
    }

    private static PluginUse use(Lease<?> lease, Settings settings) {
        return PluginUse.exactly(lease.pluginId(), lease.bundle(), lease.version(), settings.values());
    }
}
