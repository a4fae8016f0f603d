package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueKillTest {

    private static final int ROWS = 60_000;

    @TempDir
    Path folder;

    @Test
    void aKillInTheMiddleOfALoadLeavesNothingOfItAndAllOfTheOneBefore() throws Exception {
        try (TestDatabase test = new TestDatabase(folder)) {
            write(100, "before");
            catalogue(test)
                    .load(
                            "before",
                            folder.resolve("X.csv"),
                            folder.resolve("Y.csv"),
                            CataloguePortion.WHOLE,
                            Progress.NONE);
        }
        write(ROWS, "after");
        killInTheMiddle();

        try (TestDatabase test = new TestDatabase(folder)) {
            JdbcCatalogue catalogue = catalogue(test);
            catalogue.recover();
            assertThat(catalogue.totals().products()).isEqualTo(100);
            assertThat(catalogue
                            .products(PageRequest.first(1))
                            .items()
                            .get(0)
                            .product()
                            .description())
                    .isEqualTo("before");
            CatalogueLoad killed = catalogue.loads(PageRequest.first(1)).items().get(0);
            assertThat(killed.batchName()).isEqualTo("killed");
            assertThat(killed.status()).isEqualTo(RunStatus.FAILED);

            CatalogueLoad again = catalogue.load(
                    "killed", folder.resolve("X.csv"), folder.resolve("Y.csv"), CataloguePortion.WHOLE, Progress.NONE);
            assertThat(again.rowsAdded()).isEqualTo(ROWS - 100);
            assertThat(again.rowsChanged()).isEqualTo(100);
        }
    }

    @Test
    void aKillInTheMiddleOfARollbackLeavesAllOfTheLoadOrNothing() throws Exception {
        long load;
        try (TestDatabase test = new TestDatabase(folder)) {
            write(ROWS / 2, "before");
            load("first", test);
            write(ROWS, "after");
            load = load("second", test).id();
        }
        Process child = child(RollingBackChild.class, Long.toString(load));
        try (BufferedReader out = child.inputReader()) {
            assertThat(out.readLine()).isEqualTo("begun");
        } finally {
            child.destroyForcibly().waitFor();
        }

        try (TestDatabase test = new TestDatabase(folder)) {
            JdbcCatalogue catalogue = catalogue(test);
            catalogue.recover();
            boolean done = catalogue.load(load).rollback() != null;
            assertThat(catalogue.totals().products()).isEqualTo(done ? ROWS / 2 : ROWS);
            assertThat(catalogue.totals().labelled()).isEqualTo(done ? ROWS / 2 : ROWS);
            assertThat(description(catalogue)).isEqualTo(done ? "before" : "after");
            catalogue.rollBack(load, "api", "again");
            assertThat(catalogue.totals().products()).isEqualTo(ROWS / 2);
            assertThat(description(catalogue)).isEqualTo("before");
        }
    }

    private CatalogueLoad load(String name, TestDatabase test) {
        return catalogue(test)
                .load(name, folder.resolve("X.csv"), folder.resolve("Y.csv"), CataloguePortion.WHOLE, Progress.NONE);
    }

    private static String description(JdbcCatalogue catalogue) {
        return catalogue.products(PageRequest.first(1)).items().get(0).product().description();
    }

    private Process child(Class<?> main, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void killInTheMiddle() throws IOException, InterruptedException {
        Process child = child(LoadingChild.class);
        try (BufferedReader out = child.inputReader()) {
            String line;
            do {
                line = out.readLine();
                assertThat(line).isNotNull().isNotEqualTo("completed");
            } while (Integer.parseInt(line) < ROWS / 2);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private void write(int rows, String description) throws IOException {
        Files.writeString(
                folder.resolve("X.csv"),
                IntStream.range(0, rows)
                        .mapToObj(i -> i + ",Chaise " + i + "," + description + "," + (1000 + i) + ",\n")
                        .collect(Collectors.joining("", ",designation,description,productid,imageid\n", "")));
        Files.writeString(
                folder.resolve("Y.csv"),
                IntStream.range(0, rows)
                        .mapToObj(i -> i + ",10\n")
                        .collect(Collectors.joining("", ",prdtypecode\n", "")));
    }

    private static JdbcCatalogue catalogue(TestDatabase test) {
        return new JdbcCatalogue(test.database, InstantSource.system());
    }
}
