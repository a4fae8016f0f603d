package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextFilesTest {

    @Test
    void everyFrenchApostropheIsTheCurlyOne() throws IOException {
        for (Path file : files("_fr.properties")) {
            assertThat(Files.readAllLines(file)).as(file.toString()).noneMatch(line -> line.contains("'"));
        }
    }

    @Test
    void noKeyStandsTwice() throws IOException {
        for (Path file : files(".properties")) {
            List<String> keys = Files.readAllLines(file).stream()
                    .filter(line -> line.contains("=") && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
            assertThat(keys).as(file.toString()).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/controlroom/ui"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).hasSizeGreaterThan(5);
            return found;
        }
    }
}
