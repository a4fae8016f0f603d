package org.controlroom.ui.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PipelinesTextsTest {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("org.controlroom.ui.pipelines", locale, NO_FALLBACK);
    }

    private static String pages() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("src/main/webapp"));
                Stream<Path> parts = Files.list(Path.of("src/main/webapp/WEB-INF/pipelines"))) {
            pages.filter(page -> String.valueOf(page.getFileName()).startsWith("pipelines"))
                    .forEach(files::add);
            parts.forEach(files::add);
        }
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(Files.readString(file));
        }
        return all.toString();
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(new TreeSet<>(bundle(Locale.FRENCH).keySet()))
                .isEqualTo(new TreeSet<>(bundle(Locale.ROOT).keySet()));
        assertThat(bundle(Locale.FRENCH).keySet())
                .allSatisfy(
                        key -> assertThat(bundle(Locale.FRENCH).getString(key)).isNotBlank());
    }

    @Test
    void everyTextOfThePagesExistsAndEveryTextIsUsed() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        TreeSet<String> beginnings = new TreeSet<>();
        Matcher matcher =
                Pattern.compile("pipelinesText\\['([a-z0-9.-]+)'(\\.concat)?").matcher(pages());
        while (matcher.find()) {
            (matcher.group(2) == null ? used : beginnings).add(matcher.group(1));
        }
        TreeSet<String> known = new TreeSet<>(bundle(Locale.ROOT).keySet());
        assertThat(known).containsAll(used);
        assertThat(beginnings).allSatisfy(start -> assertThat(known).anyMatch(key -> key.startsWith(start)));
        known.removeAll(used);
        // asked for by PipelineNames
        known.removeIf(key -> key.startsWith("pipeline.") || key.startsWith("status."));
        known.removeIf(key -> beginnings.stream().anyMatch(key::startsWith));
        assertThat(known).isEmpty();
    }
}
