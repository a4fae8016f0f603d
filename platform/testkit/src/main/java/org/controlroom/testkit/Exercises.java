package org.controlroom.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.controlroom.spi.drift.DriftDetector;
import org.controlroom.spi.drift.DriftSample;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/** Leads a plugin's component once through its life: train, save, load, use. */
final class Exercises {

    private static final Settings DEFAULTS = Settings.of(Map.of());

    private Exercises() {}

    /** @param model folder with a model, for a component that takes models made elsewhere */
    static void run(Object component, Optional<Path> model) throws IOException {
        if (component instanceof ClassifierTrainer trainer) {
            classify(trainer);
        } else if (component instanceof FeatureExtractorFactory factory) {
            extract(factory);
        } else if (component instanceof RawTextClassifierFactory factory) {
            read(factory, model.orElseThrow(() -> new AssertionError("the bundle test must override model()")));
        } else if (component instanceof DriftDetector detector) {
            compare(detector);
        } else {
            throw new AssertionError(component.getClass() + " implements no service of the SPI");
        }
    }

    private static void classify(ClassifierTrainer trainer) throws IOException {
        LabelledVectors data = LabelledVectors.separable(new SplittableRandom(1), 100, 1, 2, 3);
        Classifier trained =
                TrainingContexts.with(DEFAULTS, context -> trainer.train(data.vectors(), data.labels(), context));
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        trained.save(state);
        Classifier loaded = trainer.load(new ByteArrayInputStream(state.toByteArray()));
        FeatureVector vector = new FeatureVector();
        data.vectors().row(0, vector);
        loaded.score(vector, new float[3]);
    }

    private static void extract(FeatureExtractorFactory factory) throws IOException {
        List<Product> products = List.of(
                new Product("Chaise de jardin", "Chaise pliante en bois"),
                new Product("Table de jardin", ""),
                new Product("Chaise haute", "Pour la table du <b>jardin</b>"));
        FeatureExtractor fitted = TrainingContexts.with(DEFAULTS, context -> factory.fit(products, context));
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        fitted.save(state);
        FeatureExtractor loaded = factory.load(new ByteArrayInputStream(state.toByteArray()));
        loaded.extract(products.get(0), new FeatureVector());
    }

    private static void read(RawTextClassifierFactory factory, Path model) throws IOException {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        try (RawTextClassifier classifier = factory.read(model)) {
            classifier.save(state);
        }
        try (RawTextClassifier loaded = factory.load(new ByteArrayInputStream(state.toByteArray()))) {
            loaded.score(
                    new Product("Chaise", "de jardin"),
                    new float[loaded.labels().size()]);
        }
    }

    private static void compare(DriftDetector detector) {
        for (Class<? extends DriftSample> kind : detector.kinds()) {
            DriftSample sample = kind == DriftSample.Numeric.class
                    ? new DriftSample.Numeric(new double[] {1, 2, 3, 4})
                    : kind == DriftSample.Categorical.class
                            ? new DriftSample.Categorical(new TreeMap<>(Map.of("a", 3L, "b", 4L)))
                            : new DriftSample.Text(List.of("chaise", "table de jardin"));
            detector.compare(sample, sample, DEFAULTS);
        }
    }
}
