package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingLinesTest {

    private static final int CAPACITY = 1 << 14;

    @TempDir
    Path folder;

    private Path path;
    private PendingLines lines;

    @BeforeEach
    void create() throws IOException {
        path = folder.resolve("pending");
        lines = PendingLines.create(path, CAPACITY, 100);
    }

    @Test
    void linesComeOutAsTheyWerePutRoundAfterRoundAndAreLeftUntilTheyAreMarked() throws IOException {
        Random random = new Random(7);
        List<String> waiting = new ArrayList<>();
        long fileLength = 100;
        for (int i = 0; i < 5_000; i++) {
            String line = i + " " + "x".repeat(random.nextInt(300)) + "\n";
            while (!put(line)) {
                fileLength += takeAll(waiting);
                lines.mark(fileLength);
                waiting.clear();
            }
            waiting.add(line);
            if (i % 97 == 0) {
                assertThat(left()).isEqualTo(String.join("", waiting));
                assertThat(Objects.requireNonNull(PendingLines.leftIn(path)).fileLength())
                        .isEqualTo(fileLength);
            }
        }
        takeAll(waiting);
        assertThat(left()).isEqualTo(String.join("", waiting));
        lines.again();
        takeAll(waiting);
        lines.mark(fileLength);
        assertThat(left()).isEmpty();
        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void aDamagedRecordEndsWhatIsLeft() throws IOException {
        put("first\n");
        put("second\n");
        put("third\n");
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("second")] ^= 1;
        Files.write(path, bytes);
        assertThat(left()).isEqualTo("first\n");
    }

    @Test
    void aMarkThatWasNotWrittenWholeLeavesTheOneBefore() throws IOException {
        put("first\n");
        takeAll(List.of("first\n"));
        lines.mark(106);
        put("second\n");
        takeAll(List.of("second\n"));
        lines.mark(113);
        byte[] bytes = Files.readAllBytes(path);
        bytes[128 + 8] ^= 1; // of the third mark, an odd one
        Files.write(path, bytes);
        assertThat(left()).isEqualTo("second\n");
        bytes[64 + 8] ^= 1;
        Files.write(path, bytes);
        assertThat(PendingLines.leftIn(path)).isNull();
    }

    @Test
    void aFileOfAnotherKindIsNone() throws IOException {
        Files.writeString(path, "something");
        assertThat(PendingLines.leftIn(path)).isNull();
        Files.write(path, new byte[4096 + CAPACITY]);
        assertThat(PendingLines.leftIn(path)).isNull();
        assertThat(PendingLines.leftIn(folder.resolve("none"))).isNull();
    }

    @Test
    void nothingIsPutOnceItIsClosed() {
        lines.close();
        assertThat(put("late\n")).isFalse();
    }

    @Test
    void nothingIsLeftOfAFileThatCannotBeMade() {
        Path nowhere = folder.resolve("missing").resolve("pending");
        assertThat(catchThrowableOfType(IOException.class, () -> PendingLines.create(nowhere, CAPACITY, 0)))
                .isNotNull();
        assertThat(nowhere).doesNotExist();
    }

    private boolean put(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return lines.put(bytes, bytes.length, PendingLines.sum(bytes, bytes.length));
    }

    private int takeAll(List<String> expected) {
        byte[] out = new byte[CAPACITY];
        int size = 0;
        while (lines.next() > 0) {
            size += lines.take(out, size);
        }
        assertThat(new String(out, 0, size, StandardCharsets.UTF_8)).isEqualTo(String.join("", expected));
        return size;
    }

    private String left() throws IOException {
        return new String(Objects.requireNonNull(PendingLines.leftIn(path)).lines(), StandardCharsets.UTF_8);
    }
}
