package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.controlroom.telemetry.MetricNames;
import org.controlroom.telemetry.PrometheusTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards and rules say, held against what is counted. */
class MonitoringTest {

    private static final Path ROOT = SourceModule.root();

    @TempDir
    Path folder;

    /** Ours, and what this JVM shows of itself. */
    private static Set<String> metrics() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTelemetry telemetry = new PrometheusTelemetry().withJvm();
        telemetry.write(telemetry.format(null), out);
        Set<String> names = new TreeSet<>(MetricNames.ALL);
        out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .forEach(line -> names.add(line.split(" ", 4)[2]));
        assertThat(names).contains("jvm_memory_used_bytes", "process_cpu_seconds_total");
        return names;
    }

    @Test
    void everyMetricNamedInGrafanaAndPrometheusExists() throws IOException {
        List<Path> files = Monitoring.files(ROOT);
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(Monitoring.unknown(files, metrics())).isEmpty();
    }

    @Test
    void aMetricThatNobodyCountsIsFoundWhereverItIsNamed() throws IOException {
        Path rules = write("rules.yml", """
                - record: job:rakuten_predictions:rate5m
                  expr: sum by (job) (rate(rakuten_predictions_total{prdtypecode="a_b"}[5m]))
                - alert: A
                  expr: |
                    raktuen_predictions_total > 1
                      and on (job) rakuten_prediction_latency_seconds_bucket{le="0.1"} offset 1h
                - alert: B
                  expr: job:rakuten_predictions:rate1m > 0
                """);
        Path dashboard = write("dashboard.json", "{\"expr\": \"sum(jvm_memory_use_bytes{area=\\\"heap\\\"})\"}");
        Path readme = write("README.md", "See `controlroom_model_age_seconds`.");

        assertThat(Monitoring.unknown(List.of(rules, dashboard, readme), metrics()))
                .containsExactly(
                        rules + " names job:rakuten_predictions:rate1m",
                        rules + " names raktuen_predictions_total",
                        dashboard + " names jvm_memory_use_bytes",
                        readme + " names controlroom_model_age_seconds");
    }

    @Test
    void functionsLabelsAndNumbersAreNoMetrics() {
        assertThat(Monitoring.metrics("histogram_quantile(0.99, sum by (le, job) (rate(a_bucket[5m]))) * on (job)"
                        + " group_left (version) (b{x=~\"c|d\"} > bool 14.4 * 1e9) or time() - e offset 5m unless inf"))
                .containsExactly("a_bucket", "b", "e");
    }

    @Test
    void prometheusAcceptsConfigurationAndRulesAndItsTestsPass() throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(there)
                    .as("promtool is on the path; deploy/runtime/src/main/build/require.sh prometheus installs it")
                    .isTrue();
        }
        assertThat(there).as("promtool must be on the path where CI is true").isTrue();

        promtool(List.of("check", "config", "prometheus/prometheus.yml"));
        promtool(command("check", ROOT.resolve("prometheus/rules")));
        promtool(command("test", ROOT.resolve("prometheus/tests")));
    }

    private static List<String> command(String verb, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(verb, "rules"));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString).sorted().forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(3);
        return command;
    }

    private static void promtool(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        Path output = Files.createTempFile("promtool", ".out");
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroy();
        String said = Files.readString(output);
        Files.delete(output);
        assertThat(ended).as("%s ended in 5 minutes: %s", command, said).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
