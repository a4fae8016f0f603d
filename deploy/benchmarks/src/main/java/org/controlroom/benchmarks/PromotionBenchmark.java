package org.controlroom.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Promotions in a row under load: {@code URL PROMOTIONS FIGURES}. Trains a second version, promotes the two in turn, and
 * measures each from the request to the first answer of the promoted version, over connections that never stop asking.
 *
 * <p>An answer is wrong when its probabilities are not those of the version that it names, or when it names another version
 * than the last one promoted although no promotion was under way while it was asked for.
 */
public final class PromotionBenchmark {

    private static final int FAILURES_SAID = 5;
    private static final int CONNECTIONS = 32;
    private static final double LIMIT_MS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String MODEL = "/api/v1/models/rakuten_classifier/versions/";
    private static final String PRODUCT = "{\"designation\":\"Piscine tubulaire hors sol 4 m\"}";
    private static final Pattern VERSION = Pattern.compile("\"(?:model_version|version)\":\"(\\d+)\"");
    private static final Pattern PROBABILITIES = Pattern.compile("\"probabilities\":\\{[^}]*\\}");
    private static final Pattern RUN = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /** Twice the number of promotions that are done, and one more while the next is under way. */
    private final AtomicInteger phase = new AtomicInteger();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final Map<String, Long> firstAnswer = new ConcurrentHashMap<>();

    private PromotionBenchmark(String url) {
        this.url = url;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        new PromotionBenchmark(args[0]).measure(Integer.parseInt(args[1]), Figures.in(Path.of(args[2])));
    }

    private void measure(int promotions, Figures figures) throws IOException, InterruptedException {
        String one = found(VERSION, get(MODEL + "production"));
        String other = train();
        Map<String, String> expected = new ConcurrentHashMap<>();
        for (String version : List.of(other, one)) {
            promote(version);
            expected.put(version, probabilities(post("/predict", PRODUCT).body()));
        }
        Thread client = new Thread(() -> ask(one, other, expected), "client");
        client.start();
        double[] ms = new double[promotions];
        long begun = System.nanoTime();
        double perSecond;
        try {
            for (int i = 1; i <= promotions; i++) {
                String version = i % 2 == 0 ? one : other;
                long settled = answers.get() + 2 * CONNECTIONS;
                await(() -> answers.get() >= settled);
                phase.incrementAndGet();
                firstAnswer.remove(version);
                long start = System.nanoTime();
                promote(version);
                phase.incrementAndGet();
                await(() -> firstAnswer.containsKey(version));
                ms[i - 1] = (firstAnswer.getOrDefault(version, start) - start) / 1e6;
            }
            perSecond = answers.get() * 1e9 / (System.nanoTime() - begun);
        } finally {
            ended.set(true);
            client.join();
        }
        Arrays.sort(ms);
        String note = promotions + " promotions in turn, " + CONNECTIONS + " connections, " + answers + " answers";
        figures.atMost("slowest promotion until the new version answers", ms[promotions - 1], LIMIT_MS, "ms", note);
        figures.info("the same, median", Figures.median(ms), "ms", note);
        figures.info("answers meanwhile", perSecond, "requests/s", note);
        figures.atMost("failed requests meanwhile", (double) failed.get(), 0, "", note);
        figures.atMost("answers of a wrong version meanwhile", (double) wrong.get(), 0, "", note);
    }

    /** Keeps a request under way on each connection, as wrk does it with one thread. */
    private void ask(String one, String other, Map<String, String> expected) {
        Queue<KeptConnection> asked = new ArrayDeque<>();
        while (!ended.get()) {
            try {
                while (asked.size() < CONNECTIONS) {
                    asked.add(new KeptConnection(url, PRODUCT).send(phase.get()));
                }
                KeptConnection next = asked.remove();
                String answer = next.receive();
                int before = next.phase();
                int after = phase.get();
                asked.add(next.send(after));
                String version = found(VERSION, answer);
                boolean settled = before == after && before % 2 == 0;
                String last = before / 2 % 2 == 0 ? one : other;
                if (!probabilities(answer).equals(expected.get(version)) || (settled && !version.equals(last))) {
                    wrong.incrementAndGet();
                }
                firstAnswer.putIfAbsent(version, System.nanoTime());
                answers.incrementAndGet();
            } catch (IOException | IllegalStateException e) {
                failed(e.toString());
            }
        }
        asked.forEach(KeptConnection::close);
    }

    /** Counts it, and says the first few. */
    private void failed(String why) {
        if (failed.incrementAndGet() <= FAILURES_SAID) {
            System.out.println("    failed: " + why);
        }
    }

    /** @return the version that the training registered, which it did not promote */
    private String train() throws IOException, InterruptedException {
        HttpResponse<String> started = post(
                "/api/v1/pipelines/train-model/runs",
                "{\"parameters\":{\"preset\":\"original\",\"promote\":\"never\",\"seed\":\"5\"}}");
        String run = "/api/v1/pipelines/train-model/runs/" + found(RUN, started.body());
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            String now = get(run);
            String status = found(STATUS, now);
            if (status.equals("completed")) {
                return found(VERSION, now);
            }
            if (status.equals("failed") || status.equals("cancelled")) {
                throw new IOException(run + " " + status + ": " + now);
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        throw new IOException(run + " has not ended within " + PATIENCE);
    }

    private void promote(String version) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(MODEL + version + "/promote", "{\"reason\":\"benchmark\"}");
        if (answer.statusCode() != 200) {
            throw new IOException("promotion of version " + version + ": " + answer.body());
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String probabilities(String answer) {
        Matcher matcher = PROBABILITIES.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("no probabilities in " + answer);
        }
        return matcher.group();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IOException("nothing happened for 60 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
