package org.controlroom.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.jerolba.carpet.CarpetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.port.DatasetFiles.Row;
import org.controlroom.core.port.DatasetFiles.Rows;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {

    private static final int ROWS = 60_000;

    @TempDir
    Path folder;

    /** As Apache Parquet's own reader gives them, by the names of the columns. */
    public record Read(
            long productid,
            String designation,
            String description,
            Long imageid,
            int prdtypecode,
            int copy,
            double weight) {}

    private static Row row(int i) {
        Random random = new Random(i);
        String text = i % 7 == 0 ? "" : "Écran 🖥 \"plat\"\n<b>" + random.nextLong() + "</b> ".repeat(i % 50);
        return new Row(
                (long) i << 33 | i,
                "Chaise n° " + i,
                text,
                i % 3 == 0 ? null : Long.valueOf(-i),
                1 + i % 27,
                i % 4,
                1.0 / (1 + i));
    }

    private Path write(String name, int rows) {
        Path file = folder.resolve(name);
        try (Rows out = new ParquetFiles().create(file, Map.of("controlroom.dataset", "abc"))) {
            for (int i = 0; i < rows; i++) {
                out.add(row(i));
            }
            out.finish();
        }
        return file;
    }

    /** Spark reads Parquet by the same library. */
    @Test
    void apachesOwnReaderGivesEveryRowBack() throws IOException {
        Path file = write("many.parquet", ROWS);

        List<Read> read = new CarpetReader<>(file.toFile(), Read.class).toList();

        assertThat(read).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Row row = row(i);
            assertThat(read.get(i))
                    .isEqualTo(new Read(
                            row.productId(),
                            row.designation(),
                            row.description(),
                            row.imageId(),
                            row.label(),
                            row.copy(),
                            row.weight()));
        }
    }

    @Test
    void aFileWithoutRowsIsAFile() throws IOException {
        assertThat(new CarpetReader<>(write("none.parquet", 0).toFile(), Read.class).toList())
                .isEmpty();
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException {
        assertThat(Files.mismatch(write("one.parquet", 5_000), write("two.parquet", 5_000)))
                .isEqualTo(-1);
    }

    /** Needs the Python with pandas and pyarrow that make test-tools makes. */
    @Test
    void pandasReadsTheSame() throws IOException, InterruptedException {
        Path file = write("pandas.parquet", 5_000);
        String python = "../../target/python/parquet/bin/python";
        boolean there = run(python, "import pandas, pyarrow").startsWith("0 ");
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(
                    there, python + " is not there or has no pandas and pyarrow; make test-tools makes it");
        }

        String answer = run(
                python,
                "import pandas; f = pandas.read_parquet(r'" + file + "');"
                        + "print(len(f), f.productid.sum(), f.prdtypecode.sum(), f.imageid.isna().sum(),"
                        + " f.designation[4999], len(f.description.str.cat()), list(f.columns), f.weight[1])");

        long ids = 0;
        long labels = 0;
        long characters = 0;
        for (int i = 0; i < 5_000; i++) {
            ids += row(i).productId();
            labels += row(i).label();
            characters +=
                    row(i).description().codePointCount(0, row(i).description().length());
        }
        assertThat(answer)
                .isEqualTo(
                        "0 5000 " + ids + " " + labels + " 1667 Chaise n° 4999 " + characters
                                + " ['productid', 'designation', 'description', 'imageid', 'prdtypecode', 'copy', 'weight'] 0.5");
    }

    /** @return exit code and what was printed */
    private String run(String python, String code) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "python", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(python, "-c", code).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return "-1 " + e.getMessage();
        }
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() + " " + Files.readString(printed).strip();
    }
}
