package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MenuEntryTest {

    @Test
    void aPageBelongsToTheLineThatItsNameBeginsWith() {
        assertThat(MenuEntry.areaOf("training-run")).isEqualTo("training");
        assertThat(MenuEntry.areaOf("predictions-history")).isEqualTo("predictions");
        assertThat(MenuEntry.areaOf("index")).isEqualTo("index");
    }

    @Test
    void thePageOfOneThingBelongsToTheLineOfAll() {
        assertThat(MenuEntry.areaOf("prediction")).isEqualTo("predictions");
    }

    @Test
    void aPageWithoutALineIsItsOwnArea() {
        assertThat(MenuEntry.areaOf("missing")).isEqualTo("missing");
    }
}
