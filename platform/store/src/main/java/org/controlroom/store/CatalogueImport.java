package org.controlroom.store;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.catalogue.ProductRow;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Reads both files of one load into the staging table, good rows and rejects. Nobody else sees anything of it until
 * {@link CataloguePublication} moves the staged rows in one transaction.
 */
final class CatalogueImport {

    private static final int BATCH_ROWS = 2_000;
    private static final int BATCH_CHARACTERS = 4_000_000;
    private static final int PROGRESS_ROWS = 1_000;

    private final Database database;
    private final long loadId;
    private final Progress progress;
    private final List<Staged> batch = new ArrayList<>();
    private final LongSet productIds = new LongSet();
    private final LongSet indexes = new LongSet();
    private int batchCharacters;
    private long rowsRead;
    private long staged;

    CatalogueImport(Database database, long loadId, Progress progress) {
        this.database = database;
        this.loadId = loadId;
        this.progress = progress;
    }

    /** Stages all good rows. @return how many rows were read, staged and rejected */
    Outcome stage(Path productPath, Path labelPath) {
        try (CatalogueFile products = new CatalogueFile(productPath, CatalogueRules.PRODUCT_COLUMNS);
                CatalogueFile labels = new CatalogueFile(labelPath, CatalogueRules.LABEL_COLUMNS);
                Rejects rejects = new Rejects(loadId, products, labels)) {
            long total = dataLines(labelPath);
            LabelJoin join = new LabelJoin(labels, rejects);
            CsvRecord row;
            while ((row = products.next()) != null) {
                if (rowsRead % PROGRESS_ROWS == 0) {
                    progress.throwIfCancelled();
                    progress.report("reading rows", rowsRead, Math.max(total, rowsRead));
                }
                rowsRead++;
                stage(row, join, rejects);
                if (batch.size() >= BATCH_ROWS || batchCharacters >= BATCH_CHARACTERS) {
                    flush(rejects);
                }
            }
            Map<Long, Integer> late = join.finish(products.name());
            flush(rejects);
            addLate(late);
            progress.report("reading rows", rowsRead, rowsRead);
            requireRows(products, rejects);
            return new Outcome(rowsRead, staged, rejects.count());
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID, productPath + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private void stage(CsvRecord row, LabelJoin join, Rejects rejects) {
        ProductRow product;
        try {
            product = CatalogueRules.product(row.getFields());
        } catch (ControlRoomException e) {
            rejects.addProduct(row.getStartingLineNumber(), String.valueOf(e.getMessage()), row.getFields());
            Long index = CatalogueRules.indexOrNull(row.getFields());
            if (index != null && indexes.add(index)) {
                // Its label goes with it, and the files stay in step.
                join.labelFor(index, Staged.NOWHERE);
            }
            return;
        }
        if (!indexes.add(product.index())) {
            rejects.addProduct(
                    row.getStartingLineNumber(),
                    "row index " + product.index() + " was in this file before; must be unique",
                    row.getFields());
            return;
        }
        if (!productIds.add(product.productId())) {
            rejects.addProduct(
                    row.getStartingLineNumber(),
                    "productid " + product.productId() + " was in this file before; must be unique",
                    row.getFields());
            join.labelFor(product.index(), Staged.NOWHERE);
            return;
        }
        staged++;
        batch.add(new Staged(staged, product, join.labelFor(product.index(), staged)));
        batchCharacters += product.product().designation().length()
                + product.product().description().length();
    }

    private void requireRows(CatalogueFile products, Rejects rejects) {
        if (rowsRead == 0) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    products.name() + " has no rows after its header; must have at least 1");
        }
        RejectedRow first = rejects.first();
        if (staged == 0 && first != null) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    products.name() + ": none of its " + rowsRead + " rows can be taken; the first: " + first.file()
                            + " line " + first.line() + ": " + first.reason());
        }
    }

    /** Rows of the label file, to say how far the reading is; -1 when it cannot be told. */
    private static long dataLines(Path labels) {
        try (BufferedReader reader = CatalogueFile.open(labels)) {
            long lines = -1;
            while (reader.readLine() != null) {
                lines++;
            }
            return lines;
        } catch (IOException e) {
            // Whatever is wrong with the file is told with its line when the rows are read.
            return -1;
        }
    }

    private void flush(Rejects rejects) {
        List<Staged> rows = List.copyOf(batch);
        List<Rejects.Reject> rejected = rejects.take();
        batch.clear();
        batchCharacters = 0;
        database.write("stage rows of load " + loadId, connection -> {
            insertRows(connection, rows);
            insertRejects(connection, rejected);
            return rows.size();
        });
    }

    private static void insertRows(Connection connection, List<Staged> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO load_staging (row_position, productid,"
                + " designation, description, imageid, image_path, prdtypecode) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Staged row : rows) {
                ProductRow product = row.product;
                insert.setLong(1, row.position);
                insert.setLong(2, product.productId());
                insert.setString(3, product.product().designation());
                insert.setString(4, product.product().description());
                Long image = product.imageId();
                if (image == null) {
                    insert.setNull(5, Types.BIGINT);
                    insert.setNull(6, Types.VARCHAR);
                } else {
                    insert.setLong(5, image);
                    // The challenge's own names for picture files.
                    insert.setString(6, "image_" + image + "_product_" + product.productId() + ".jpg");
                }
                if (row.label == null) {
                    insert.setNull(7, Types.INTEGER);
                } else {
                    insert.setInt(7, row.label);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertRejects(Connection connection, List<Rejects.Reject> rejected) throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO load_rejects (load_id, file_position,"
                + " file_name, line, reason, row_text) VALUES (?, ?, ?, ?, ?, ?)")) {
            for (Rejects.Reject reject : rejected) {
                RejectedRow row = reject.row();
                insert.setLong(1, row.loadId());
                insert.setLong(2, reject.position());
                insert.setString(3, row.file());
                insert.setLong(4, row.line());
                insert.setString(5, row.reason());
                insert.setString(6, row.text());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void addLate(Map<Long, Integer> late) {
        if (late.isEmpty()) {
            return;
        }
        database.write("stage late labels of load " + loadId, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE load_staging SET prdtypecode = ? WHERE row_position = ?")) {
                for (Map.Entry<Long, Integer> label : late.entrySet()) {
                    update.setInt(1, label.getValue());
                    update.setLong(2, label.getKey());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }

    /** @param position from 1, in file order */
    private record Staged(
            long position, ProductRow product, @Nullable Integer label) {
        /** Position of a rejected product: its label goes nowhere. */
        static final long NOWHERE = -1;
    }

    /** What reading the files gave. */
    record Outcome(long rowsRead, long rowsStaged, long rowsRejected) {}
}
