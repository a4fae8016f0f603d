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
    private final LoadDataPipeline pipeline = new LoadDataPipeline(catalogue, new FakeCatalogueViews(catalogue));

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
}
