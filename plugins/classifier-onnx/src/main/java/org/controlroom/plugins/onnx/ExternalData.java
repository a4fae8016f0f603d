package org.controlroom.plugins.onnx;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files in which an ONNX model keeps weights of its own outside itself. They are read here and not left to ONNX Runtime,
 * because a model may name any file of the machine. Of the format (onnx.proto3 of the ONNX project) this knows where tensors
 * can be, and skips the rest.
 */
final class ExternalData {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
    private static final int MOST_FILES = 200;
    private static final int MOST_DEPTH = 100;
    private static final int LONGEST_TEXT = 10_000;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final String LOCATION = "location";

    /** Messages in which a tensor can be. */
    private enum Message {
        MODEL,
        TRAINING,
        FUNCTION,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR,
        ENTRY
    }

    /** The fields of each that hold one of the others. */
    private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE,
                            23, Message.SPARSE),
            Message.SPARSE, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of(13, Message.ENTRY),
            Message.ENTRY, Map.of());

    private final DataInputStream in;
    private final SortedSet<String> names = new TreeSet<>();
    private long position;

    private ExternalData(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Names of files beside the model; empty for a model that has all in itself.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when it is no ONNX file, or names anything but a
     *     plain file beside it
     */
    static SortedSet<String> of(Path model) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(model), 1 << 16)) {
            ExternalData reader = new ExternalData(in);
            reader.read(Message.MODEL, Files.size(model), 0);
            return reader.names;
        } catch (EOFException e) {
            throw damaged(e);
        }
    }

    private void read(Message message, long length, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw OnnxClassifierFactory.invalid(
                    ModelFiles.MODEL + ": graphs inside graphs; must be at most " + MOST_DEPTH + " messages deep");
        }
        long end = position + length;
        String key = "";
        String value = "";
        while (position < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> varint();
                case FIXED64 -> skip(8, end);
                case FIXED32 -> skip(4, end);
                case BYTES -> {
                    long size = varint();
                    Message inner = FIELDS.getOrDefault(message, Map.of()).get(field);
                    if (size < 0 || size > end - position) {
                        throw damaged(null);
                    } else if (inner != null) {
                        read(inner, size, depth + 1);
                    } else if (message == Message.ENTRY && (field == 1 || field == 2)) {
                        String text = text(size);
                        key = field == 1 ? text : key;
                        value = field == 2 ? text : value;
                    } else {
                        skip(size, end);
                    }
                }
                default -> throw damaged(null);
            }
        }
        if (position != end) {
            throw damaged(null);
        }
        if (message == Message.ENTRY && key.equals(LOCATION)) {
            add(value);
        }
    }

    private void add(String name) {
        if (!isName(name)) {
            throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + " keeps weights in '" + name
                    + "'; must be the name of a file beside it, of letters, digits and any of . _ -");
        }
        names.add(name);
        if (names.size() > MOST_FILES) {
            throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + " keeps weights in more than " + MOST_FILES
                    + " files; save it with all_tensors_to_one_file=True");
        }
    }

    /** Whether a file of weights may be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !ModelFiles.NAMES.contains(name);
    }

    private String text(long size) throws IOException {
        if (size > LONGEST_TEXT) {
            throw damaged(null);
        }
        byte[] bytes = new byte[(int) size];
        in.readFully(bytes);
        position += size;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void skip(long size, long end) throws IOException {
        if (size > end - position) {
            throw damaged(null);
        }
        in.skipNBytes(size);
        position += size;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = in.readUnsignedByte();
            position++;
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged(null);
    }

    private static RuntimeException damaged(@Nullable Throwable cause) {
        String what = ModelFiles.MODEL + ": is no ONNX file, or is damaged";
        return cause == null ? OnnxClassifierFactory.invalid(what) : OnnxClassifierFactory.invalid(what, cause);
    }
}
