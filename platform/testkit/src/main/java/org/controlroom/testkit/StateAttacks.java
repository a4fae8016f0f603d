package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Damages a saved state in every way a disk, a network or a person may, and demands that loading notices. */
public final class StateAttacks {

    private StateAttacks() {}

    /** The {@code load} method under attack. */
    public interface Loader {
        Object load(InputStream state) throws IOException;
    }

    /** The {@code save} method under attack. */
    public interface Saver {
        void save(OutputStream out) throws IOException;
    }

    /** What the plugin writes; fails when it closes the stream, or writes other bytes the second time. */
    public static byte[] save(Saver saver) {
        byte[] first = saveOnce(saver);
        assertThat(saveOnce(saver)).as("bytes of a second save").isEqualTo(first);
        return first;
    }

    private static byte[] saveOnce(Saver saver) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("save closed a stream that is not its own");
            }
        };
        try {
            saver.save(bytes);
        } catch (IOException e) {
            throw new AssertionError("save failed on a stream that never fails", e);
        }
        return bytes.toByteArray();
    }

    /** Truncated, extended, bit-flipped, swapped, empty and foreign bytes must all answer ARTIFACT_INVALID. */
    public static void everyDamageIsNoticed(byte[] state, Loader loader) {
        damaged(state, Seed.random())
                .forEach((what, bytes) -> assertThatThrownBy(() -> loader.load(new ByteArrayInputStream(bytes)))
                        .as("state %s (seed %d)", what, Seed.value())
                        .isInstanceOfSatisfying(
                                ControlRoomException.class,
                                e -> assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.ARTIFACT_INVALID)));
    }

    private static Map<String, byte[]> damaged(byte[] state, SplittableRandom random) {
        Map<String, byte[]> damaged = new LinkedHashMap<>();
        damaged.put("empty", new byte[0]);
        damaged.put("of zeros", new byte[state.length]);
        damaged.put("of random bytes", randomBytes(random, 1000));
        damaged.put("of text", "<html>502 Bad Gateway</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        damaged.put("with one byte more", Arrays.copyOf(state, state.length + 1));
        damaged.put("written twice", twice(state));
        for (int n = 0; n < 40; n++) {
            // The first bytes are the header, where a wrong length may ask for all the memory there is.
            int length = n < 20 ? Math.min(n, state.length - 1) : random.nextInt(state.length);
            damaged.put("cut after " + length + " bytes", Arrays.copyOf(state, length));
        }
        damaged.put("without its last byte", Arrays.copyOf(state, state.length - 1));
        for (int n = 0; n < 200; n++) {
            int bit = n < 100 ? random.nextInt(Math.min(64, state.length) * 8) : random.nextInt(state.length * 8);
            byte[] flipped = state.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            damaged.put("with bit " + bit + " flipped", flipped);
        }
        return damaged;
    }

    private static byte[] randomBytes(SplittableRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] twice(byte[] state) {
        byte[] twice = Arrays.copyOf(state, state.length * 2);
        System.arraycopy(state, 0, twice, state.length, state.length);
        return twice;
    }

    /** A stream that hands out one byte at a time, as slow networks do. */
    public static InputStream dribble(byte[] state) {
        return new ByteArrayInputStream(state) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    /** A stream that breaks must answer its own IOException, not ARTIFACT_INVALID: "could not look" is not "is damaged". */
    public static void aBrokenStreamIsNotADamagedState(byte[] state, Loader loader) {
        InputStream broken = new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                if (position == state.length / 2) {
                    throw new IOException("cable pulled");
                }
                return state[position++] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> loader.load(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("cable pulled");
    }
}
