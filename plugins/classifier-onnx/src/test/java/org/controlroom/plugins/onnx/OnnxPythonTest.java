package org.controlroom.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.testkit.HostileProducts;
import org.controlroom.testkit.Seed;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Python code reads what the plugin saves, and answers the same. Needs the Python with onnxruntime that {@code make
 * test-tools} makes in {@code target/python/onnx}; skipped without, unless CI is set.
 */
class OnnxPythonTest {

    private static final String PYTHON = "../../target/python/onnx/bin/python";

    private static final String RECLASSIFIED = "\u1734\ud805\udf1e";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"linear", "tokens", "outside"})
    void thePythonCodeAnswersTheSame(String model) throws IOException, InterruptedException {
        boolean there = run(PYTHON, "-c", "import onnxruntime").startsWith("0 ");
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(there, PYTHON + " is not there or has no onnxruntime; make test-tools makes it");
        }
        OnnxClassifierFactory factory = new OnnxClassifierFactory();
        Path code = Files.createDirectory(folder.resolve("code"));
        for (Map.Entry<String, String> file : factory.pythonFiles().entrySet()) {
            Files.writeString(code.resolve(file.getKey()), file.getValue());
        }
        try (RawTextClassifier classifier = factory.read(Path.of("src/test/models", model));
                OutputStream state = Files.newOutputStream(folder.resolve("state"))) {
            classifier.save(state);
            Files.writeString(folder.resolve("cases.json"), cases(classifier), StandardCharsets.US_ASCII);
        }

        String answer = run(PYTHON, "src/test/python/compare_texts.py", code.toString(), folder.toString());

        assertThat(answer).as("seed %d", Seed.value()).matches("(?s)0 [1-9][0-9]+ score vectors are the same.*");
    }

    private static String cases(RawTextClassifier classifier) {
        List<Product> products = new ArrayList<>(HostileProducts.ordinary(Seed.random(), 100));
        products.addAll(HostileProducts.hostile(Seed.random()));
        products.add(new Product(
                "Étui ÉCRAN\u0130 n°5 \ud83d\ude00 \u4e2d\u6587", "l'\u00e9t\u00e9\u0000 \u2013 {designation}"));
        List<String> cases = new ArrayList<>();
        float[] scores = new float[classifier.labels().size()];
        for (Product hostile : products) {
            Product product = new Product(defined(hostile.designation()), defined(hostile.description()));
            classifier.score(product, scores);
            cases.add("{\"designation\":" + quoted(product.designation()) + ",\"description\":"
                    + quoted(product.description()) + ",\"scores\":" + Arrays.toString(scores) + "}");
        }
        return "{\"labels\":" + Arrays.toString(classifier.labels().toArray()) + ",\"cases\":["
                + String.join(",\n", cases) + "]}";
    }

    /** Without characters that this JVM's Unicode does not have, and those that Unicode 14 and 15 put into another class. */
    private static String defined(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(c -> Character.isDefined(c) && RECLASSIFIED.indexOf(c) < 0)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** In ASCII, for half characters are no UTF-8. */
    private static String quoted(String text) {
        return text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining("", "\"", "\""));
    }

    /** @return exit code and what was printed */
    private String run(String... command) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            return "-1 " + e.getMessage();
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() + " " + Files.readString(printed).strip();
    }
}
