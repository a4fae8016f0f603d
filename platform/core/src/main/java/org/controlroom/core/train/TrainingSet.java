package org.controlroom.core.train;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;

/**
 * The snapshot of one run, split. Both parts are in the order of product ids; a product that stands several times in the
 * training part, because the dataset was balanced so, does that in rows that follow each other. Nobody writes to the arrays.
 *
 * @param hash of the whole dataset, see {@link org.controlroom.core.model.DatasetSnapshot#hash()}
 */
record TrainingSet(String hash, Part train, Part test) {

    private static final int FORMAT = 0x43525332; // "CRS2"

    /** Products, their ids and their labels, same length. */
    record Part(List<Product> products, long[] ids, int[] labels) {
        int rows() {
            return labels.length;
        }

        /** Whether the row repeats the product of the row before it. */
        boolean repeats(int row) {
            return row > 0 && ids[row] == ids[row - 1];
        }

        /** The labels of the products, each once. */
        int[] labelsOfProducts() {
            return IntStream.range(0, labels.length)
                    .filter(row -> !repeats(row))
                    .map(row -> labels[row])
                    .toArray();
        }
    }

    void write(Path file) {
        SafeFiles.write(file, stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(FORMAT);
            out.writeUTF(hash);
            write(train, out);
            write(test, out);
            out.flush();
        });
    }

    private static void write(Part part, DataOutputStream out) throws IOException {
        out.writeInt(part.rows());
        for (int i = 0; i < part.rows(); i++) {
            out.writeLong(part.ids()[i]);
            out.writeInt(part.labels()[i]);
            write(part.products().get(i).designation(), out);
            write(part.products().get(i).description(), out);
        }
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static TrainingSet read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("not a snapshot");
            }
            return new TrainingSet(in.readUTF(), readPart(in), readPart(in));
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    "cannot read " + file + ": " + e + "; start a new run, because this one's snapshot is lost",
                    e);
        }
    }

    private static Part readPart(DataInputStream in) throws IOException {
        int rows = in.readInt();
        long[] ids = new long[rows];
        int[] labels = new int[rows];
        List<Product> products = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            ids[i] = in.readLong();
            labels[i] = in.readInt();
            Product product = new Product(readText(in), readText(in));
            // repetitions share one copy of their texts
            products.add(
                    i > 0 && ids[i] == ids[i - 1] && product.equals(products.get(i - 1))
                            ? products.get(i - 1)
                            : product);
        }
        return new Part(products, ids, labels);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
