package org.controlroom.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.PipelineRun;
import org.junit.jupiter.api.Test;

class LastFailedTest {

    private static PipelineRun failed(String id, String code) {
        return new PipelineRun(
                id,
                "load-data",
                "failed",
                Map.of(),
                List.of(),
                null,
                null,
                null,
                "why",
                code,
                null,
                Map.of(),
                "api",
                "node",
                null);
    }

    @Test
    void aRefusedFileDoesNotHideAFailureOfTheServer() {
        assertThat(HomePage.lastFailed(List.of(
                        failed("3", "CATALOGUE_INVALID"), failed("2", "STORAGE_FAILED"), failed("1", "INTERNAL"))))
                .returns("2", PipelineRun::id)
                .returns(false, PipelineRun::isRefused);
    }

    @Test
    void whereOnlyFilesWereRefusedTheNewestIsShown() {
        assertThat(HomePage.lastFailed(List.of(failed("2", "CATALOGUE_INVALID"), failed("1", "TRAINING_DATA_INVALID"))))
                .returns("2", PipelineRun::id)
                .returns(true, PipelineRun::isRefused);
        assertThat(HomePage.lastFailed(List.of())).isNull();
    }
}
