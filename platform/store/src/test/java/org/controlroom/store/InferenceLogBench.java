package org.controlroom.store;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/**
 * Appends a second from many threads. Run by hand: {@code java -cp … InferenceLogBench FOLDER THREADS SECONDS}.
 */
final class InferenceLogBench {

    private InferenceLogBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int threads = Integer.parseInt(args[1]);
        long seconds = Long.parseLong(args[2]);
        try (InferenceLog log = new InferenceLog(folder, 256L << 20, InstantSource.system())) {
            for (int round = 0; round < 3; round++) {
                round(log, threads, seconds);
            }
        }
    }

    private static void round(InferenceLog log, int threads, long seconds) throws InterruptedException {
        long[][] nanos = new long[threads][];
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        com.sun.management.ThreadMXBean beans = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        LongAdder appended = new LongAdder();
        long[] bytes = new long[threads];
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int number = t;
            Thread thread = new Thread(() -> {
                Prediction prediction = prediction(number);
                long[] taken = new long[400_000];
                int count = 0;
                long before = beans.getCurrentThreadAllocatedBytes();
                for (long now = System.nanoTime(); now < end; ) {
                    log.append(prediction);
                    long after = System.nanoTime();
                    if (count < taken.length) {
                        taken[count] = after - now;
                    }
                    count++;
                    now = after;
                }
                bytes[number] = beans.getCurrentThreadAllocatedBytes() - before;
                nanos[number] = Arrays.copyOf(taken, Math.min(count, taken.length));
                appended.add(count);
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        long[] sorted =
                Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%d threads: %,d appends/s, p50 %.1f us, p99 %.1f us, max %.1f ms, %d bytes allocated each%n",
                threads,
                appended.sum() / seconds,
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 0.99)] / 1e3,
                sorted[sorted.length - 1] / 1e6,
                Arrays.stream(bytes).sum() / appended.sum());
    }

    private static Prediction prediction(int number) {
        return new Prediction(
                "pred_0123456789abcdef" + number,
                Instant.now(),
                new Product("Chaise de jardin pliante en métal ".repeat(2), "Une belle \"chaise\" <br/>".repeat(20)),
                Labels.of(10, 20, 30),
                new float[] {0.1f, 0.87654f, 0.02346f},
                1,
                "rakuten_classifier",
                "3",
                "Production");
    }
}
