package org.controlroom.plugins.onnx;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The files of a model: {@value #MODEL} in a temporary file of its own, because ONNX Runtime wants it so and it may be
 * large, the small ones in memory.
 *
 * <p>State, big-endian: magic, format version, number of files; of each, by name: name (as {@link DataOutputStream#writeUTF}),
 * length (8 bytes), content; then a CRC-32C of all that as 8 bytes.
 */
final class ModelFiles implements AutoCloseable {

    static final String MODEL = "model.onnx";
    static final String DESCRIPTION = "model.properties";
    static final String VOCABULARY = "vocab.txt";

    private static final List<String> NAMES = List.of(MODEL, DESCRIPTION, VOCABULARY);
    private static final int MAGIC = 0x43524f4e; // "CRON"
    private static final int VERSION = 1;
    private static final int MAX_SMALL = 16 << 20;
    private static final long MAX_MODEL = 2L << 30;

    private final Path model;
    private final SortedMap<String, byte[]> small;

    private ModelFiles(Path model, SortedMap<String, byte[]> small) {
        this.model = model;
        this.small = small;
    }

    /**
     * Copies what belongs to the model out of a folder; other files in it are not looked at.
     *
     * @param described what the model says of itself, asked only where there is no {@value #DESCRIPTION}
     */
    static ModelFiles ofFolder(Path folder, Described described) throws IOException {
        if (!Files.isRegularFile(folder.resolve(MODEL))) {
            throw OnnxClassifierFactory.invalid("the folder must have " + MODEL + ", and " + DESCRIPTION
                    + " unless the model's own metadata has what would stand there");
        }
        SortedMap<String, byte[]> small = new TreeMap<>();
        for (String name : List.of(DESCRIPTION, VOCABULARY)) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                if (Files.size(file) > MAX_SMALL) {
                    throw OnnxClassifierFactory.invalid(
                            name + " has " + Files.size(file) + " bytes; must be at most " + MAX_SMALL);
                }
                small.put(name, Files.readAllBytes(file));
            }
        }
        if (!small.containsKey(DESCRIPTION)) {
            small.put(DESCRIPTION, ModelDescription.ofMetadata(described.by(folder.resolve(MODEL))));
        }
        try (InputStream in = Files.newInputStream(folder.resolve(MODEL))) {
            return new ModelFiles(copy(in, Long.MAX_VALUE), small);
        }
    }

    interface Described {
        /** The metadata in a model's file, by key. */
        Map<String, String> by(Path model);
    }

    /**
     * Reads a state to its end.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when it is none, or damaged
     */
    static ModelFiles read(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
        DataInputStream data = new DataInputStream(checked);
        Path model = null;
        SortedMap<String, byte[]> small = new TreeMap<>();
        boolean whole = false;
        try {
            if (data.readInt() != MAGIC) {
                throw OnnxClassifierFactory.invalid("this is not a state of this plugin");
            }
            int version = data.readInt();
            if (version != VERSION) {
                throw OnnxClassifierFactory.invalid("format version=" + version + "; must be " + VERSION);
            }
            String before = "";
            for (int left = data.readInt(); left > 0; left--) {
                String name = data.readUTF();
                long length = data.readLong();
                boolean large = name.equals(MODEL);
                if (!NAMES.contains(name)
                        || name.compareTo(before) <= 0
                        || length < 0
                        || length > (large ? MAX_MODEL : MAX_SMALL)) {
                    throw OnnxClassifierFactory.invalid(
                            "the state is damaged: file " + name + " of " + length + " bytes");
                }
                before = name;
                if (large) {
                    model = copy(data, length);
                } else {
                    byte[] content = data.readNBytes((int) length);
                    if (content.length < length) {
                        throw new EOFException();
                    }
                    small.put(name, content);
                }
            }
            long expected = checked.getChecksum().getValue();
            if (data.readLong() != expected || data.read() >= 0 || model == null || !small.containsKey(DESCRIPTION)) {
                throw OnnxClassifierFactory.invalid("the state is damaged: its checksum is wrong or a file is missing");
            }
            whole = true;
            return new ModelFiles(model, small);
        } catch (EOFException | UTFDataFormatException e) {
            throw OnnxClassifierFactory.invalid("the state is damaged: it ends too early", e);
        } finally {
            if (!whole && model != null) {
                Files.deleteIfExists(model);
            }
        }
    }

    /** @throws EOFException when there are fewer bytes, unless {@code length} is Long.MAX_VALUE */
    private static Path copy(InputStream in, long length) throws IOException {
        Path file = Files.createTempFile("control-room-", ".onnx");
        file.toFile().deleteOnExit();
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            if (left > 0 && length != Long.MAX_VALUE) {
                throw new EOFException();
            }
            whole = true;
            return file;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    void write(OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32C());
        DataOutputStream data = new DataOutputStream(checked);
        data.writeInt(MAGIC);
        data.writeInt(VERSION);
        data.writeInt(small.size() + 1);
        for (String name : NAMES) {
            byte[] content = small.get(name);
            if (name.equals(MODEL)) {
                data.writeUTF(name);
                data.writeLong(Files.size(model));
                Files.copy(model, data);
            } else if (content != null) {
                data.writeUTF(name);
                data.writeLong(content.length);
                data.write(content);
            }
        }
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    Path model() {
        return model;
    }

    boolean has(String name) {
        return small.containsKey(name);
    }

    /** Lines of a small file, which must be UTF-8. */
    List<String> lines(String name) {
        return text(name).lines().toList();
    }

    Properties description() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(DESCRIPTION)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        } catch (IllegalArgumentException e) {
            throw OnnxClassifierFactory.invalid(DESCRIPTION + ": " + e.getMessage(), e);
        }
        return properties;
    }

    private String text(String name) {
        byte[] content = small.get(name);
        if (content == null) {
            throw OnnxClassifierFactory.invalid(name + " is missing");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw OnnxClassifierFactory.invalid(name + " is not UTF-8", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(model);
        } catch (IOException e) {
            // It is in the folder for temporary files and is deleted at the end of the process at the latest.
        }
    }
}
