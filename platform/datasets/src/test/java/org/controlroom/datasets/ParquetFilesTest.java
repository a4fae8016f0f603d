package org.controlroom.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.jerolba.carpet.CarpetReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.port.DatasetFiles.Row;
import org.controlroom.core.port.DatasetFiles.Rows;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
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
            int copy_number,
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
    void itsOwnReaderGivesEveryRowBackToo() {
        Path file = write("own.parquet", ROWS);
        int[] next = {0};

        new ParquetFiles().read(file, row -> assertThat(row).isEqualTo(row(next[0]++)));

        assertThat(next[0]).isEqualTo(ROWS);
        new ParquetFiles().read(write("empty.parquet", 0), row -> next[0]++);
        assertThat(next[0]).isEqualTo(ROWS);
    }

    @Test
    void filesFromBeforeTheColumnOfCopiesWasRenamedAreReadAsWell() throws IOException {
        String now = new String(Files.readAllBytes(write("now.parquet", 50)), StandardCharsets.ISO_8859_1);
        int lengthAt = now.length() - 8;
        int footer = ByteBuffer.wrap(now.substring(lengthAt).getBytes(StandardCharsets.ISO_8859_1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        String old = now.substring(lengthAt - footer, lengthAt).replace("\u000bcopy_number", "\u0004copy");
        assertThat(old).hasSize(footer - 2 * 7);
        ByteBuffer tail = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(old.length());
        Path file = folder.resolve("once.parquet");
        Files.write(
                file,
                (now.substring(0, lengthAt - footer)
                                + old
                                + new String(tail.array(), StandardCharsets.ISO_8859_1)
                                + "PAR1")
                        .getBytes(StandardCharsets.ISO_8859_1));
        List<Row> rows = new ArrayList<>();

        new ParquetFiles().read(file, rows::add);

        assertThat(rows).hasSize(50).element(7).isEqualTo(row(7));
    }

    @Test
    void aDamagedFileGivesAnErrorThatNamesItAndNothingWorse() throws IOException {
        byte[] whole = Files.readAllBytes(write("whole.parquet", 300));
        Path file = folder.resolve("damaged.parquet");
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bytes = round % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int i = 0; i < 3 && round % 4 != 0; i++) {
                // mostly in the footer and the heads of pages, where lengths stand
                int at = round % 2 == 0 ? bytes.length - 1 - random.nextInt(600) : random.nextInt(bytes.length);
                bytes[at] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try {
                new ParquetFiles().read(file, row -> {});
            } catch (ControlRoomException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                assertThat(e).hasMessageContaining("damaged.parquet");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
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
                        + " f.designation[4999], len(f.description.str.cat()), list(f.columns), f.weight[1], f.copy_number[1])");

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
                                + " ['productid', 'designation', 'description', 'imageid', 'prdtypecode', 'copy_number', 'weight'] 0.5 1");
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
