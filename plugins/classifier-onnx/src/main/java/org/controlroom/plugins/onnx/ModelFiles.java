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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The files of a model: {@value #MODEL} and the files in which it keeps weights in a temporary folder of their own, because
 * ONNX Runtime wants it so and they may be large, the small ones in memory.
 *
 * <p>State, big-endian: magic, format version, number of files; of each, by name: name (as {@link DataOutputStream#writeUTF}),
 * length (8 bytes), content; then a CRC-32C of all that as 8 bytes. The format version is 2 where there are files of weights, else 1.
 */
final class ModelFiles implements AutoCloseable {

    static final String MODEL = "model.onnx";
    static final String DESCRIPTION = "model.properties";
    static final String VOCABULARY = "vocab.txt";

    static final List<String> NAMES = List.of(MODEL, DESCRIPTION, VOCABULARY);
    private static final int MAGIC = 0x43524f4e; // "CRON"
    private static final int VERSION = 1;
    private static final int VERSION_WITH_WEIGHTS = 2;
    private static final int MAX_SMALL = 16 << 20;

    /** Of the model and its weights together. */
    private static final long MAX_MODEL = 2L << 30;

    private final Path folder;

    /** Names of files in the folder beside the model. */
    private final SortedSet<String> weights = new TreeSet<>();

    private final SortedMap<String, byte[]> small = new TreeMap<>();

    private ModelFiles() throws IOException {
        folder = Files.createTempDirectory("control-room-onnx-");
        folder.toFile().deleteOnExit();
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
        ModelFiles files = new ModelFiles();
        boolean whole = false;
        try {
            files.take(folder, described);
            whole = true;
            return files;
        } finally {
            if (!whole) {
                files.close();
            }
        }
    }

    private void take(Path from, Described described) throws IOException {
        for (String name : List.of(DESCRIPTION, VOCABULARY)) {
            Path file = from.resolve(name);
            if (Files.isRegularFile(file)) {
                if (Files.size(file) > MAX_SMALL) {
                    throw OnnxClassifierFactory.invalid(
                            name + " has " + Files.size(file) + " bytes; must be at most " + MAX_SMALL);
                }
                small.put(name, Files.readAllBytes(file));
            }
        }
        long left = MAX_MODEL;
        try (InputStream in = Files.newInputStream(from.resolve(MODEL))) {
            left -= copy(in, MODEL, left);
        }
        for (String name : ExternalData.of(model())) {
            Path file = from.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw OnnxClassifierFactory.invalid(
                        MODEL + " keeps weights in the file " + name + ", which must be beside it and is not there");
            }
            weights.add(name);
            try (InputStream in = Files.newInputStream(file)) {
                left -= copy(in, name, left);
            }
        }
        if (!small.containsKey(DESCRIPTION)) {
            small.put(DESCRIPTION, ModelDescription.ofMetadata(described.by(model())));
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
        ModelFiles files = new ModelFiles();
        boolean whole = false;
        try {
            files.readState(in);
            whole = true;
            return files;
        } catch (EOFException | UTFDataFormatException e) {
            throw OnnxClassifierFactory.invalid("the state is damaged: it ends too early", e);
        } finally {
            if (!whole) {
                files.close();
            }
        }
    }

    private void readState(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
        DataInputStream data = new DataInputStream(checked);
        if (data.readInt() != MAGIC) {
            throw OnnxClassifierFactory.invalid("this is not a state of this plugin");
        }
        int version = data.readInt();
        if (version != VERSION && version != VERSION_WITH_WEIGHTS) {
            throw OnnxClassifierFactory.invalid(
                    "format version=" + version + "; must be " + VERSION + " or " + VERSION_WITH_WEIGHTS);
        }
        String before = "";
        boolean model = false;
        long room = MAX_MODEL;
        for (int left = data.readInt(); left > 0; left--) {
            String name = data.readUTF();
            long length = data.readLong();
            boolean outside = version == VERSION_WITH_WEIGHTS && ExternalData.isName(name);
            boolean large = outside || name.equals(MODEL);
            if (!(outside || NAMES.contains(name))
                    || name.compareTo(before) <= 0
                    || length < 0
                    || length > (large ? room : MAX_SMALL)) {
                throw OnnxClassifierFactory.invalid("the state is damaged: file " + name + " of " + length + " bytes");
            }
            before = name;
            if (large) {
                if (outside) {
                    weights.add(name);
                }
                room -= copyAll(data, name, length);
                model |= name.equals(MODEL);
            } else {
                byte[] content = data.readNBytes((int) length);
                if (content.length < length) {
                    throw new EOFException();
                }
                small.put(name, content);
            }
        }
        long expected = checked.getChecksum().getValue();
        if (data.readLong() != expected || data.read() >= 0 || !model || !small.containsKey(DESCRIPTION)) {
            throw OnnxClassifierFactory.invalid("the state is damaged: its checksum is wrong or a file is missing");
        }
        if (!ExternalData.of(model()).equals(weights)) {
            throw OnnxClassifierFactory.invalid("the state has the files of weights " + weights + "; must be "
                    + ExternalData.of(model()) + ", which the model names");
        }
    }

    /** Copies all that there is. @return bytes */
    private long copy(InputStream in, String name, long most) throws IOException {
        long copied = transfer(in, name, most);
        if (in.read() >= 0) {
            throw OnnxClassifierFactory.invalid("the model and the files of its weights have more than " + MAX_MODEL
                    + " bytes; must be at most that");
        }
        return copied;
    }

    /** @throws EOFException when there are fewer bytes */
    private long copyAll(InputStream in, String name, long length) throws IOException {
        if (transfer(in, name, length) < length) {
            throw new EOFException();
        }
        return length;
    }

    private long transfer(InputStream in, String name, long most) throws IOException {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        long left = most;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        return most - left;
    }

    void write(OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32C());
        DataOutputStream data = new DataOutputStream(checked);
        data.writeInt(MAGIC);
        data.writeInt(weights.isEmpty() ? VERSION : VERSION_WITH_WEIGHTS);
        SortedSet<String> names = new TreeSet<>(small.keySet());
        names.addAll(weights);
        names.add(MODEL);
        data.writeInt(names.size());
        for (String name : names) {
            byte[] content = small.get(name);
            data.writeUTF(name);
            if (content == null) {
                data.writeLong(Files.size(folder.resolve(name)));
                Files.copy(folder.resolve(name), data);
            } else {
                data.writeLong(content.length);
                data.write(content);
            }
        }
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    Path model() {
        return folder.resolve(MODEL);
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
            for (String name : weights) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(model());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // They are in the folder for temporary files and are deleted at the end of the process at the latest.
        }
    }
}
