package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWorkTest {

    @TempDir
    private Path runs;

    @Test
    void aModelThatWaitsForTheRegistryIsNotDeletedByLaterRuns() throws Exception {
        RunWork waiting = new RunWork(runs.resolve("0"));
        waiting.keepFigures(new TreeMap<>(Map.of("f1_weighted", 0.9)));
        assertThat(waiting.model().getParent().toFile().setLastModified(1_000)).isTrue();
        for (int i = 1; i <= 6; i++) {
            RunWork registered = new RunWork(runs.resolve(Integer.toString(i)));
            registered.keepFigures(new TreeMap<>(Map.of("f1_weighted", 0.9)));
            registered.note(RegisterModel.VERSION_NOTE, Map.of("version", "1"));
            assertThat(runs.resolve(Integer.toString(i)).toFile().setLastModified(2_000_000L + i * 1_000L))
                    .isTrue();
        }

        new RunWork(runs.resolve("7")).deleteOldFolders();

        try (Stream<Path> left = Files.list(runs)) {
            assertThat(left.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrder("0", "4", "5", "6");
        }
    }
}
