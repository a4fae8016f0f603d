package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingTextTest {

    private static Properties texts(String suffix) throws IOException {
        Properties texts = new Properties();
        Path file = Path.of("src/main/resources/org/controlroom/ui/training" + suffix + ".properties");
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    @Test
    void everyTextIsThereInBothLanguages() throws IOException {
        assertThat(texts("_fr").keySet()).isEqualTo(texts("").keySet());
        assertThat(texts("_fr").values()).noneMatch(text -> text.toString().isBlank());
    }

    @Test
    void everyTextOfThePagesExists() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Path.of("src/main/webapp"))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".xhtml")).toList()) {
                Matcher matcher =
                        Pattern.compile("trainingText\\['([A-Za-z0-9._-]+)'\\]").matcher(Files.readString(page));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(100);
        assertThat(texts("").keySet()).containsAll(used);
    }

    @Test
    void theDepthOfColourGrowsWithTheLogarithm() {
        assertThat(HeatMap.level(0, 1000)).isZero();
        assertThat(HeatMap.level(1, 1000)).isEqualTo(1);
        assertThat(HeatMap.level(30, 1000)).isEqualTo(4);
        assertThat(HeatMap.level(1000, 1000)).isEqualTo(8);
    }

    @Test
    void theBestValueIsKnownOnlyWhereTheDirectionIs() {
        assertThat(TrainingComparePage.best("f1_weighted", List.of(0.5, 0.7))).isEqualTo(0.7);
        assertThat(TrainingComparePage.best("ece", List.of(0.5, 0.7))).isEqualTo(0.5);
        assertThat(TrainingComparePage.best("features", List.of(5.0, 7.0))).isNull();
    }

    @Test
    void numbersThatMeanTheSameAreNoChange() {
        assertThat(TrainingStartPage.same("2", "2.0")).isTrue();
        assertThat(TrainingStartPage.same("ALL", "ALL")).isTrue();
        assertThat(TrainingStartPage.same("2", null)).isFalse();
        assertThat(TrainingStartPage.same("true", "false")).isFalse();
    }
}
