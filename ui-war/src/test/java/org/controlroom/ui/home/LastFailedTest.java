package org.controlroom.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.PipelineRun;
import org.junit.jupiter.api.Test;

class LastFailedTest {

    private static PipelineRun failed(String id, boolean refused) {
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
                "CODE",
                null,
                Map.of(),
                "api",
                "node",
                null,
                refused);
    }

    @Test
    void aRefusedFileDoesNotHideAFailureOfTheServer() {
        assertThat(HomePage.lastFailed(List.of(failed("3", true), failed("2", false), failed("1", false))))
                .returns("2", PipelineRun::id)
                .returns(false, PipelineRun::isRefused);
    }

    @Test
    void whereOnlyFilesWereRefusedTheNewestIsShown() {
        assertThat(HomePage.lastFailed(List.of(failed("2", true), failed("1", true))))
                .returns("2", PipelineRun::id)
                .returns(true, PipelineRun::isRefused);
        assertThat(HomePage.lastFailed(List.of())).isNull();
    }
}
