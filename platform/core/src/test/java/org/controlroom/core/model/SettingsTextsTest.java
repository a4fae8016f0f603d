package org.controlroom.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.core.train.TrainingForm;
import org.controlroom.spi.Setting;
import org.controlroom.spi.SettingsSchema;
import org.junit.jupiter.api.Test;

class SettingsTextsTest {

    private static final SettingsSchema SCHEMA = new SettingsSchema(
            "Solver",
            "Solves.",
            List.of(new Setting("cost", "Cost", "What it costs.", "Double", false, "1", "0", "9", List.of())));
    private static final SettingsTexts FRENCH =
            new SettingsTexts(Map.of("fr", Map.of("name", "Solveur", "cost.name", "Coût")));

    @Test
    void theFirstWantedLanguageThatThereIsIsTaken() {
        List<Locale> wanted = List.of(Locale.GERMAN, Locale.CANADA_FRENCH, Locale.ENGLISH);
        assertThat(FRENCH.in(wanted, SCHEMA).name()).isEqualTo("Solveur");
        assertThat(FRENCH.in(List.of(Locale.UK, Locale.FRENCH), SCHEMA)).isEqualTo(SCHEMA);
        assertThat(FRENCH.in(List.of(new Locale("*")), SCHEMA)).isEqualTo(SCHEMA);
        assertThat(FRENCH.in(List.of(), SCHEMA)).isEqualTo(SCHEMA);
    }

    @Test
    void onlyNamesAndHelpChangeAndWhatHasNoTextStays() {
        SettingsSchema french = FRENCH.in(List.of(Locale.FRENCH), SCHEMA);
        assertThat(french.help()).isEqualTo("Solves.");
        assertThat(french.settings())
                .containsExactly(
                        new Setting("cost", "Coût", "What it costs.", "Double", false, "1", "0", "9", List.of()));
    }

    @Test
    void theSettingsOfATrainingAreAllInFrenchToo() {
        List<Setting> english = TrainingForm.of(List.of()).settings();
        List<Setting> french = TrainingForm.of(List.of(Locale.FRENCH)).settings();
        assertThat(french)
                .extracting(Setting::key)
                .isEqualTo(english.stream().map(Setting::key).toList());
        for (int i = 0; i < english.size(); i++) {
            assertThat(french.get(i).help()).isNotEqualTo(english.get(i).help());
        }
    }
}
