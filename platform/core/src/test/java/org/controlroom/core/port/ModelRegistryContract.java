package org.controlroom.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ModelRegistry} does. Names are unique to each test, because a real server keeps what tests leave. */
public abstract class ModelRegistryContract {

    @TempDir
    protected Path folder;

    private ModelRegistry registry;
    private String experiment;
    private String model;

    /** The registry under test; called once for each test. */
    protected abstract ModelRegistry registry() throws Exception;

    @BeforeEach
    void open() throws Exception {
        registry = registry();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        experiment = "experiment " + unique;
        model = "model_" + unique;
    }

    @Test
    void aRunKeepsWhatWasLoggedToIt() {
        String id = registry.startRun(experiment, "first", Map.of("author", "tester"));
        registry.logParameters(id, Map.of("C", "1.0", "solver", "l2 é"));
        registry.logMetrics(id, Map.of("f1_weighted", 0.5, "loss", 1e-9));
        registry.logMetrics(id, Map.of("f1_weighted", 0.75));
        registry.setTags(id, Map.of("author", "other", "empty", ""));

        ExperimentRun running = registry.run(id);
        assertThat(running.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(running.endedAt()).isNull();
        registry.endRun(id, RunStatus.COMPLETED);

        ExperimentRun run = registry.run(id);
        assertThat(run.experiment()).isEqualTo(experiment);
        assertThat(run.name()).isEqualTo("first");
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.endedAt()).isNotNull().isAfterOrEqualTo(run.startedAt());
        assertThat(run.parameters()).containsExactlyInAnyOrderEntriesOf(Map.of("C", "1.0", "solver", "l2 é"));
        assertThat(run.metrics()).containsExactlyInAnyOrderEntriesOf(Map.of("f1_weighted", 0.75, "loss", 1e-9));
        assertThat(run.tags()).containsEntry("author", "other");
    }

    @Test
    void aRunOfAnotherRegistryIsTakenOverWithItsTimes() throws IOException {
        ExperimentRun foreign = new ExperimentRun(
                "elsewhere",
                experiment,
                "foreign",
                RunStatus.FAILED,
                Instant.parse("2020-01-02T03:04:05.678Z"),
                Instant.parse("2020-01-02T04:00:00Z"),
                new TreeMap<>(Map.of("C", "1.0")),
                new TreeMap<>(Map.of("f1", 0.25)),
                new TreeMap<>(Map.of("note", "old")));
        String id = registry.importRun(foreign);
        registry.logArtifact(id, write(folder.resolve("a.txt"), "a"), "a.txt");

        ExperimentRun run = registry.run(id);
        assertThat(run).usingRecursiveComparison().ignoringFields("id", "tags").isEqualTo(foreign);
        assertThat(run.tags()).containsEntry("note", "old");
        assertThat(names("started_at", Map.of("started_before", "2021-01-01T00:00:00Z")))
                .containsExactly("foreign");
        assertThat(registry.artifacts(id)).containsExactly("a.txt");

        registry.finishImport(id, foreign);
        assertThat(registry.run(id)).as("nothing was missing").isEqualTo(run);
    }

    @Test
    void anEndedRunGoesOnWithWhatWasLoggedToIt() {
        String id = run("again");
        registry.logParameters(id, Map.of("C", "1.0"));
        registry.endRun(id, RunStatus.FAILED);
        registry.resumeRun(id);
        registry.resumeRun(id);

        ExperimentRun resumed = registry.run(id);
        assertThat(resumed.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(resumed.endedAt()).isNull();
        assertThat(resumed.parameters()).containsEntry("C", "1.0");
        registry.endRun(id, RunStatus.CANCELLED);
        assertThat(registry.run(id).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(registry.run(id).endedAt()).isNotNull();
    }

    @Test
    void aParameterIsLoggedAgainOnlyWithTheSameValue() {
        String id = run("parameters");
        registry.logParameters(id, Map.of("C", "1.0"));
        registry.logParameters(id, Map.of("C", "1.0"));

        assertFails(ErrorCode.CONFLICT, () -> registry.logParameters(id, Map.of("C", "2.0")));
        assertThat(registry.run(id).parameters()).containsEntry("C", "1.0");
    }

    @Test
    void metricsAreFinite() {
        String id = run("metrics");
        assertFails(ErrorCode.INVALID_INPUT, () -> registry.logMetrics(id, Map.of("f1", Double.NaN)));
        assertFails(ErrorCode.INVALID_INPUT, () -> registry.logMetrics(id, Map.of("f1", Double.POSITIVE_INFINITY)));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertFails(ErrorCode.NOT_FOUND, () -> registry.run("0123456789abcdef0123456789abcdef"));
        assertFails(
                ErrorCode.NOT_FOUND, () -> registry.logMetrics("0123456789abcdef0123456789abcdef", Map.of("a", 1.0)));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.resumeRun("0123456789abcdef0123456789abcdef"));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.version(model, "1"));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.setStage(model, "1", Stage.STAGING, false));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.setAlias(model, "production", "1"));
        String id = run("nothing logged");
        assertFails(ErrorCode.NOT_FOUND, () -> registry.fetchArtifact(id, "model", folder.resolve("out")));
        assertThat(registry.versionByAlias(model, "production")).isEmpty();
        registry.deleteAlias(model, "production");
    }

    @Test
    void namesOutsideTheLimitsAreRefused() {
        for (String name : List.of("", "a/b", "a:b", "x".repeat(251))) {
            assertFails(ErrorCode.INVALID_INPUT, () -> registry.startRun(name, "run", Map.of()));
            assertFails(ErrorCode.INVALID_INPUT, () -> registry.registerVersion(name, "run", Map.of()));
        }
        ModelVersion version = version();
        for (String alias : List.of("", "latest", "v7", "a:b")) {
            assertFails(ErrorCode.INVALID_INPUT, () -> registry.setAlias(model, alias, version.version()));
        }
    }

    @Test
    void runsAreFilteredSortedAndPaged() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = run("run " + i);
            if (i != 3) {
                registry.logMetrics(id, Map.of("f1", (i * 2 % 5) / 10.0));
            }
            ids.add(id);
        }
        registry.endRun(ids.get(1), RunStatus.FAILED);

        assertThat(names(null, Map.of())).containsExactly("run 4", "run 3", "run 2", "run 1", "run 0");
        assertThat(names("started_at", Map.of())).containsExactly("run 0", "run 1", "run 2", "run 3", "run 4");
        assertThat(names("-metrics.f1", Map.of()))
                .startsWith("run 2", "run 4", "run 1", "run 0")
                .endsWith("run 3");
        assertThat(names("metrics.f1", Map.of()))
                .startsWith("run 0", "run 1", "run 4", "run 2")
                .endsWith("run 3");
        assertThat(names(null, Map.of("status", "failed"))).containsExactly("run 1");
        assertThat(names(null, Map.of("name", "UN 4"))).containsExactly("run 4");
        assertThat(names("-name", Map.of())).startsWith("run 4").endsWith("run 0");
        assertFails(ErrorCode.INVALID_INPUT, () -> names("colour", Map.of()));
        assertFails(ErrorCode.INVALID_INPUT, () -> names(null, Map.of("colour", "red")));
    }

    @Test
    void allMistakesOfAQuestionAreNamedAtOnceAndInWordsOfOtherLanguages() {
        assertThat(mistakes(
                        registry::runs,
                        "size",
                        0,
                        Map.of(
                                "colour", "red",
                                "min_metrics.f1", "much",
                                "started_after", "yesterday",
                                "started_before", "2026-11-23T10:00:00Z",
                                "status", "odd")))
                .containsExactly(
                        "colour filter-unknown [[experiment, status, name, started_after, started_before,"
                                + " parameters.<key>, tags.<key>, min_metrics.<key>, max_metrics.<key>]]",
                        "min_metrics.f1 filter-number [much]",
                        "started_after filter-time [yesterday]",
                        "status filter-status [odd]",
                        "sort one-of [size, [started_at, name, status, metrics.<key>, parameters.<key>]]",
                        "limit range [0, 1, 500]");
        assertThat(mistakes(registry::versions, "size", 501, Map.of("colour", "red", "stage", "odd")))
                .containsExactly(
                        "colour filter-unknown [[name, stage]]",
                        "stage filter-stage [odd]",
                        "sort one-of [size, [created_at]]",
                        "limit range [501, 1, 500]");
    }

    @Test
    void aCursorThatIsNoneIsNamed() {
        run("one");
        version();
        for (Function<PageRequest, Page<?>> list :
                List.<Function<PageRequest, Page<?>>>of(registry::runs, registry::versions)) {
            ControlRoomException wrong = catchThrowableOfType(
                    ControlRoomException.class,
                    () -> list.apply(new PageRequest(new TreeMap<>(), null, "no-cursor", 10)));
            assertThat(wrong.problems())
                    .singleElement()
                    .satisfies(each -> assertThat(each.reason().key()).isEqualTo("cursor"));
        }
    }

    private static List<String> mistakes(
            Function<PageRequest, Page<?>> list, String sort, int limit, Map<String, String> filters) {
        ControlRoomException wrong = catchThrowableOfType(
                ControlRoomException.class,
                () -> list.apply(new PageRequest(new TreeMap<>(filters), sort, null, limit)));
        assertThat(wrong.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        return wrong.problems().stream()
                .map(each -> each.field()
                        + ' '
                        + each.reason().key()
                        + ' '
                        + each.reason().values())
                .toList();
    }

    @Test
    void aRunKnowsWhatItRead() {
        String id = run("inputs");
        DatasetInput train = new DatasetInput(
                "train", "0123456789abcdef", "control_room", "{\"load\": 7}", "{\"rows\": 60}", "training");
        DatasetInput test = new DatasetInput("test", "fedcba", "control_room", "{}", "", "");
        registry.logInput(id, train);
        registry.logInput(id, test);
        registry.logInput(id, train);

        assertThat(registry.inputs(id)).containsExactly(test, train);
        assertFails(ErrorCode.NOT_FOUND, () -> registry.logInput("0123456789abcdef0123456789abcdef", train));
        DatasetInput long37 = new DatasetInput("train", "x".repeat(37), "control_room", "{}", "", "");
        assertFails(ErrorCode.INVALID_INPUT, () -> registry.logInput(id, long37));
    }

    @Test
    void itSaysWhichOneItIsAndWhereARunIsShown() {
        assertThat(registry.kind()).isNotBlank();
        String id = run("shown");
        registry.page(id).ifPresent(page -> assertThat(page).startsWith("http").contains(id));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.page("0123456789abcdef0123456789abcdef"));
    }

    @Test
    void moreThanFitsInOneCallIsLoggedAllTheSame() {
        String id = run("many");
        Map<String, Double> metrics = new TreeMap<>();
        Map<String, String> parameters = new TreeMap<>();
        Map<String, String> tags = new TreeMap<>();
        for (int i = 0; i < 1_100; i++) {
            metrics.put("f1_class_" + i, i / 7.0);
        }
        for (int i = 0; i < 130; i++) {
            parameters.put("p" + i, "value " + i);
            tags.put("t" + i, "tag " + i);
        }
        registry.logMetrics(id, metrics);
        registry.logParameters(id, parameters);
        registry.setTags(id, tags);

        ExperimentRun run = registry.run(id);
        assertThat(run.metrics()).isEqualTo(metrics);
        assertThat(run.parameters()).isEqualTo(parameters);
        assertThat(run.tags()).containsAllEntriesOf(tags);
    }

    @Test
    void artifactsComeBackByteForByte() throws IOException {
        Path source = folder.resolve("source");
        write(source.resolve("MLmodel"), "flavors: {}\n");
        write(source.resolve("data/big.bin"), "x".repeat(200_000));
        String id = run("artifacts");
        registry.logArtifact(id, source, "model");
        registry.logArtifact(id, source.resolve("MLmodel"), "plots/copy.txt");

        assertThat(registry.artifacts(id)).containsExactly("model/MLmodel", "model/data/big.bin", "plots/copy.txt");
        Path copy = registry.fetchArtifact(id, "model", folder.resolve("out"));
        assertThat(copy).startsWith(folder.resolve("out"));
        assertThat(copy.resolve("data/big.bin")).hasSameBinaryContentAs(source.resolve("data/big.bin"));
        assertThat(copy.resolve("MLmodel")).hasContent("flavors: {}\n");
        assertThat(registry.fetchArtifact(id, "plots/copy.txt", folder.resolve("one")))
                .hasContent("flavors: {}\n");
    }

    @Test
    void anArtifactIsVerifiedWhereItIs() throws IOException {
        String id = run("verified");
        write(folder.resolve("source/0.bin"), "longer than the next");
        registry.logArtifact(id, write(folder.resolve("source/a.txt"), "a").getParent(), "model");
        registry.verifyArtifact(id, "model");
        registry.verifyArtifact(id, "model/a.txt");
        assertFails(ErrorCode.NOT_FOUND, () -> registry.verifyArtifact(id, "plots"));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.verifyArtifact("none", "model"));
    }

    @Test
    void anArtifactLoggedAgainIsReplaced() throws IOException {
        String id = run("again");
        registry.logArtifact(id, write(folder.resolve("a.txt"), "one"), "notes/a.txt");
        registry.logArtifact(id, write(folder.resolve("b.txt"), "kept"), "notes/b.txt");
        registry.logArtifact(id, write(folder.resolve("a.txt"), "two, longer"), "notes/a.txt");

        assertThat(registry.artifacts(id)).containsExactly("notes/a.txt", "notes/b.txt");
        Path copy = registry.fetchArtifact(id, "notes", folder.resolve("out"));
        assertThat(copy.resolve("a.txt")).hasContent("two, longer");
        assertThat(copy.resolve("b.txt")).hasContent("kept");
    }

    @Test
    void artifactPathsStayBelowTheRun() throws IOException {
        String id = run("paths");
        Path file = write(folder.resolve("a.txt"), "a");
        for (String path : List.of("", "../a", "/a", "a/../../b", "a//b", "./a")) {
            assertFails(ErrorCode.INVALID_INPUT, () -> registry.logArtifact(id, file, path));
            assertFails(ErrorCode.INVALID_INPUT, () -> registry.fetchArtifact(id, path, folder.resolve("out")));
        }
    }

    @Test
    void versionsAreNumberedFromOne() {
        ModelVersion first = version();
        ModelVersion second = registry.registerVersion(model, runWithModel(), Map.of("note", "second"));

        assertThat(first.version()).isEqualTo("1");
        assertThat(first.stage()).isEqualTo(Stage.NONE);
        assertThat(second.version()).isEqualTo("2");
        assertThat(second.tags()).containsEntry("note", "second");
        assertThat(registry.version(model, "2")).isEqualTo(second);
        Page<ModelVersion> page =
                registry.versions(new PageRequest(new TreeMap<>(Map.of("name", model)), null, null, 1));
        assertThat(page.items()).containsExactly(second);
        assertThat(registry.versions(new PageRequest(new TreeMap<>(Map.of("name", model)), null, page.next(), 1))
                        .items())
                .containsExactly(first);
    }

    @Test
    void theNextNumberIsToldRightlyOrNotAtAll() {
        assertThat(registry.nextVersion(model)).hasValue(1);
        version();
        version();
        assertThat(registry.nextVersion(model).orElse(3)).isEqualTo(3);
    }

    @Test
    void onlyARunWithAModelCanBeRegistered() {
        String id = run("no model");
        assertFails(ErrorCode.NOT_FOUND, () -> registry.registerVersion(model, id, Map.of()));
    }

    @Test
    void aVersionMayBeAnyFolderOfItsRun() throws IOException {
        String id = run("folders");
        registry.logArtifact(id, write(folder.resolve("one/weights.bin"), "one").getParent(), "candidates/one");
        registry.logArtifact(id, write(folder.resolve("two/weights.bin"), "two").getParent(), "candidates/two");
        ModelPlace second = new ModelPlace(id, "candidates/two");
        registry.registerVersion(model, new ModelPlace(id, "candidates/one"), Map.of());

        ModelVersion version = registry.registerVersion(model, second, Map.of());

        assertThat(registry.place(version)).isEqualTo(second);
        assertThat(registry.fetchModel(version, folder.resolve("out")).resolve("weights.bin"))
                .hasContent("two");
        registry.verifyModel(version);
        assertThat(registry.place(version()).folder()).isEqualTo("model");
        assertFails(
                ErrorCode.NOT_FOUND,
                () -> registry.registerVersion(model, new ModelPlace(id, "candidates/three"), Map.of()));
        assertFails(
                ErrorCode.INVALID_INPUT, () -> registry.registerVersion(model, new ModelPlace(id, "../one"), Map.of()));
    }

    @Test
    void runsAreFoundByParameterTagMetricAndTime() {
        for (int i = 0; i < 3; i++) {
            String id = run("run " + i);
            registry.logParameters(id, Map.of("seed", "" + (9 - i)));
            registry.setTags(id, Map.of("team", i == 1 ? "it's" : "other"));
            registry.logMetrics(id, Map.of("f1", i / 10.0));
        }

        assertThat(names(null, Map.of("parameters.seed", "8"))).containsExactly("run 1");
        assertThat(names(null, Map.of("tags.team", "it's"))).containsExactly("run 1");
        assertThat(names(null, Map.of("min_metrics.f1", "0.1"))).containsExactly("run 2", "run 1");
        assertThat(names(null, Map.of("max_metrics.f1", "0.1", "min_metrics.f1", "0.1")))
                .containsExactly("run 1");
        assertThat(names("parameters.seed", Map.of())).containsExactly("run 2", "run 1", "run 0");
        assertThat(names(null, Map.of("started_after", "2001-01-01T00:00:00Z"))).hasSize(3);
        assertThat(names(null, Map.of("started_before", "2001-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(names(null, Map.of("parameters.no'such", "8"))).isEmpty();
        assertFails(ErrorCode.INVALID_INPUT, () -> names(null, Map.of("min_metrics.f1", "much")));
        assertFails(ErrorCode.INVALID_INPUT, () -> names(null, Map.of("started_after", "yesterday")));
    }

    @Test
    void experimentsAreListedWithTheirRuns() {
        run("run 1");
        run("run 2");
        assertThat(registry.experiments())
                .filteredOn(one -> one.name().equals(experiment))
                .singleElement()
                .satisfies(one -> assertThat(one.runs()).isEqualTo(2));
    }

    @Test
    void aModelKnowsItsAliases() {
        assertFails(ErrorCode.NOT_FOUND, () -> registry.model(model));
        version();
        version();
        registry.setAlias(model, "production", "1");
        registry.setAlias(model, "champion", "2");

        assertThat(registry.model(model).latestVersion()).isEqualTo("2");
        assertThat(registry.model(model).aliases()).isEqualTo(Map.of("production", "1", "champion", "2"));
    }

    @Test
    void anAliasPointsAtOneVersion() {
        version();
        version();
        registry.setAlias(model, "production", "1");
        registry.setAlias(model, "production", "2");

        assertThat(registry.versionByAlias(model, "production"))
                .hasValueSatisfying(version -> assertThat(version.version()).isEqualTo("2"));
        assertThat(registry.version(model, "1").aliases()).isEmpty();
        assertThat(registry.version(model, "2").aliases()).containsExactly("production");
        assertFails(ErrorCode.NOT_FOUND, () -> registry.setAlias(model, "production", "3"));
        registry.deleteAlias(model, "production");
        assertThat(registry.versionByAlias(model, "production")).isEmpty();
    }

    @Test
    void aStageCanArchiveTheOthersInIt() {
        version();
        version();
        version();
        registry.setStage(model, "1", Stage.PRODUCTION, true);
        registry.setStage(model, "3", Stage.STAGING, true);
        registry.setStage(model, "2", Stage.PRODUCTION, true);

        assertThat(registry.version(model, "1").stage()).isEqualTo(Stage.ARCHIVED);
        assertThat(registry.version(model, "2").stage()).isEqualTo(Stage.PRODUCTION);
        assertThat(registry.version(model, "3").stage()).isEqualTo(Stage.STAGING);
        assertThat(registry.versions(new PageRequest(
                                new TreeMap<>(Map.of("name", model, "stage", "Production")), null, null, 10))
                        .items())
                .extracting(ModelVersion::version)
                .containsExactly("2");
    }

    @Test
    void versionTagsAreAddedAndReplaced() {
        registry.registerVersion(model, runWithModel(), Map.of("a", "1"));
        registry.setVersionTags(model, "1", Map.of("a", "2", "b", "3"));

        assertThat(registry.version(model, "1").tags()).containsEntry("a", "2").containsEntry("b", "3");

        registry.deleteVersionTag(model, "1", "a");
        registry.deleteVersionTag(model, "1", "never there");
        assertThat(registry.version(model, "1").tags()).containsExactly(Map.entry("b", "3"));
        assertFails(ErrorCode.NOT_FOUND, () -> registry.deleteVersionTag(model, "2", "a"));
    }

    @Test
    void fourThreadsGetFourVersions() throws Exception {
        String id = runWithModel();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<String> register =
                    () -> registry.registerVersion(model, id, Map.of()).version();
            HashSet<String> versions = new HashSet<>();
            for (Future<String> each : threads.invokeAll(List.of(register, register, register, register))) {
                versions.add(each.get());
            }
            assertThat(versions).containsExactlyInAnyOrder("1", "2", "3", "4");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void itAnswersAPingAndSaysWhereItIs() {
        registry.ping();
        assertThat(registry.address()).isNotBlank();
    }

    private List<String> names(String sort, Map<String, String> filters) {
        TreeMap<String, String> all = new TreeMap<>(filters);
        all.put("experiment", experiment);
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            Page<ExperimentRun> page = registry.runs(new PageRequest(all, sort, cursor, 2));
            page.items().forEach(run -> names.add(run.name()));
            cursor = page.next();
        } while (cursor != null);
        return names;
    }

    private String run(String name) {
        return registry.startRun(experiment, name, Map.of());
    }

    private String runWithModel() {
        String id = run("with model");
        try {
            registry.logArtifact(id, write(folder.resolve("MLmodel"), "flavors: {}\n"), "model/MLmodel");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return id;
    }

    private ModelVersion version() {
        return registry.registerVersion(model, runWithModel(), Map.of());
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        ControlRoomException failure = catchThrowableOfType(ControlRoomException.class, call);
        assertThat(failure).as("failure with " + code).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    }
}
