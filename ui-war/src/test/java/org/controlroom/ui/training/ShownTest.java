package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShownTest {

    private final Shown shown = new Shown();

    @Test
    void aDeploymentLeadsToTheRunOfWhicheverPipelineMadeIt() {
        assertThat(shown.runLink("weekly run-00000004")).isEqualTo("pipelines-run?id=run-00000004&pipeline=weekly");
        assertThat(shown.runLink("train-model run-00000003"))
                .isEqualTo("training-pipeline?id=run-00000003&pipeline=train-model");
    }

    @Test
    void aNumberIsWrittenInTheReadersLanguageWithTheDigitsThatItWasKeptWith() {
        assertThat(Shown.number("0.8680", Locale.FRENCH)).isEqualTo("0,8680");
        assertThat(Shown.number("8759", Locale.FRENCH)).isEqualTo("8\u202f759");
        assertThat(Shown.number("8759", Locale.ENGLISH)).isEqualTo("8,759");
    }

    @Test
    void aDeploymentByAPersonLeadsNowhere() {
        assertThat(shown.runLink("api")).isEmpty();
        assertThat(shown.runLink("somebody run-off")).isEmpty();
    }
}
