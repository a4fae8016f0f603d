package org.controlroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.fake.FakeCatalogue;
import org.controlroom.core.fake.FakeCatalogueViews;
import org.controlroom.core.fake.FakeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDataPipelineTest {

    @TempDir
    Path folder;

    private final FakeCatalogue catalogue = new FakeCatalogue();
    private final LoadDataPipeline pipeline =
            new LoadDataPipeline(catalogue, new FakeCatalogueViews(catalogue), PortionPlan.ALL);

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x");
    }

    @Test
    void aFolderIsLookedThroughForTheChallengesNames() throws IOException {
        file("X_train_update.csv.gz");
        file("Y_train_CVw08PX.csv");
        Map<String, String> complete = pipeline.complete(Map.of("folder", folder.toString()));
        assertThat(complete.get("products")).endsWith("X_train_update.csv.gz");
        assertThat(pipeline.complete(complete)).isEqualTo(complete);

        FakeRun run = new FakeRun("12", complete);
        pipeline.run("load-catalogue", run);

        assertThat(catalogue.loads).containsExactly("load-12 X_train_update.csv.gz Y_train_CVw08PX.csv");
        assertThat(run.outcome).containsEntry("rows_rejected", "2").containsEntry("load_id", "7");
    }

    @Test
    void productsWithoutLabelsAreLoadedAlone() throws IOException {
        Map<String, String> complete =
                pipeline.complete(Map.of("products", file("X_test_update.csv").toString()));
        assertThat(complete).containsOnlyKeys("products");

        pipeline.run("load-catalogue", new FakeRun("13", complete));

        assertThat(catalogue.loads).containsExactly("load-13 X_test_update.csv null");
    }

    @Test
    void theCatalogueIsDescribedAfterTheLoad() {
        assertThat(pipeline.steps()).containsExactly("load-catalogue", "describe-catalogue");
        FakeRun run = new FakeRun("14", Map.of());
        pipeline.run("describe-catalogue", run);
        assertThat(run.outcome).containsEntry("products", "0").containsEntry("labelled", "0");
    }

    @Test
    void missingFilesAndFoldersAreNamed() throws IOException {
        file("X_train_update.csv");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", folder.toString())))
                .hasMessageContaining("has neither Y_train_CVw08PX.csv nor Y_train_CVw08PX.csv.gz");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", "/no/such/place")))
                .hasMessageContaining("folder: /no/such/place does not exist");
        assertThatThrownBy(() -> pipeline.complete(Map.of("products", "/no/x.csv", "colour", "red")))
                .hasMessageContaining("colour: is not a parameter")
                .hasMessageContaining("products: /no/x.csv does not exist");
        assertThatThrownBy(() -> pipeline.complete(Map.of("labels", "/no/y.csv")))
                .hasMessageContaining("products: is missing; give folder, or products and where there are labels");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", "a\u0000b")))
                .hasMessageContaining("is no path");
    }

    private Map<String, String> run(LoadDataPipeline growing, Map<String, String> parameters, String id) {
        Map<String, String> complete = growing.complete(parameters);
        growing.run("load-catalogue", new FakeRun(id, complete));
        return complete;
    }

    private LoadDataPipeline growing(double initial, double step) {
        return new LoadDataPipeline(
                catalogue, new FakeCatalogueViews(catalogue), new PortionPlan(initial, step, 5, folder.toString()));
    }

    @Test
    void theFolderOfThePlanIsLoadedPortionByPortionAndThenAgainAsAWhole() throws IOException {
        file("X_train_update.csv");
        file("Y_train_CVw08PX.csv");
        LoadDataPipeline growing = growing(40, 30);

        Map<String, String> first = run(growing, Map.of(), "1");
        assertThat(first)
                .containsEntry("from_percent", "0")
                .containsEntry("percent", "40")
                .containsEntry("seed", "5");
        assertThat(growing.next()).isEqualTo(new LoadDataPipeline.NextPortion(folder.toString(), 40, 40, 70));
        for (int run = 2; run <= 4; run++) {
            run(growing, Map.of(), String.valueOf(run));
        }

        assertThat(catalogue.loads)
                .extracting(load -> load.replaceFirst(".*csv ?", ""))
                .containsExactly("0.0..40.0", "40.0..70.0", "70.0..100.0", "");
        assertThat(growing.complete(first))
                .as("a restart takes the same portion")
                .isEqualTo(first);
    }

    @Test
    void withoutAFolderThereIsNoNextPortion() {
        assertThatThrownBy(pipeline::next).hasMessageContaining("controlroom.load.folder names one");
        assertThatThrownBy(() -> pipeline.complete(Map.of())).hasMessageContaining("products: is missing; give folder");
    }

    @Test
    void aPortionCanBeAskedFor() throws IOException {
        file("X_train_update.csv");
        file("Y_train_CVw08PX.csv");
        run(pipeline, Map.of("folder", folder.toString(), "percent", "12.5"), "1");
        assertThat(pipeline.complete(Map.of("folder", folder.toString(), "percent", "20")))
                .containsEntry("from_percent", "12.5")
                .containsEntry("percent", "20");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", folder.toString(), "percent", "10")))
                .hasMessageContaining("percent: 10; must be above 12.5");
        assertThatThrownBy(() -> pipeline.complete(
                        Map.of("folder", folder.toString(), "percent", "140", "from_percent", "-1", "seed", "x")))
                .hasMessageContaining("percent: '140' must be above 0 to 100")
                .hasMessageContaining("from_percent: '-1' must be 0 to 100")
                .hasMessageContaining("seed: 'x' is no whole number");
    }

    @Test
    void filesThatAreNamedAreLoadedWhole() throws IOException {
        String products = file("X_new.csv").toString();
        assertThat(growing(40, 3).complete(Map.of("products", products))).containsOnlyKeys("products");
    }
}
