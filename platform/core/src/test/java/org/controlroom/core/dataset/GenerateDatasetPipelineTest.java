package org.controlroom.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.controlroom.core.fake.FakeCatalogue;
import org.controlroom.core.fake.FakeDatasetFiles;
import org.controlroom.core.fake.FakeDatasetVersions;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateDatasetPipelineTest {

    @TempDir
    Path folder;

    private final FakeCatalogue catalogue = new FakeCatalogue();
    private final FakeDatasetVersions versions = new FakeDatasetVersions();
    private final FakeDatasetFiles files = new FakeDatasetFiles();
    private FakeRegistry registry;
    private GenerateDatasetPipeline pipeline;
    private int runs;

    @BeforeEach
    void make() {
        registry = new FakeRegistry(folder.resolve("registry"));
        pipeline = new GenerateDatasetPipeline(
                catalogue,
                versions,
                files,
                registry,
                folder.resolve("datasets"),
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
    }

    private DatasetVersion generate(Map<String, String> parameters) {
        FakeRun run = new FakeRun("run-" + ++runs, pipeline.complete(parameters));
        run.from("write-dataset", pipeline);
        return versions.find(run.outcome.get("dataset_version")).orElseThrow();
    }

    private List<String> lines(DatasetVersion version, int file) {
        try {
            return Files.readAllLines(
                            pipeline.file(version, version.files().get(file).name()))
                    .stream()
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Long> ids(DatasetVersion version, int file) {
        return lines(version, file).stream()
                .map(line -> Long.valueOf(line.split(" ")[0]))
                .toList();
    }

    @Test
    void aStepThatWasKilledAtItsEndIsDoneAgainAndTheRunClosedOnce() {
        catalogue.rows.addAll(families(200, new Random(3)));
        catalogue.completed(1, 0, 100);
        FakeRun run = new FakeRun("killed", pipeline.complete(Map.of()));
        run.from("write-dataset", pipeline);
        pipeline.ended("killed", RunStatus.FAILED, "the process ended");
        run.from("register-dataset", pipeline);

        assertThat(registry.allRuns()).singleElement().satisfies(made -> {
            assertThat(made.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(made.id()).isEqualTo(run.outcome.get("registry_run"));
        });
        pipeline.ended("killed", RunStatus.COMPLETED, "");
        assertThat(folder.resolve("datasets")).isDirectoryNotContaining("glob:**run-killed*");
    }

    @Test
    void aRunThatFailsAtTheRegistryEndsThereAndGoesOnWhenItIsRestarted() throws IOException {
        catalogue.rows.addAll(families(200, new Random(4)));
        catalogue.completed(1, 0, 100);
        FakeRun run = new FakeRun("away", pipeline.complete(Map.of()));
        registry.failOnceAfter("logParameters");
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> run.from("write-dataset", pipeline)))
                .hasMessageContaining("connection lost");
        Files.createDirectories(folder.resolve("datasets/run-away.part"));
        pipeline.ended("away", RunStatus.FAILED, "connection lost");
        assertThat(registry.allRuns())
                .singleElement()
                .satisfies(made -> assertThat(made.status()).isEqualTo(RunStatus.FAILED));
        assertThat(folder.resolve("datasets/run-away.part")).doesNotExist();

        run.from("register-dataset", pipeline);
        assertThat(registry.allRuns())
                .singleElement()
                .satisfies(made -> assertThat(made.status()).isEqualTo(RunStatus.COMPLETED));
    }

    /** Products of which most come from families of near-duplicates, in 5 classes. */
    private static List<LabelledProduct> families(int count, Random random) {
        List<String> vocabulary = IntStream.range(0, 3_000)
                .mapToObj(i -> "mot" + Integer.toString(i, 36) + (i % 7 == 0 ? "é" : ""))
                .toList();
        List<LabelledProduct> all = new ArrayList<>();
        while (all.size() < count) {
            int size = random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 1;
            String[] title = words(6, vocabulary, random);
            String[] text = words(40 + random.nextInt(60), vocabulary, random);
            int label = 1 + random.nextInt(5);
            for (int i = 0; i < size; i++) {
                String[] changed = text.clone();
                changed[random.nextInt(changed.length)] = vocabulary.get(random.nextInt(vocabulary.size()));
                String designation = String.join(" ", title) + (i == 0 ? "" : " modèle " + i);
                String description = String.join(random.nextBoolean() ? " " : "<br/>", changed);
                all.add(new LabelledProduct(
                        1_000 + all.size(),
                        new Product(
                                random.nextBoolean() ? designation.toUpperCase(java.util.Locale.ROOT) : designation,
                                "<p>" + description + "</p>"),
                        null,
                        label));
            }
        }
        return all;
    }

    private static String[] words(int count, List<String> vocabulary, Random random) {
        return random.ints(count, 0, vocabulary.size())
                .mapToObj(vocabulary::get)
                .toArray(String[]::new);
    }

    /** Pairs of neighbouring words, by other code than the one under test. */
    private static Set<String> pairs(Product product) {
        String text = (product.designation() + " " + product.description())
                .replaceAll("<[^>]*>", " ")
                .toLowerCase(java.util.Locale.ROOT);
        String[] words = text.strip().split("\\s+");
        return IntStream.range(1, words.length)
                .mapToObj(i -> words[i - 1] + " " + words[i])
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static double jaccard(Set<String> one, Set<String> two) {
        long both = one.stream().filter(two::contains).count();
        return (double) both / (one.size() + two.size() - both);
    }

    @Test
    void noProductChangesItsSideAndNoNearDuplicatesArePartedWhileTheCatalogueGrows() {
        Random random = new Random(3);
        List<LabelledProduct> all = families(2_500, random);
        Map<Long, Set<String>> pairs = new HashMap<>();
        all.forEach(product -> pairs.put(product.productId(), pairs(product.product())));
        Map<Long, Boolean> sides = new HashMap<>();
        int near = 0;
        for (int week = 1; week <= 21; week++) {
            int percent = 40 + 3 * (week - 1);
            CataloguePortion loaded = new CataloguePortion(0, percent, 0);
            catalogue.rows.clear();
            all.stream().filter(one -> loaded.takes(one.productId())).forEach(catalogue.rows::add);
            catalogue.completed(week, week == 1 ? 0 : percent - 3, percent);

            DatasetVersion version = generate(Map.of());

            assertThat(version.week()).isEqualTo(week);
            assertThat(version.files().get(0).name()).isEqualTo("train_week_" + week + ".txt");
            assertThat(version.loadIds()).hasSize(week);
            List<Long> train = ids(version, 0);
            List<Long> test = ids(version, 1);
            assertThat(train.size() + test.size() + (int) version.leftOutRows()).isEqualTo(catalogue.rows.size());
            assertThat(version.leftOutRows()).isLessThan(catalogue.rows.size() / 50);
            train.forEach(id -> assertThat(sides.put(id, false)).isNotEqualTo(true));
            test.forEach(id -> assertThat(sides.put(id, true)).isNotEqualTo(false));
            for (long id : test) {
                Set<String> mine = pairs.get(id);
                for (long other : train) {
                    if (Math.abs(id - other) < 20 && jaccard(mine, pairs.get(other)) >= 0.8) {
                        near++;
                    }
                }
            }
            version.classes()
                    .forEach(one -> assertThat((double) one.test() / (one.test() + one.train()))
                            .as("class %d", one.label())
                            .isCloseTo(0.2, within(0.03)));
        }
        assertThat(near).as("near-duplicates on both sides").isZero();
        assertThat(sides.values()).contains(true, false);
        assertThat(nearDuplicates(all, pairs)).as("near-duplicates there are").isGreaterThan(500);
    }

    private static int nearDuplicates(List<LabelledProduct> all, Map<Long, Set<String>> pairs) {
        int near = 0;
        for (int i = 1; i < all.size(); i++) {
            near += jaccard(
                                    pairs.get(all.get(i - 1).productId()),
                                    pairs.get(all.get(i).productId()))
                            >= 0.8
                    ? 1
                    : 0;
        }
        return near;
    }

    @Test
    void theSameRequestTwiceIsTheSameVersionWithTheSameBytes() throws IOException {
        catalogue.rows.addAll(families(300, new Random(1)));
        catalogue.completed(1, 0, 100);

        DatasetVersion first = generate(Map.of("balancing_strategy", "oversample"));
        byte[] bytes = Files.readAllBytes(pipeline.file(first, "train_week_21.txt"));
        DatasetVersion second = generate(Map.of("balancing_strategy", "oversample"));

        assertThat(second).isEqualTo(first);
        assertThat(versions.versions).hasSize(1);
        Files.delete(pipeline.file(first, "train_week_21.txt"));
        assertThat(generate(Map.of("balancing_strategy", "oversample")).id()).isEqualTo(first.id());
        assertThat(Files.readAllBytes(pipeline.file(first, "train_week_21.txt")))
                .isEqualTo(bytes);
        assertThat(generate(Map.of()).id()).isNotEqualTo(first.id());
        assertThat(generate(Map.of("seed", "43")).id()).isNotEqualTo(first.id());
    }

    @Test
    void aProductThatResemblesBothSidesIsLeftOut() {
        String one = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu";
        String two = "un deux trois quatre cinq six sept huit neuf dix onze douze";
        catalogue.rows.addAll(families(60, new Random(2)));
        catalogue.add(1, "premier", one, 1).add(2, "second", two, 1).completed(1, 0, 97);
        versions.save(
                generate(Map.of()),
                "seed 42 test 0.2",
                new org.controlroom.core.model.DatasetSides(new long[0], new boolean[0]));
        versions.sides.get("seed 42 test 0.2").put(1L, false);
        versions.sides.get("seed 42 test 0.2").put(2L, true);
        catalogue.add(3, "premier", two, 1).completed(2, 97, 100);

        DatasetVersion version = generate(Map.of());

        assertThat(version.leftOutRows()).isEqualTo(1);
        assertThat(ids(version, 0)).contains(1L).doesNotContain(2L, 3L);
        assertThat(ids(version, 1)).contains(2L).doesNotContain(1L, 3L);
    }

    @Test
    void whereAChangedTextMakesTwoSidesAlikeTheTestStaysWhatItWas() {
        catalogue.rows.addAll(families(80, new Random(4)));
        catalogue.completed(1, 0, 100);
        DatasetVersion before = generate(Map.of());
        long train = ids(before, 0).get(0);
        long test = ids(before, 1).get(0);
        Product text = catalogue.rows.stream()
                .filter(row -> row.productId() == test)
                .findFirst()
                .orElseThrow()
                .product();
        catalogue.rows.replaceAll(
                row -> row.productId() == train ? new LabelledProduct(train, text, null, row.label()) : row);

        DatasetVersion after = generate(Map.of());

        assertThat(ids(after, 1)).isEqualTo(ids(before, 1));
        assertThat(ids(after, 0)).doesNotContain(train);
    }

    @Test
    void oversamplingFillsEachClassUpToTheCapAndTakesNothingAway() {
        for (int i = 0; i < 100; i++) {
            catalogue.add(i, "produit" + i + " numéro" + i, "", i < 80 ? 1 : 2);
        }
        catalogue.completed(1, 0, 100);

        DatasetVersion version = generate(Map.of("balancing_strategy", "oversample", "balanced_size", "50"));

        assertThat(version.classes())
                .extracting(DatasetVersion.ClassRows::written)
                .containsExactly(64L, 50L);
        assertThat(version.trainWritten()).isEqualTo(114);
        List<String> lines = lines(version, 0);
        assertThat(lines).hasSize(114).doesNotHaveDuplicates();
        Map<String, Long> times = lines.stream()
                .map(line -> line.split(" "))
                .filter(line -> line[1].equals("2"))
                .collect(Collectors.groupingBy(line -> line[0], Collectors.counting()));
        assertThat(times).hasSize(16);
        assertThat(times.values()).allMatch(count -> count == 3 || count == 4);
        assertThat(lines(version, 1)).allMatch(line -> line.endsWith(" 0 1.0"));
    }

    @Test
    void classWeightsMakeEveryClassWeighTheSame() {
        for (int i = 0; i < 100; i++) {
            catalogue.add(i, "produit" + i + " numéro" + i, "", i < 80 ? 1 : 2);
        }
        catalogue.completed(1, 0, 100);

        DatasetVersion version = generate(Map.of("balancing_strategy", "class_weights"));

        assertThat(version.trainWritten()).isEqualTo(version.trainRows()).isEqualTo(80);
        Map<String, Double> sums = lines(version, 0).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.groupingBy(
                        line -> line[1], Collectors.summingDouble(line -> Double.parseDouble(line[3]))));
        assertThat(sums.get("1")).isCloseTo(40, within(1e-9));
        assertThat(sums.get("2")).isCloseTo(40, within(1e-9));
    }

    @Test
    void aSmallerPercentageIsTheDatasetOfThatWeek() {
        catalogue.rows.addAll(families(400, new Random(6)));
        catalogue.completed(1, 0, 40).completed(2, 40, 43);

        DatasetVersion version = generate(Map.of("percentage", "40"));

        CataloguePortion portion = new CataloguePortion(0, 40, 0);
        assertThat(version.week()).isEqualTo(1);
        assertThat(version.trainRows() + version.testRows() + version.leftOutRows())
                .isEqualTo(catalogue.rows.stream()
                        .filter(row -> portion.takes(row.productId()))
                        .count());
        assertThat(failure(Map.of("percentage", "44"))).hasMessageContaining("at most 43.0, which is loaded");
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        catalogue.completed(1, 0, 40);
        ControlRoomException failure = problems(Map.of(
                "test_fraction", "0.7", "balancing_strategy", "magic", "balanced_size", "5", "size", "1", "seed", "x"));
        assertThat(failure.problems())
                .extracting(problem -> problem.field())
                .containsExactlyInAnyOrder("test_fraction", "balancing_strategy", "balanced_size", "size", "seed");
        assertThat(problems(Map.of("percentage", "101"))).hasMessageContaining("at most 100");
    }

    @Test
    void anEmptyCatalogueMakesNoDataset() {
        assertThat(failure(Map.of()).code()).isEqualTo(ErrorCode.TRAINING_DATA_INVALID);
        catalogue.completed(1, 0, 100);
        assertThat(failure(Map.of()).code()).isEqualTo(ErrorCode.TRAINING_DATA_INVALID);
    }

    private ControlRoomException failure(Map<String, String> parameters) {
        return catchThrowableOfType(ControlRoomException.class, () -> generate(parameters));
    }

    private ControlRoomException problems(Map<String, String> parameters) {
        return catchThrowableOfType(ControlRoomException.class, () -> pipeline.complete(parameters));
    }

    @Test
    void aLoadThatComesBetweenTheTwoReadingsIsNoticed() {
        catalogue.rows.addAll(families(50, new Random(7)));
        catalogue.completed(1, 0, 100);
        files.atCreate = () -> catalogue.rows.set(
                3, new LabelledProduct(catalogue.rows.get(3).productId(), new Product("autre", ""), null, 1));

        ControlRoomException failure = catchThrowableOfType(ControlRoomException.class, () -> generate(Map.of()));

        assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(versions.versions).isEmpty();
        assertThat(folder.resolve("datasets")).isEmptyDirectory();
        files.atCreate = () -> {};
        assertThat(generate(Map.of()).trainRows()).isPositive();
    }

    @Test
    void theRegistryHasFilesAndLineageOnceHoweverOftenTheStepIsTried() {
        catalogue.rows.addAll(families(50, new Random(8)));
        catalogue.completed(4, 0, 97).completed(5, 97, 100);
        FakeRun run = new FakeRun("run-9", pipeline.complete(Map.of()));
        pipeline.run("write-dataset", run);
        for (String call : List.of("startRun", "logParameters")) {
            registry.failOnceAfter(call);
            assertThat(catchThrowableOfType(ControlRoomException.class, () -> pipeline.run("register-dataset", run))
                            .code())
                    .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        }
        pipeline.run("register-dataset", run);

        assertThat(registry.allRuns()).hasSize(1);
        var logged = registry.allRuns().get(0);
        assertThat(logged.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(logged.parameters())
                .containsEntry("load_ids", "4-5")
                .containsEntry("percentage", "100.0")
                .containsEntry("seed", "42")
                .containsKey("sha256.train_week_21.txt");
        assertThat(registry.artifactFolder(logged.id()).resolve("dataset"))
                .isDirectoryContaining("glob:**train_week_21.txt")
                .isDirectoryContaining("glob:**test.txt");
        assertThat(versions.run(run.outcome.get("dataset_version"))).isEqualTo(logged.id());
    }
}
