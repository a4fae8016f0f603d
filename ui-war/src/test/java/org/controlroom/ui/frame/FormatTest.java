package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatTest {

    @Test
    void aTimeHasItsTwoLargestUnits() {
        assertThat(Format.seconds(Locale.ENGLISH, 0.00084)).isEqualTo("0.8 ms");
        assertThat(Format.seconds(Locale.ENGLISH, 0.42)).isEqualTo("420 ms");
        assertThat(Format.seconds(Locale.FRENCH, 12.34)).isEqualTo("12,3 s");
        assertThat(Format.seconds(Locale.ENGLISH, 245)).isEqualTo("4 min 5 s");
        assertThat(Format.seconds(Locale.ENGLISH, 12_000)).isEqualTo("3 h 20 min");
        assertThat(Format.seconds(Locale.FRENCH, 187_200)).isEqualTo("2 j 4 h");
    }

    @Test
    void bytesAreInUnitsOfAThousand() {
        assertThat(Format.bytes(Locale.ENGLISH, 999)).isEqualTo("999 B");
        assertThat(Format.bytes(Locale.ENGLISH, 999_900)).isEqualTo("1.0 MB");
        assertThat(Format.bytes(Locale.FRENCH, 12_300_000)).isEqualTo("12,3 Mo");
    }
}
