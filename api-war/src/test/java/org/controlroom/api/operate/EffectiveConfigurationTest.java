package org.controlroom.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectiveConfigurationTest {

    @Test
    void aSecretIsMaskedWhereverItStands() {
        assertThat(EffectiveConfiguration.masked("hush", true)).isEqualTo(EffectiveConfiguration.MASK);
        assertThat(EffectiveConfiguration.masked("", true)).isEmpty();
        assertThat(EffectiveConfiguration.masked("jdbc:postgresql://me:hush@db/rakuten?ssl=true&password=hush", false))
                .doesNotContain("hush")
                .startsWith("jdbc:postgresql://me:")
                .contains("@db/rakuten?ssl=true");
        assertThat(EffectiveConfiguration.masked("jdbc:h2:file:/x;PASSWORD=hush;MODE=y", false))
                .isEqualTo("jdbc:h2:file:/x;PASSWORD=" + EffectiveConfiguration.MASK + ";MODE=y");
        assertThat(EffectiveConfiguration.masked("jdbc:h2:file:/x", false)).isEqualTo("jdbc:h2:file:/x");
    }
}
