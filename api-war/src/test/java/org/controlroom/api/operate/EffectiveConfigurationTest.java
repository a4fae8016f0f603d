package org.controlroom.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EffectiveConfigurationTest {

    @Test
    void everyDocumentedKeyIsKnown() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher rows = Pattern.compile("(?m)^\\| `(controlroom\\.[a-zA-Z0-9.-]+)` \\|")
                .matcher(Files.readString(Path.of("../deploy/runtime/README.md")));
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        assertThat(new TreeSet<>(EffectiveConfiguration.DEFAULTS.keySet())).isEqualTo(documented);
    }

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
