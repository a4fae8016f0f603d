package org.controlroom.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The frame of an extractor's state: magic number (4 bytes), format version (4), length of the content (8), content,
 * CRC-32C of all that (4); big-endian. Every damaged byte is found before the content is looked at.
 *
 * @param bytes the whole frame; not copied, not to be changed
 * @param version format version of the content
 */
public record CheckedState(byte[] bytes, int version) {

    private static final int HEADER = 16;
    private static final int TRAILER = 4;

    /** Writes the content of a state. */
    @FunctionalInterface
    public interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /** Frames what {@code content} writes. */
    public static CheckedState of(int magic, int version, Content content) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 16);
        try (DataOutputStream out = new DataOutputStream(buffer)) {
            out.writeInt(magic);
            out.writeInt(version);
            out.writeLong(0);
            content.write(out);
            out.writeInt(0);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        byte[] bytes = buffer.toByteArray();
        ByteBuffer.wrap(bytes).putLong(8, bytes.length - HEADER - TRAILER);
        ByteBuffer.wrap(bytes).putInt(bytes.length - TRAILER, checksum(bytes));
        return new CheckedState(bytes, version);
    }

    /**
     * Reads the stream to its end.
     *
     * @param owner whose state this should be, for messages
     * @param maxVersion newest version that can be read; the oldest is 1
     * @throws ControlRoomException ARTIFACT_INVALID when this is no such state, a newer one, or damaged
     * @throws IOException when the stream fails
     */
    public static CheckedState read(String owner, InputStream in, int magic, int maxVersion) throws IOException {
        byte[] bytes = in.readAllBytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER + TRAILER || buffer.getInt(0) != magic) {
            throw invalid(owner, bytes.length + " bytes are not a state of this plugin", null);
        }
        if (buffer.getLong(8) != bytes.length - HEADER - TRAILER) {
            throw invalid(owner, bytes.length + " bytes; must be " + (buffer.getLong(8) + HEADER + TRAILER), null);
        }
        if (buffer.getInt(bytes.length - TRAILER) != checksum(bytes)) {
            throw invalid(owner, "the checksum does not match; the state is damaged", null);
        }
        int version = buffer.getInt(4);
        if (version < 1 || version > maxVersion) {
            throw invalid(owner, "format version=" + version + "; must be 1.." + maxVersion, null);
        }
        return new CheckedState(bytes, version);
    }

    /** Reads the content of a state. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /**
     * Reads the content, all of it.
     *
     * @throws ControlRoomException ARTIFACT_INVALID when the reader fails, or leaves something
     */
    public <T> T content(String owner, Reader<T> reader) {
        int length = bytes.length - HEADER - TRAILER;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, HEADER, length))) {
            T result = reader.read(in);
            if (in.available() > 0) {
                throw invalid(owner, in.available() + " bytes too many", null);
            }
            return result;
        } catch (EOFException e) {
            throw invalid(owner, "the content ends too early", e);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(owner, String.valueOf(e.getMessage()), e);
        } catch (ControlRoomException e) {
            throw e.code() == ErrorCode.ARTIFACT_INVALID ? e : invalid(owner, String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes keys and values, so that {@link #readTexts} can read them. */
    public static void writeTexts(DataOutputStream out, SortedMap<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var entry : texts.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    public static SortedMap<String, String> readTexts(DataInputStream in) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** Lower-case hex SHA-256 of the whole state. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - TRAILER);
        return (int) crc.getValue();
    }

    private static ControlRoomException invalid(String owner, String what, @Nullable Throwable cause) {
        return new ControlRoomException(ErrorCode.ARTIFACT_INVALID, owner + ": " + what, cause);
    }
}
