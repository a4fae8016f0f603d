package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    /** Texts that are their keys and values. */
    @SuppressWarnings("UnnecessaryAssignment") // no container injects here
    private static Shown keys() {
        Shown shown = new Shown();
        shown.web = new Web() {
            @Override
            public Locale locale() {
                return Locale.FRENCH;
            }

            @Override
            String text(String key, Object... values) {
                return key + List.of(values);
            }

            @Override
            String textOr(String key, String otherwise) {
                return key.equals("progress.splitting") ? "division" : otherwise;
            }
        };
        return shown;
    }

    @Test
    void whatAStepIsDoingIsSaidInTheReadersLanguageWhereItIsKnown() {
        assertThat(keys().progress("splitting")).isEqualTo("division");
        assertThat(keys().progress("training L2R_LR")).isEqualTo("progress.training[L2R_LR]");
        assertThat(keys().progress("training L2R_LR (stopped at 1000 iterations)"))
                .isEqualTo("progress.training.stopped[L2R_LR, 1000]");
        assertThat(keys().progress("growing trees")).isEqualTo("growing trees");
        assertThat(keys().progress("")).isEmpty();
    }
}
