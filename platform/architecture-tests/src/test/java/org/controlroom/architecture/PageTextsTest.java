package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
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
}
