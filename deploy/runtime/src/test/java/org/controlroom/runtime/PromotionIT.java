package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Decisions, comparisons, and promotions in a row while requests are answered. */
class PromotionIT {

    private static final String MODEL = "/api/v1/models/rakuten_classifier";
    private static final String PRODUCT = "{\"designation\":\"livre de poche pour la piscine\"}";
    private static final int CONNECTIONS = 32;
    private static final int PROMOTIONS = 20;

    @Test
    void whatThePolicyDecidesIsKeptAndPromotionsFailNoRequest() throws InterruptedException {
        try (Distribution server = TrainedServer.copy("promotion").with("CONTROLROOM_NODE_NAME", "node-7")) {
            server.start();
            JsonNode first = server.json(MODEL + "/decisions").path("items").path(0);
            assertThat(first.path("outcome").asText()).isEqualTo("promoted");
            JsonNode run = server.run("train-model", Map.of("preset", "original", "seed", "5"));
            String candidate = run.path("outcome").path("model_version").asText();
            theDecisionIsKept(server, run, candidate);
            theVersionsAreCompared(server, candidate);
            theRegistryIsLookedAtWhenItSays(server);
            promotionsUnderLoad(server, "1", candidate);
            theHistoryOfTheNodeHasThemAll(server);
        }
    }

    private static void theDecisionIsKept(Distribution server, JsonNode run, String candidate) {
        JsonNode kept = server.json(MODEL + "/decisions?version=" + candidate)
                .path("items")
                .path(0);
        assertThat(kept.path("outcome").asText())
                .isEqualTo(run.path("outcome").path("promotion").asText())
                .isEqualTo("refused");
        assertThat(kept.path("live_version").asText()).isEqualTo("1");
        JsonNode whole = server.json(MODEL + "/decisions/" + kept.path("id").asLong());
        assertThat(whole.path("classes")).hasSizeGreaterThan(20);
        assertThat(whole.path("metrics")).hasSize(5);
        assertThat(whole.path("checks")).hasSize(3);

        JsonNode dry = server.json(MODEL + "/versions/" + candidate + "/decision");
        assertThat(dry.path("id").isNull()).isTrue();
        assertThat(dry.path("outcome")).isEqualTo(whole.path("outcome"));
        assertThat(dry.path("metrics")).isEqualTo(whole.path("metrics"));
        assertThat(dry.path("classes")).isEqualTo(whole.path("classes"));
        assertThat(server.json(MODEL + "/decisions?version=" + candidate).path("items"))
                .hasSize(1);
        assertThat(server.get(MODEL + "/versions/1/decision").statusCode()).isEqualTo(409);
    }

    private static void theVersionsAreCompared(Distribution server, String candidate) {
        String route = MODEL + "/versions/" + candidate + "/compare/production";
        JsonNode found = server.json(route);
        long changed = found.path("changed").asLong();
        assertThat(changed).isPositive();
        assertThat(found.path("mc_nemar").path("p_value").asDouble()).isBetween(0.0, 1.0);
        List<JsonNode> rows = server.all(route + "/rows?limit=20");
        assertThat(rows).hasSize((int) changed);
        long worse = rows.stream()
                .filter(row -> row.path("change").asText().equals("worse"))
                .count();
        assertThat(found.path("mc_nemar").path("only_second").asLong()).isEqualTo(worse);
        assertThat(server.all(route + "/rows?change=worse")).hasSize((int) worse);
        assertThat(server.get(MODEL + "/versions/1/compare/1").statusCode()).isEqualTo(422);
    }

    private static void theRegistryIsLookedAtWhenItSays(Distribution server) {
        HttpResponse<String> taken = server.post(
                "/api/v1/registry/webhook",
                "{\"entity\":\"model_version_alias\",\"action\":\"created\",\"data\":{\"name\":\"rakuten_classifier\","
                        + "\"alias\":\"production\",\"version\":\"1\"}}");
        assertThat(taken.statusCode()).isEqualTo(202);
        Distribution.await(
                "a look at the registry",
                Duration.ofSeconds(10),
                () -> server.json("/api/v1/status")
                        .path("registry")
                        .path("production")
                        .asText()
                        .equals("1"));
        assertThat(server.get("/metrics").body()).contains("controlroom_registry_followed 1.0");
    }

    /** Each version answers in its own way, by which an answer that names the wrong one is found. */
    private static void promotionsUnderLoad(Distribution server, String one, String other) throws InterruptedException {
        Map<String, JsonNode> expected = new ConcurrentHashMap<>();
        for (String version : List.of(other, one)) {
            promote(server, version);
            expected.put(version, ask(server).path("probabilities"));
        }
        assertThat(expected.get(one)).isNotEqualTo(expected.get(other));

        AtomicLong answers = new AtomicLong();
        // Twice the number of promotions that are done, and one more while the next is under way.
        AtomicInteger phase = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        Map<String, Long> firstAnswer = new ConcurrentHashMap<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread client = new Thread(() -> {
                while (!ended.get()) {
                    int before = phase.get();
                    String version = "";
                    try {
                        HttpResponse<String> answer = server.post("/predict", PRODUCT);
                        int after = phase.get();
                        JsonNode body = Distribution.read(answer.body());
                        version = body.path("model_version").asText();
                        boolean settled = before == after && before % 2 == 0;
                        String last = before / 2 % 2 == 0 ? one : other;
                        if (!body.path("probabilities").equals(expected.get(version))
                                || (settled && !version.equals(last))) {
                            wrong.add("phase " + before + ".." + after + ": " + answer.statusCode() + " "
                                    + answer.body());
                        }
                    } catch (RuntimeException e) {
                        wrong.add(e.toString());
                    }
                    answers.incrementAndGet();
                    firstAnswer.putIfAbsent(version, System.nanoTime());
                }
            });
            client.start();
            clients.add(client);
        }
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= PROMOTIONS; i++) {
            String version = i % 2 == 0 ? one : other;
            awaitAnswers(answers, 2 * CONNECTIONS);
            phase.incrementAndGet();
            firstAnswer.remove(version);
            long start = System.nanoTime();
            promote(server, version);
            phase.incrementAndGet();
            Distribution.await(
                    "an answer of " + version, Duration.ofSeconds(10), () -> firstAnswer.containsKey(version));
            millis.add((firstAnswer.get(version) - start) / 1_000_000);
        }
        ended.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(wrong).isEmpty();
        Collections.sort(millis);
        System.out.println("promotion under load, ms: " + millis + ", " + answers.get() + " answers");
        assertThat(millis.get(PROMOTIONS / 2)).isLessThan(2_000);
    }

    private static void awaitAnswers(AtomicLong answers, int more) {
        long until = answers.get() + more;
        Distribution.await(more + " answers", Duration.ofSeconds(30), () -> answers.get() >= until);
    }

    private static void promote(Distribution server, String version) {
        HttpResponse<String> answer =
                server.post(MODEL + "/versions/" + version + "/promote", "{\"reason\":\"in turn\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode ask(Distribution server) {
        return Distribution.read(server.post("/predict", PRODUCT).body());
    }

    private static void theHistoryOfTheNodeHasThemAll(Distribution server) {
        List<JsonNode> entries = server.all(MODEL + "/deployments/nodes?node=node-7&limit=50");
        assertThat(entries).hasSize(1 + 2 + PROMOTIONS);
        assertThat(entries.get(0).path("version").asText()).isEqualTo("1");
        assertThat(entries.get(0).path("until").isNull()).isTrue();
        assertThat(entries.get(0).path("replaced").asText()).isNotEqualTo("1");
        assertThat(entries.get(0).path("reason").asText()).isEqualTo("in turn");
        assertThat(entries.get(1).path("until").asText())
                .isEqualTo(entries.get(0).path("since").asText());
        JsonNode oldest = entries.get(entries.size() - 1);
        assertThat(oldest.path("cause").asText()).isEqualTo("started");
    }
}
