package org.controlroom.datasets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.port.DatasetFiles;
import org.controlroom.datasets.ParquetColumn.Chunk;
import org.controlroom.datasets.ParquetColumn.PhysicalType;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Writes one Parquet file (github.com/apache/parquet-format, README.md and parquet.thrift): row groups of some megabytes,
 * then a footer that says where they are. Not thread-safe.
 */
final class ParquetWriter implements DatasetFiles.Rows {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final long GROUP_BYTES = 8L << 20;

    /** Never another text: the same rows give the same bytes in every release. */
    private static final String CREATED_BY = "control-room version 1.0.0 (build 1)";

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int UTF8 = 0;

    private final ParquetColumn productId = new ParquetColumn("productid", PhysicalType.INT64, false);
    private final ParquetColumn designation = new ParquetColumn("designation", PhysicalType.TEXT, false);
    private final ParquetColumn description = new ParquetColumn("description", PhysicalType.TEXT, false);
    private final ParquetColumn imageId = new ParquetColumn("imageid", PhysicalType.INT64, true);
    private final ParquetColumn label = new ParquetColumn("prdtypecode", PhysicalType.INT32, false);
    private final ParquetColumn copy = new ParquetColumn(ParquetFiles.COPY, PhysicalType.INT32, false);
    private final ParquetColumn weight = new ParquetColumn("weight", PhysicalType.DOUBLE, false);
    private final List<ParquetColumn> columns =
            List.of(productId, designation, description, imageId, label, copy, weight);

    private final Path file;
    private final Map<String, String> about;
    private final OutputStream out;
    private final List<List<Chunk>> groups = new ArrayList<>();
    private long offset;
    private long rows;
    private long groupRows;

    ParquetWriter(Path file, Map<String, String> about) {
        this.file = file;
        this.about = new TreeMap<>(about);
        try {
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            write(MAGIC);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void add(DatasetFiles.Row row) {
        productId.add(row.productId());
        designation.add(row.designation());
        description.add(row.description());
        Long image = row.imageId();
        if (image == null) {
            imageId.addNull();
        } else {
            imageId.add(image.longValue());
        }
        label.add(row.label());
        copy.add(row.copy());
        weight.add(row.weight());
        rows++;
        groupRows++;
        long waiting = 0;
        for (ParquetColumn column : columns) {
            waiting += column.waiting();
        }
        if (waiting >= GROUP_BYTES) {
            endGroup();
        }
    }

    private void endGroup() {
        if (groupRows == 0) {
            return;
        }
        try {
            List<Chunk> chunks = new ArrayList<>();
            for (ParquetColumn column : columns) {
                Chunk chunk = column.writeTo(out, offset);
                offset += chunk.writtenBytes();
                chunks.add(chunk);
            }
            groups.add(chunks);
            groupRows = 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void finish() {
        endGroup();
        try {
            byte[] footer = footer();
            write(footer);
            write(new byte[] {
                (byte) footer.length,
                (byte) (footer.length >>> 8),
                (byte) (footer.length >>> 16),
                (byte) (footer.length >>> 24)
            });
            write(MAGIC);
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        offset += bytes.length;
    }

    private byte[] footer() {
        ThriftCompact footer = new ThriftCompact().i32(1, 1).structs(2, columns.size() + 1);
        footer.element().text(4, "dataset").i32(5, columns.size()).end();
        for (ParquetColumn column : columns) {
            footer.element()
                    .i32(1, column.type.code)
                    .i32(3, column.optional ? OPTIONAL : REQUIRED)
                    .text(4, column.name);
            if (column.type == PhysicalType.TEXT) {
                footer.i32(6, UTF8).struct(10).struct(1).end().end();
            }
            footer.end();
        }
        footer.i64(3, rows).structs(4, groups.size());
        for (List<Chunk> group : groups) {
            group(footer, group);
        }
        footer.structs(5, about.size());
        about.forEach(
                (key, value) -> footer.element().text(1, key).text(2, value).end());
        return footer.text(6, CREATED_BY).toBytes();
    }

    private static void group(ThriftCompact footer, List<Chunk> group) {
        footer.element().structs(1, group.size());
        for (Chunk chunk : group) {
            footer.element()
                    .i64(2, chunk.offset())
                    .struct(3)
                    .i32(1, chunk.column().type.code)
                    .i32s(2, ParquetColumn.PLAIN, ParquetColumn.RLE)
                    .texts(3, chunk.column().name)
                    .i32(4, ParquetColumn.SNAPPY)
                    .i64(5, chunk.rows())
                    .i64(6, chunk.plainBytes())
                    .i64(7, chunk.writtenBytes())
                    .i64(9, chunk.offset())
                    .end()
                    .end();
        }
        footer.i64(2, group.stream().mapToLong(Chunk::plainBytes).sum())
                .i64(3, group.get(0).rows())
                .end();
    }

    private ControlRoomException failed(IOException cause) {
        return new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write " + file + ": " + cause, cause);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
