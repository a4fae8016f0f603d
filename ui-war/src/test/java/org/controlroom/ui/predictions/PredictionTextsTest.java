package org.controlroom.ui.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionTextsTest {

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "org.controlroom.ui.predictions",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @Test
    void everyTextExistsInFrench() throws IOException {
        String french = Files.readString(Path.of("src/main/resources/org/controlroom/ui/predictions_fr.properties"));
        assertThat(bundle(Locale.ROOT).keySet())
                .allSatisfy(key -> assertThat(french).containsPattern("(?m)^" + Pattern.quote(key) + "=\\S"));
        assertThat(bundle(Locale.FRENCH).keySet()).isEqualTo(bundle(Locale.ROOT).keySet());
    }

    @Test
    void everyTextOfThePagesExists() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        List<Path> pages;
        try (Stream<Path> all = Files.walk(Path.of("src/main/webapp"))) {
            pages = all.filter(page -> page.toString().endsWith(".xhtml")).toList();
        }
        for (Path page : pages) {
            Matcher matcher =
                    Pattern.compile("predictionsText\\['([a-zA-Z0-9.]+)'\\]").matcher(Files.readString(page));
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }
        assertThat(used).hasSizeGreaterThan(50);
        assertThat(bundle(Locale.ROOT).keySet()).containsAll(used);
    }

    @Test
    void aNumberOfTermsReadsRightInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            MessageFormat rest = new MessageFormat(bundle(locale).getString("why.rest"), locale);
            assertThat(rest.format(new Object[] {1234})).contains("234 ");
            assertThat(rest.format(new Object[] {1})).doesNotContain("{").doesNotContain("1");
            assertThat(rest.format(new Object[] {0})).doesNotContain("0");
        }
    }
}
