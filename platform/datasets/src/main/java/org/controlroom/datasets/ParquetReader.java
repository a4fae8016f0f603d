package org.controlroom.datasets;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.controlroom.core.port.DatasetFiles.Row;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Reads what {@link ParquetWriter} wrote, one row group in memory at a time, and refuses every other Parquet file. */
final class ParquetReader {

    private static final int TAIL = 8;
    private static final int MAGIC = 0x31524150; // "PAR1"

    private final Path file;

    ParquetReader(Path file) {
        this.file = file;
    }

    void forEach(Consumer<Row> rows) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (ThriftStruct group : footer(in).structs(4)) {
                Map<String, ParquetChunk> columns = new HashMap<>();
                for (ThriftStruct column : group.structs(1)) {
                    ThriftStruct about = column.struct(3);
                    List<String> path = about.texts(3);
                    columns.put(path.get(path.size() - 1), chunk(in, about));
                }
                forEach(columns, group.number(3), rows);
            }
        } catch (IOException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | IllegalArgumentException e) { // the last three when lengths in it are wrong
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED, "cannot read " + file + " as a file of a dataset version: " + e, e);
        }
    }

    private static ThriftStruct footer(RandomAccessFile in) throws IOException {
        long length = in.length();
        if (length < TAIL) {
            throw new EOFException(length + " bytes");
        }
        ByteBuffer tail = ByteBuffer.wrap(bytes(in, length - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
        int size = tail.getInt();
        if (tail.getInt() != MAGIC || size < 0 || size > length - TAIL) {
            throw new IOException("does not end like a Parquet file");
        }
        return ThriftStruct.read(bytes(in, length - TAIL - size, size), 0);
    }

    private static ParquetChunk chunk(RandomAccessFile in, ThriftStruct about) throws IOException {
        if (about.number(4) != ParquetColumn.SNAPPY) {
            throw new IOException("codec " + about.number(4) + "; must be " + ParquetColumn.SNAPPY);
        }
        long size = about.number(7);
        long from = about.number(9);
        if (size < 0 || from < 0 || size > in.length() - from || size > Integer.MAX_VALUE) {
            throw new IOException("a column of " + size + " bytes at " + from + " of " + in.length());
        }
        return new ParquetChunk(bytes(in, from, (int) size));
    }

    private static byte[] bytes(RandomAccessFile in, long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        in.seek(from);
        in.readFully(bytes);
        return bytes;
    }

    private static void forEach(Map<String, ParquetChunk> columns, long count, Consumer<Row> rows) throws IOException {
        ParquetChunk productId = column(columns, "productid");
        ParquetChunk designation = column(columns, "designation");
        ParquetChunk description = column(columns, "description");
        ParquetChunk imageId = column(columns, "imageid");
        ParquetChunk label = column(columns, "prdtypecode");
        ParquetChunk copy =
                column(columns, columns.containsKey(ParquetFiles.COPY) ? ParquetFiles.COPY : ParquetFiles.COPY_ONCE);
        ParquetChunk weight = column(columns, "weight");
        for (long row = 0; row < count; row++) {
            rows.accept(new Row(
                    productId.next().getLong(),
                    text(designation),
                    text(description),
                    imageId.nextIsThere() ? Long.valueOf(imageId.values().getLong()) : null,
                    label.next().getInt(),
                    copy.next().getInt(),
                    weight.next().getDouble()));
        }
    }

    private static ParquetChunk column(Map<String, ParquetChunk> columns, String name) throws IOException {
        ParquetChunk column = columns.get(name);
        if (column == null) {
            throw new IOException("has no column '" + name + "' but " + columns.keySet());
        }
        return column;
    }

    private static String text(ParquetChunk column) throws IOException {
        ByteBuffer values = column.next();
        int length = values.getInt();
        if (length < 0 || length > values.remaining()) {
            throw new IOException("a text of " + length + " bytes");
        }
        String text =
                new String(values.array(), values.arrayOffset() + values.position(), length, StandardCharsets.UTF_8);
        values.position(values.position() + length);
        return text;
    }
}
