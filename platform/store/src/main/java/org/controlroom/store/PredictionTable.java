package org.controlroom.store;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Dialect;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.SqlFailure;
import org.controlroom.jdbc.Statements;

/** SQL of the tables {@code predictions} and {@code prediction_ingest}. */
final class PredictionTable {

    private static final String COLUMNS = "prediction_id, predicted_at, designation, description, predicted_class,"
            + " confidence, text_length, model_version, model_stage";

    private static final String INSERT =
            "INSERT INTO predictions (" + COLUMNS + ", id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** For lines that somebody has copied: a prediction that is there already is left out. */
    private static final String INSERT_NEW =
            "INSERT INTO predictions (" + COLUMNS + ", id) SELECT CAST(? AS VARCHAR(100)),"
                    + " CAST(? AS TIMESTAMP WITH TIME ZONE), CAST(? AS VARCHAR(10000)), CAST(? AS VARCHAR(100000)),"
                    + " CAST(? AS INTEGER), CAST(? AS REAL), CAST(? AS INTEGER), CAST(? AS VARCHAR(100)),"
                    + " CAST(? AS VARCHAR(100)), CAST(? AS BIGINT) WHERE NOT EXISTS (SELECT 1 FROM predictions WHERE prediction_id = ?)";

    static final Listing<LoggedPrediction> PREDICTIONS = Listing.of(
                    "predictions",
                    COLUMNS,
                    "predictions",
                    new Sort("id", KeyType.INTEGER),
                    true,
                    PredictionTable::prediction)
            .indexedFilter("label", "predicted_class", FilterValues.integer("label"))
            .indexedFilter("model_version", "model_version", FilterValues::text)
            .filter("text", "LOWER(designation) LIKE ? ESCAPE '!'", FilterValues::anywhere)
            .filter("min_confidence", "confidence >= ?", confidence("min_confidence"))
            .filter("max_confidence", "confidence <= ?", confidence("max_confidence"))
            .filter("from", "predicted_at >= ?", FilterValues.instant("from"))
            .filter("to", "predicted_at < ?", FilterValues.instant("to"))
            .sort("time", new Sort("id", KeyType.INTEGER));

    /** A third of what a page may take: the garbage collector and whoever else uses the machine take their part. */
    private static final PredictionSearch SEARCH = new PredictionSearch(PREDICTIONS, Duration.ofMillis(30));

    private final Database database;

    PredictionTable(Database database) {
        this.database = database;
    }

    Page<LoggedPrediction> page(PageRequest request) {
        return database.read(
                "list predictions",
                connection -> PredictionSearch.isNeeded(request, Dialect.of(connection))
                        ? SEARCH.page(connection, request)
                        : PREDICTIONS.page(connection, request));
    }

    private static Function<String, Object> confidence(String field) {
        return text -> ((Number) FilterValues.decimal(field).apply(text)).floatValue();
    }

    Optional<LoggedPrediction> byId(String id) {
        return database.read(
                "read prediction " + id,
                connection -> Statements.first(
                        connection,
                        PredictionTable::prediction,
                        "SELECT " + COLUMNS + " FROM predictions WHERE prediction_id = ?",
                        id));
    }

    /** How far a file has been moved; the length of the header when nothing of it has. */
    long offset(String fileId) {
        return database.read(
                        "read position in prediction log",
                        connection -> Statements.first(
                                connection,
                                row -> row.getLong("byte_offset"),
                                "SELECT byte_offset FROM prediction_ingest WHERE file_id = ?",
                                fileId))
                .orElse((long) LogFile.headerLength());
    }

    /**
     * Adds rows and moves the position in one transaction.
     *
     * @return false when the position is not {@code from} any more, because somebody else moved it; nothing is added then
     */
    boolean add(String fileId, long from, long to, List<LoggedPrediction> rows, Instant now) {
        Added added = database.write("store predictions", connection -> {
            if (!move(connection, fileId, from, to, rows.size(), now)) {
                return Added.ELSEWHERE;
            }
            try {
                insert(connection, INSERT, rows, false);
                return Added.YES;
            } catch (BatchUpdateException e) {
                if (SqlFailure.isDuplicateKey(e)) {
                    connection.rollback();
                    return Added.DUPLICATE;
                }
                throw e;
            }
        });
        return added == Added.DUPLICATE ? addNew(fileId, from, to, rows, now) : added == Added.YES;
    }

    private boolean addNew(String fileId, long from, long to, List<LoggedPrediction> rows, Instant now) {
        return database.write("store predictions that are new", connection -> {
            if (!move(connection, fileId, from, to, rows.size(), now)) {
                return false;
            }
            insert(connection, INSERT_NEW, rows, true);
            return true;
        });
    }

    private static boolean move(Connection connection, String fileId, long from, long to, int rows, Instant now)
            throws SQLException {
        int moved = Statements.update(
                connection,
                "UPDATE prediction_ingest SET byte_offset = ?, row_count = row_count + ?, updated_at = ?"
                        + " WHERE file_id = ? AND byte_offset = ?",
                to,
                rows,
                now,
                fileId,
                from);
        if (moved == 1) {
            return true;
        }
        return Statements.insertIfAbsent(
                connection,
                "SELECT byte_offset FROM prediction_ingest WHERE file_id = ?",
                List.of(fileId),
                "INSERT INTO prediction_ingest (file_id, byte_offset, row_count, updated_at) VALUES (?, ?, ?, ?)",
                List.of(fileId, to, rows, now));
    }

    private static void insert(Connection connection, String sql, List<LoggedPrediction> rows, boolean idAgain)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long id = Statements.number(connection, "SELECT COALESCE(MAX(id), 0) FROM predictions");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (LoggedPrediction row : rows) {
                id++;
                insert.setString(1, kept(row.id(), 100));
                insert.setObject(2, Columns.stored(row.time()).atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
                insert.setString(3, kept(row.designation(), 10_000));
                insert.setString(4, kept(row.description(), 100_000));
                insert.setInt(5, row.label());
                insert.setFloat(6, row.confidence());
                insert.setInt(7, row.textLength());
                insert.setString(8, kept(row.modelVersion(), 100));
                insert.setString(9, kept(row.modelStage(), 100));
                insert.setLong(10, id);
                if (idAgain) {
                    insert.setString(11, kept(row.id(), 100));
                    insert.executeUpdate();
                } else {
                    insert.addBatch();
                }
            }
            if (!idAgain) {
                insert.executeBatch();
            }
        }
    }

    /** What a column can hold: no NUL, which PostgreSQL refuses, and no more than its size. */
    private static String kept(String text, int limit) {
        String cut = text.length() <= limit ? text : text.substring(0, limit);
        return cut.replace('\0', '\uFFFD');
    }

    private static LoggedPrediction prediction(ResultSet row) throws SQLException {
        return new LoggedPrediction(
                Columns.text(row, "prediction_id"),
                Columns.instant(row, "predicted_at"),
                Columns.text(row, "designation"),
                Columns.text(row, "description"),
                row.getInt("predicted_class"),
                row.getFloat("confidence"),
                row.getInt("text_length"),
                Columns.text(row, "model_version"),
                Columns.text(row, "model_stage"));
    }

    private enum Added {
        YES,
        /** Another process moved the position. */
        ELSEWHERE,
        /** One of the predictions is there already. */
        DUPLICATE
    }
}
