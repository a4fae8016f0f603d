package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.Progress;

/** Moves staged rows into products and labels in one transaction, which also completes the load. */
final class CataloguePublication {

    private static final long SLICE = 10_000;

    private static final String INSERT_PRODUCTS = "INSERT INTO products (productid, designation, description, imageid,"
            + " image_path, created_at) SELECT productid, designation, description, imageid, image_path, ?"
            + " FROM load_staging WHERE row_position BETWEEN ? AND ? ORDER BY row_position";

    private static final String INSERT_LABELS = "INSERT INTO labels (productid, prdtypecode) SELECT productid,"
            + " prdtypecode FROM load_staging WHERE row_position BETWEEN ? AND ? AND prdtypecode IS NOT NULL"
            + " ORDER BY row_position";

    private static final String PRODUCT_DIFFERS = "(t.designation <> s.designation OR t.description <> s.description"
            + " OR t.imageid IS DISTINCT FROM s.imageid)";

    private static final String MERGE_PRODUCTS = "MERGE INTO products t USING (SELECT * FROM load_staging WHERE"
            + " row_position BETWEEN ? AND ?) s ON t.productid = s.productid"
            + " WHEN MATCHED AND " + PRODUCT_DIFFERS + " THEN UPDATE SET designation = s.designation,"
            + " description = s.description, imageid = s.imageid, image_path = s.image_path"
            + " WHEN NOT MATCHED THEN INSERT (productid, designation, description, imageid, image_path, created_at)"
            + " VALUES (s.productid, s.designation, s.description, s.imageid, s.image_path, ?)";

    private static final String MERGE_LABELS = "MERGE INTO labels t USING (SELECT productid, prdtypecode FROM"
            + " load_staging WHERE row_position BETWEEN ? AND ? AND prdtypecode IS NOT NULL) s"
            + " ON t.productid = s.productid"
            + " WHEN MATCHED AND t.prdtypecode <> s.prdtypecode THEN UPDATE SET prdtypecode = s.prdtypecode"
            + " WHEN NOT MATCHED THEN INSERT (productid, prdtypecode) VALUES (s.productid, s.prdtypecode)";

    private static final String COUNT_CHANGED = "SELECT COUNT(*) FROM load_staging s JOIN products t"
            + " ON t.productid = s.productid LEFT JOIN labels l ON l.productid = s.productid"
            + " WHERE s.row_position BETWEEN ? AND ? AND (" + PRODUCT_DIFFERS
            + " OR (s.prdtypecode IS NOT NULL AND l.prdtypecode IS DISTINCT FROM s.prdtypecode))";

    private final Database database;
    private final long loadId;
    private final Progress progress;

    CataloguePublication(Database database, long loadId, Progress progress) {
        this.database = database;
        this.loadId = loadId;
        this.progress = progress;
    }

    void publish(CatalogueImport.Outcome outcome, Instant now) {
        database.write("publish load " + loadId, connection -> {
            long before = count(connection);
            long changed = 0;
            for (long from = 1; from <= outcome.rowsStaged(); from += SLICE) {
                progress.throwIfCancelled();
                progress.report("writing rows", from - 1, outcome.rowsStaged());
                changed += before == 0 ? insert(connection, from, now) : merge(connection, from, now);
            }
            Statements.update(
                    connection,
                    "UPDATE data_loads SET status = ?, completed_at = ?, total_rows = ?, rows_added = ?,"
                            + " rows_changed = ?, rows_rejected = ? WHERE id = ?",
                    RunStatus.COMPLETED.text(),
                    now,
                    outcome.rowsRead(),
                    count(connection) - before,
                    changed,
                    outcome.rowsRejected(),
                    loadId);
            return changed;
        });
        progress.report("writing rows", outcome.rowsStaged(), outcome.rowsStaged());
    }

    /** An empty catalogue has nothing to compare with, which makes the first load twice as fast. */
    private static long insert(Connection connection, long from, Instant now) throws SQLException {
        Statements.update(connection, INSERT_PRODUCTS, now, from, from + SLICE - 1);
        Statements.update(connection, INSERT_LABELS, from, from + SLICE - 1);
        return 0;
    }

    private static long merge(Connection connection, long from, Instant now) throws SQLException {
        long changed = Statements.number(connection, COUNT_CHANGED, from, from + SLICE - 1);
        Statements.update(connection, MERGE_PRODUCTS, from, from + SLICE - 1, now);
        Statements.update(connection, MERGE_LABELS, from, from + SLICE - 1);
        return changed;
    }

    private static long count(Connection connection) throws SQLException {
        return Statements.number(connection, "SELECT COUNT(*) FROM products");
    }
}
