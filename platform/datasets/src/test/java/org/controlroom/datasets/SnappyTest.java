package org.controlroom.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnappyTest {

    private static byte[] plain(byte[] compressed) throws IOException {
        return org.xerial.snappy.Snappy.uncompress(compressed);
    }

    @Test
    void theLibrarysOwnDecoderReadsWhatIsWritten() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = new byte[random.nextInt(i < 300 ? 300 : 200_000)];
            int letters = 1 + random.nextInt(i % 3 == 0 ? 256 : 4);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) random.nextInt(letters);
            }
            int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            System.arraycopy(bytes, 0, bytes, from, bytes.length - from);
            byte[] compressed = Snappy.compress(bytes);
            assertThat(plain(compressed)).as("block %d", i).isEqualTo(bytes);
            assertThat(SnappyBlock.decompress(compressed, 0, compressed.length))
                    .as("block %d", i)
                    .isEqualTo(bytes);
            byte[] theirs = org.xerial.snappy.Snappy.compress(bytes);
            assertThat(SnappyBlock.decompress(theirs, 0, theirs.length))
                    .as("block %d of the library", i)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void textsGetSmaller() throws IOException {
        byte[] text =
                "Une chaise de jardin en teck, livrée montée. ".repeat(500).getBytes(StandardCharsets.UTF_8);
        byte[] compressed = Snappy.compress(text);
        assertThat(compressed.length).isLessThan(text.length / 10);
        assertThat(plain(compressed)).isEqualTo(text);
    }

    @Test
    void whatDoesNotRepeatHardlyGrows() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        byte[] compressed = Snappy.compress(noise);
        assertThat(compressed.length).isLessThan(noise.length + noise.length / 100);
        assertThat(plain(compressed)).isEqualTo(noise);
    }
}
