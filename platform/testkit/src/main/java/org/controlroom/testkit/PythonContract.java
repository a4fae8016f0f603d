package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a plugin that {@link BringsPython} must do there: its Python code reads what it saves, and answers the same. Needs
 * the Python with numpy that {@code make test-tools} makes in {@code target/python/mlflow}; skipped without, unless CI is
 * set.
 */
public abstract class PythonContract {

    private static final int EXTRACTOR = 0;
    private static final int CLASSIFIER = 1;
    private static final String RECLASSIFIED = "\u1734\ud805\udf1e";
    private static final int[] CODES = {2705, -7, 10, 2280, Integer.MAX_VALUE, 40, Integer.MIN_VALUE};

    @TempDir
    private Path folder = Path.of("");

    /** A new component, as it is made when its bundle starts. */
    protected abstract BringsPython component();

    /** Complete settings, with all switched on that the Python code must know. */
    protected abstract Settings settings();

    @Test
    void theFilesAreAlwaysTheSameAndCanLieInOneFolder() {
        SortedMap<String, String> files = component().pythonFiles();
        assertThat(files).containsKey(BringsPython.ENTRY).isEqualTo(component().pythonFiles());
        assertThat(files.keySet()).allSatisfy(name -> assertThat(name).matches("[A-Za-z0-9_-]+\\.[a-z]+"));
    }

    @Test
    void thePythonCodeAnswersTheSame() throws IOException, InterruptedException {
        String python = "../../target/python/mlflow/bin/python";
        boolean there = run(python, "-c", "import numpy").startsWith("0 ");
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(there, python + " is not there or has no numpy; make test-tools makes it");
        }
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        ByteArrayOutputStream cases = new ByteArrayOutputStream();
        BringsPython component = component();
        if (component instanceof FeatureExtractorFactory factory) {
            extract(factory, state, new DataOutputStream(cases));
        } else {
            classify((ClassifierTrainer) component, state, new DataOutputStream(cases));
        }
        Files.write(folder.resolve("state"), state.toByteArray());
        Files.write(folder.resolve("cases"), cases.toByteArray());
        Path code = Files.createDirectory(folder.resolve("code"));
        for (Map.Entry<String, String> file : component.pythonFiles().entrySet()) {
            Files.writeString(code.resolve(file.getKey()), file.getValue());
        }
        try (InputStream script = Objects.requireNonNull(PythonContract.class.getResourceAsStream("compare.py"))) {
            Files.write(folder.resolve("compare.py"), script.readAllBytes());
        }

        String answer = run(python, folder.resolve("compare.py").toString(), code.toString(), folder.toString());

        assertThat(answer).as("seed %d", Seed.value()).matches("(?s)0 [1-9][0-9]+ .*are the same");
    }

    private void extract(FeatureExtractorFactory factory, ByteArrayOutputStream state, DataOutputStream cases)
            throws IOException {
        SplittableRandom random = Seed.random();
        List<Product> products = HostileProducts.ordinary(random, 300);
        FeatureExtractor extractor =
                TrainingContexts.with(settings(), 1, 2, Progress.NONE, context -> factory.fit(products, context));
        extractor.save(state);
        cases.writeInt(EXTRACTOR);
        cases.writeInt(extractor.schema().size());
        FeatureVector vector = new FeatureVector();
        for (Product product : HostileProducts.hostile(random)) {
            Product known = new Product(defined(product.designation()), defined(product.description()));
            extractor.extract(known, vector);
            write(known.designation(), cases);
            write(known.description(), cases);
            write(vector, cases);
        }
    }

    private void classify(ClassifierTrainer trainer, ByteArrayOutputStream state, DataOutputStream cases)
            throws IOException {
        SplittableRandom random = Seed.random();
        LabelledVectors data = LabelledVectors.separable(random, 400, CODES);
        Classifier classifier =
                TrainingContexts.with(settings(), context -> trainer.train(data.vectors(), data.labels(), context));
        classifier.save(state);
        cases.writeInt(CLASSIFIER);
        cases.writeInt(classifier.featureCount());
        cases.writeInt(CODES.length);
        for (int code : classifier.labels().toArray()) {
            cases.writeInt(code);
        }
        float[] scores = new float[CODES.length];
        for (int i = 0; i < 100; i++) {
            FeatureVector vector = LabelledVectors.randomVector(random, classifier.featureCount(), i);
            classifier.score(vector, scores);
            write(vector, cases);
            cases.writeInt(scores.length);
            for (float score : scores) {
                cases.writeFloat(score);
            }
        }
    }

    /**
     * Without characters that this JVM's Unicode does not have, for a newer one may call them letters, and without the
     * marks that Unicode 14 and 15 have put into another class: whose Unicode is older folds them otherwise.
     */
    private static String defined(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(c -> Character.isDefined(c) && RECLASSIFIED.indexOf(c) < 0)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    private static void write(FeatureVector vector, DataOutputStream out) throws IOException {
        out.writeInt(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            out.writeInt(vector.indices()[i]);
        }
        out.writeInt(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            out.writeFloat(vector.values()[i]);
        }
    }

    /** @return exit code and what was printed */
    private String run(String... command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8:backslashreplace");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return "-1 " + e.getMessage();
        }
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() + " " + new String(Files.readAllBytes(printed), StandardCharsets.UTF_8).strip();
    }
}
