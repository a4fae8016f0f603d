package org.controlroom.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("org.controlroom.ui.messages", locale, NO_FALLBACK);
    }

    @Test
    void everyTextExistsInFrench() throws IOException {
        String french = Files.readString(Path.of("src/main/resources/org/controlroom/ui/messages_fr.properties"));
        assertThat(bundle(Locale.ROOT).keySet())
                .allSatisfy(key -> assertThat(french).containsPattern("(?m)^" + Pattern.quote(key) + "=\\S"));
        assertThat(bundle(Locale.FRENCH).keySet()).isEqualTo(bundle(Locale.ROOT).keySet());
    }

    @Test
    void everyTextOfThePagesExists() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        List<Path> pages = new ArrayList<>(List.of(Path.of("src/main/webapp/index.xhtml")));
        pages.add(Path.of("src/main/webapp/WEB-INF/template.xhtml"));
        try (Stream<Path> parts = Files.list(Path.of("src/main/webapp/resources/cr"))) {
            parts.forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher matcher = Pattern.compile("msg\\['([a-z0-9.]+)'\\]").matcher(Files.readString(page));
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }
        assertThat(used).hasSizeGreaterThan(20);
        assertThat(bundle(Locale.ROOT).keySet()).containsAll(used);
    }

    @Test
    void aTextWithAFigureReadsRightInBothLanguages() {
        assertThat(new MessageFormat(bundle(Locale.ROOT).getString("part.disk.good"), Locale.ENGLISH)
                        .format(new Object[] {"1 GB", "2 GB"}))
                .isEqualTo("1 GB of 2 GB free");
        assertThat(new MessageFormat(bundle(Locale.FRENCH).getString("model.none.train"), Locale.FRENCH)
                        .format(new Object[] {43798}))
                .doesNotContain("{", "''")
                .contains("798");
    }
}
