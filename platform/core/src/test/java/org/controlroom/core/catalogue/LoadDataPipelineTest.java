package org.controlroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.fake.FakeCatalogue;
import org.controlroom.core.fake.FakeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDataPipelineTest {

    @TempDir
    Path folder;

    private final FakeCatalogue catalogue = new FakeCatalogue();
    private final LoadDataPipeline pipeline = new LoadDataPipeline(catalogue);

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
    void missingFilesAndFoldersAreNamed() throws IOException {
        file("X_train_update.csv");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", folder.toString())))
                .hasMessageContaining("has neither Y_train_CVw08PX.csv nor Y_train_CVw08PX.csv.gz");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", "/no/such/place")))
                .hasMessageContaining("folder: /no/such/place does not exist");
        assertThatThrownBy(() -> pipeline.complete(Map.of("products", "/no/x.csv", "colour", "red")))
                .hasMessageContaining("colour: is not a parameter")
                .hasMessageContaining("products: /no/x.csv does not exist")
                .hasMessageContaining("labels: is missing; give folder, or both products and labels");
        assertThatThrownBy(() -> pipeline.complete(Map.of("folder", "a\u0000b")))
                .hasMessageContaining("is no path");
    }
}
