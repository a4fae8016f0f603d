package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceLogTest {

    private static final String HEADER = "timestamp,prediction_id,designation,description,predicted_class,confidence,"
            + "text_length,model_version,model_stage";

    @TempDir
    Path folder;

    @Test
    void aLineHoldsTheOriginalColumns() throws IOException {
        try (InferenceLog log = open(1 << 20)) {
            log.append(Predictions.of("pred_1", "Chaise \"été\", pliante", "<b>x</b>\nline 2\r\nline 3"));
        }
        assertThat(Files.readString(active()))
                .isEqualTo(HEADER + "\n2026-11-23T10:20:30.123456Z,\"pred_1\",\"Chaise \"\"été\"\", pliante\","
                        + "\"<b>x</b>\nline 2\r\nline 3\",20,0.75,44,\"3\",\"Production\"\n");
    }

    @Test
    void anyTextComesBackAndALoneSurrogateIsReplaced() throws IOException {
        List<String> texts = List.of(
                "",
                "\"",
                "a,b",
                "\t\u0001\u007f",
                "é€",
                "😀 שלום مرحبا",
                "\ud83d",
                "x\ude00y",
                "😀".repeat(5_000),
                "\"".repeat(10_000),
                "\u2028\ufeff");
        try (InferenceLog log = open(10 << 20)) {
            for (String text : texts) {
                log.append(Predictions.of("pred", text, text));
            }
        }
        assertThat(rows(active()))
                .extracting(row -> row.getField(2))
                .containsExactlyElementsOf(texts.stream()
                        .map(text -> text.equals("\ud83d") ? "\ufffd" : text.replace("x\ude00y", "x\ufffdy"))
                        .toList());
    }

    @Test
    void aTornLastLineIsMovedAside() throws IOException {
        try (InferenceLog log = open(1 << 20)) {
            log.append(Predictions.of("pred_1", "whole", "with\nbreak"));
        }
        String whole = Files.readString(active());
        Files.writeString(active(), "2026-11-23T10:20:31.000000Z,\"pred_2\",\"to", StandardOpenOption.APPEND);

        try (InferenceLog log = open(1 << 20)) {
            assertThat(Files.readString(active())).isEqualTo(whole);
            log.append(Predictions.of("pred_3", "next", ""));
        }
        assertThat(rows(active())).extracting(row -> row.getField(1)).containsExactly("pred_1", "pred_3");
        assertThat(files("inference_log.torn-"))
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("2026-11-23T10:20:31.000000Z,\"pred_2\",\"to"));
    }

    @Test
    void aTornHeaderAndAFileOfSomebodyElseAreHandled() throws IOException {
        Files.writeString(active(), "timestamp,predic");
        open(1 << 20).close();
        assertThat(active()).hasContent(HEADER + "\n");

        Files.writeString(active(), "a,b\n1,2\n");
        open(1 << 20).close();
        assertThat(active()).hasContent(HEADER + "\n");
        assertThat(files("inference_log.unknown-"))
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("a,b\n1,2\n"));
    }

    @Test
    void aFullFileIsRotated() throws IOException {
        try (InferenceLog log = open(2_000)) {
            for (int i = 0; i < 50; i++) {
                log.append(Predictions.of("pred_" + i, "designation", "description"));
            }
        }
        List<Path> all = new ArrayList<>(files("inference_log-"));
        all.add(active());
        assertThat(all).hasSizeGreaterThan(2).allSatisfy(file -> {
            assertThat(file).content().startsWith(HEADER + "\n");
            assertThat(Files.size(file)).isLessThanOrEqualTo(2_000);
        });
        List<String> ids = new ArrayList<>();
        for (Path file : all) {
            rows(file).forEach(row -> ids.add(row.getField(1)));
        }
        assertThat(ids).hasSize(50).startsWith("pred_0", "pred_1").endsWith("pred_49");
    }

    @Test
    void aDeletedFileIsMadeAgain() throws IOException {
        try (InferenceLog log = open(1 << 20)) {
            log.append(Predictions.of("pred_1", "a", ""));
            Files.delete(active());
            log.sync();
            log.append(Predictions.of("pred_2", "b", ""));
        }
        assertThat(rows(active())).extracting(row -> row.getField(1)).containsExactly("pred_2");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ControlRoomException failure = catchThrowableOfType(
                ControlRoomException.class,
                () -> new InferenceLog(file.resolve("monitoring"), 1_000, InstantSource.system()));
        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(failure).hasMessageContaining(file.toString());
    }

    @Test
    void aKillLosesNoConfirmedLine() throws Exception {
        Process child = child("");
        Set<String> confirmed;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            confirmed = Stream.generate(() -> line(out)).limit(2_000).collect(Collectors.toSet());
            child.destroyForcibly().waitFor();
        }
        open(1 << 30).close();
        assertThat(rows(active()).stream().map(row -> row.getField(1)).toList())
                .containsAll(confirmed)
                .doesNotHaveDuplicates();
    }

    /** The shell's limit of file sizes fails a write in its middle, as a full disk does. */
    @Test
    void aWriteThatFailsInItsMiddleLeavesNothingOfItsLine() throws Exception {
        Process child = child("ulimit -f 64;");
        List<String> lines;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        child.waitFor();
        String last = lines.get(lines.size() - 1);
        assertThat(last).startsWith("STORAGE_FAILED prediction log ").contains("free space");
        assertThat(Files.readString(active())).endsWith("\n");
        assertThat(rows(active()))
                .extracting(row -> row.getField(1))
                .containsExactlyElementsOf(lines.subList(0, lines.size() - 1));
    }

    private Process child(String before) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = before + " exec '" + java + "' -Xmx64m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp '"
                + System.getProperty("java.class.path") + "' " + AppendingChild.class.getName() + " '" + folder + "'";
        return new ProcessBuilder("bash", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(BufferedReader reader) {
        try {
            return reader.readLine();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private InferenceLog open(long maxBytes) {
        return new InferenceLog(folder, maxBytes, InstantSource.system());
    }

    private Path active() {
        return folder.resolve("inference_log.csv");
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static List<CsvRecord> rows(Path file) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            return reader.stream().skip(1).toList();
        }
    }
}
