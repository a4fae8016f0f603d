package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

/** The pages know nothing of the platform's classes, but must have a title for each of its errors in both languages. */
class PageTextsTest {

    private static final Path TEXTS = SourceModule.root().resolve("ui-war/src/main/resources/org/controlroom/ui");

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(TEXTS.resolve(file))) {
            texts.load(in);
        }
        return texts;
    }

    @Test
    void everyErrorHasATitleInBothLanguages() throws IOException {
        Properties english = texts("messages.properties");
        Properties french = texts("messages_fr.properties");
        assertThat(Stream.of(ErrorCode.values()).map(code -> "problem.title." + code))
                .isNotEmpty()
                .allMatch(english::containsKey)
                .allMatch(french::containsKey)
                .noneMatch(key -> english.getProperty(key).equals(french.getProperty(key)));
    }

    @Test
    void everyReasonHasWordsInFrenchWithItsValues() throws IOException {
        SortedMap<String, String> sentences = new TreeMap<>();
        for (SourceModule module : SourceModule.all(SourceModule.root())) {
            // the pages read reasons and give none
            for (Path file : module.name().equals("ui-war") ? List.<Path>of() : module.files()) {
                Reasons.in(Files.readString(file)).forEach((key, sentence) -> {
                    String before = sentences.put(key, sentence);
                    assertThat(before).as("sentence of " + key).isIn(null, sentence);
                });
            }
        }
        Properties french = texts("reasons_fr.properties");
        TreeSet<String> keys = new TreeSet<>(french.stringPropertyNames());
        keys.removeIf(key -> key.startsWith("policy."));
        assertThat(sentences).hasSizeGreaterThan(100);
        assertThat(keys).isEqualTo(sentences.keySet());
        sentences.forEach((key, sentence) ->
                assertThat(Reasons.places(sentence)).as(key).containsAll(Reasons.places(french.getProperty(key))));
    }

    @Test
    void aReasonIsFoundAsItStandsInTheSource() {
        assertThat(
                        Reasons.in(
                                "throw new X(Reason.of(\n \"a-b\", \"one {0}\"\n + \" two\", value)); Reason.of(\"c\", \"d\");"))
                .containsExactly(Map.entry("a-b", "\"one {0} two\""), Map.entry("c", "\"d\""));
        assertThatThrownBy(() -> Reasons.in("Reason.of(key, text);")).hasMessageContaining("must stand there");
        assertThatThrownBy(() -> Reasons.in("Reason.of(\"a\", \"b\"); Reason.of(\"a\", \"c\");"))
                .hasMessageContaining("two sentences");
    }
}
