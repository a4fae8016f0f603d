package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FrenchTextsTest {

    @Test
    void everyApostropheIsTheCurlyOne() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/controlroom/ui"))) {
            List<Path> french = files.filter(file -> file.toString().endsWith("_fr.properties"))
                    .toList();
            assertThat(french).hasSizeGreaterThan(5);
            for (Path file : french) {
                assertThat(Files.readAllLines(file)).as(file.toString()).noneMatch(line -> line.contains("'"));
            }
        }
    }
}
