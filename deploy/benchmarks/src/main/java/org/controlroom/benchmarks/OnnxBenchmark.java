package org.controlroom.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.controlroom.plugins.onnx.OnnxClassifierFactory;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;

/**
 * A scikit-learn pipeline against its own ONNX export in classifier-onnx: the same products, by turns in one run, in parts,
 * as the server answers a batch, on one thread and on as many as there are processors; scikit-learn uses one. Arguments: data
 * folder or empty, work folder, file of figures, the Python with scikit-learn and skl2onnx, the script onnx_peer.py.
 */
public final class OnnxBenchmark {

    private static final int TRAINING_ROWS = 10_000;
    private static final int ROWS = 4_000;

    /** As many as a thread of a batch is given. */
    private static final int ROWS_A_PART = 64;

    private static final int TURNS = 3;
    private static final int ROUNDS_A_TURN = 3;

    private OnnxBenchmark() {}

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Path.of(args[1]);
        Figures figures = Figures.in(Path.of(args[2]));
        BenchmarkData data = BenchmarkData.find(args[0], work);
        String folder = Files.createDirectories(work.resolve("model-onnx")).toString();
        List<String> python = List.of(args[3], "-W", "ignore", args[4]);
        run(python, "make", data.products().toString(), data.labels().toString(), folder, "" + TRAINING_ROWS);
        List<Product> products = data.texts();
        products = products.subList(0, Math.min(ROWS, products.size()));
        double theirs = 0;
        double ours = 0;
        double one = 0;
        double oneThread = 0;
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (RawTextClassifier classifier = new OnnxClassifierFactory().read(Path.of(folder))) {
            score(classifier, products, executor, 1, ROWS_A_PART);
            for (int turn = 0; turn < TURNS; turn++) {
                String rate = run(python, "rate", data.products().toString(), folder, "" + ROWS, "" + ROUNDS_A_TURN);
                theirs = Math.max(theirs, Double.parseDouble(rate));
                for (int round = 0; round < ROUNDS_A_TURN; round++) {
                    one = Math.max(one, score(classifier, products, executor, 1, 1));
                    oneThread = Math.max(oneThread, score(classifier, products, executor, 1, ROWS_A_PART));
                    ours = Math.max(ours, score(classifier, products, executor, threads, ROWS_A_PART));
                }
            }
        } finally {
            executor.shutdownNow();
        }
        figures.info("scikit-learn linear model", theirs, "products/s", "predict_proba of all at once");
        String parts = ROWS_A_PART + " products a call";
        figures.info(
                "the same as ONNX in classifier-onnx, one by one", one, "products/s", "one thread, as /predict asks");
        figures.atLeast(
                "the same as ONNX in classifier-onnx, one thread",
                oneThread,
                theirs / 2,
                "products/s",
                parts + "; target: half of scikit-learn's in the same run");
        figures.atLeast(
                "the same as ONNX in classifier-onnx",
                ours,
                theirs / 2,
                "products/s",
                threads + " threads, " + parts
                        + ", as /predict/batch asks; target: half of scikit-learn's in the same run");
    }

    /** @return products a second, each thread scoring all of them */
    private static double score(
            RawTextClassifier classifier, List<Product> products, ExecutorService executor, int threads, int rows)
            throws InterruptedException {
        Callable<Boolean> work = () -> {
            float[][] out = new float[rows][classifier.labels().size()];
            for (int from = 0; from < products.size(); from += rows) {
                classifier.scoreAll(products.subList(from, Math.min(products.size(), from + rows)), out);
            }
            return true;
        };
        long start = System.nanoTime();
        try {
            for (Future<Boolean> done : executor.invokeAll(Collections.nCopies(threads, work))) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("scoring failed", e);
        }
        return threads * products.size() / ((System.nanoTime() - start) * 1e-9);
    }

    private static String run(List<String> python, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(python);
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
        return printed;
    }
}
