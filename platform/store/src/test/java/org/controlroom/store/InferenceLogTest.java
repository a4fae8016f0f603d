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
            log.sync();
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

    @Test
    void whatAFullDiskKeepsPendingIsWrittenOnceThereIsRoom() throws Exception {
        Process child = child("ulimit -f 1100;");
        List<String> lines;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        child.waitFor();
        assertThat(lines.get(lines.size() - 1))
                .startsWith("STORAGE_FAILED prediction log ")
                .contains("free space");
        assertThat(pending()).exists();

        open(1 << 30).close();
        assertThat(rows(active()))
                .extracting(row -> row.getField(1))
                .containsExactlyElementsOf(lines.subList(0, lines.size() - 1));
        assertThat(pending()).doesNotExist();
    }

    @Test
    void aLineIsInTheFileSoonWithoutAnybodyAskingForIt() throws Exception {
        try (InferenceLog log = open(1 << 20)) {
            for (int i = 1; i <= 3; i++) {
                log.append(Predictions.of("pred_" + i, "a", "b"));
                long end = System.nanoTime() + 10_000_000_000L;
                while (!Files.readString(active()).contains("pred_" + i) && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                assertThat(Files.readString(active())).contains("pred_" + i).endsWith("\n");
            }
        }
    }

    @Test
    void aWriteThatAKillHasCutOffIsCompletedWhereverItWasCut() throws IOException {
        String lines = "l1,\"a\nb\"\nl2,\"c\"\nl3,\"d\"\n";
        String before = HEADER + "\nl0,\"z\"\n";
        for (int cut = 0; cut <= lines.length(); cut++) {
            Files.writeString(active(), before + lines.substring(0, cut));
            leave(before.length(), "l1,\"a\nb\"\n", "l2,\"c\"\n", "l3,\"d\"\n");
            open(1 << 20).close();
            assertThat(Files.readString(active())).describedAs("cut at " + cut).isEqualTo(before + lines);
        }
        assertThat(files("inference_log.torn-")).isEmpty();
    }

    @Test
    void linesThatWerePendingWhenTheFileWasRotatedAreWrittenOnce() throws IOException {
        for (String begun : List.of("", "l1,\"a\"\n", "l1,\"a\"\nl2")) {
            Files.writeString(active(), HEADER + "\n" + begun);
            leave(5_000, "l1,\"a\"\n", "l2,\"b\"\n");
            open(1 << 20).close();
            assertThat(active()).hasContent(HEADER + "\nl1,\"a\"\nl2,\"b\"\n");
        }
        Files.delete(active());
        leave(5_000, "l1,\"a\"\n");
        open(1 << 20).close();
        assertThat(active()).hasContent(HEADER + "\nl1,\"a\"\n");
    }

    @Test
    void aPendingFileThatSomebodyCutOrDeletedIsDoneWithout() throws IOException {
        try (InferenceLog log = open(1 << 20)) {
            log.append(Predictions.of("pred_1", "a", ""));
            log.sync();
            Files.write(pending(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            log.sync();
            log.append(Predictions.of("pred_2", "b", ""));
            assertThat(Files.readString(active())).contains("pred_2");
        }
        try (InferenceLog log = open(1 << 20)) {
            Files.delete(pending());
            log.sync();
            log.append(Predictions.of("pred_3", "c", ""));
            assertThat(Files.readString(active())).contains("pred_3");
        }
        assertThat(rows(active())).extracting(row -> row.getField(1)).containsExactly("pred_1", "pred_2", "pred_3");
    }

    /** As a killed process leaves them. */
    private void leave(int fileLength, String... lines) throws IOException {
        PendingLines pending = PendingLines.create(pending(), 1 << 14, fileLength);
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            assertThat(pending.put(bytes, bytes.length, PendingLines.sum(bytes, bytes.length)))
                    .isTrue();
        }
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

    private Path pending() {
        return folder.resolve("inference_log.pending");
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
