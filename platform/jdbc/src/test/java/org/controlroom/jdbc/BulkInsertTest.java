package org.controlroom.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.controlroom.spi.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class BulkInsertTest {

    private static final Instant TIME = Instant.parse("2026-11-23T10:11:12.123456Z");

    /** Characters that mean something to COPY, to SQL or to UTF-8, and none that PostgreSQL refuses (NUL). */
    private static final String[] PARTS = {
        "\\", "\n", "\r", "\t", "\\N", "\\.", "\"", "'", ",", "é", "漢", "😀", "\u2028", "\b", "a", " ", "{}", "\u0001"
    };

    @Test
    void rowsByABatchAreWhatWasGivenWhateverTheirTextsHold() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:bulk;DB_CLOSE_DELAY=-1");
        rowsAreWhatWasGiven(new Database(source, ErrorCode.DATABASE_UNAVAILABLE));
    }

    static void rowsAreWhatWasGiven(Database database) {
        List<List<Object>> rows = new ArrayList<>();
        Random random = new Random(7);
        rows.add(Arrays.asList(0L, "", null, null, null));
        rows.add(Arrays.asList(1L, "\\.", -1.5, true, TIME));
        for (long id = 2; id < 500; id++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            rows.add(Arrays.asList(id, text.toString(), random.nextDouble(), random.nextBoolean(), TIME));
        }

        database.write("insert", connection -> {
            Statements.update(
                    connection,
                    "CREATE TABLE bulk (id BIGINT PRIMARY KEY, words VARCHAR(1000), amount DOUBLE PRECISION,"
                            + " yes_no BOOLEAN, happened_at TIMESTAMP(6) WITH TIME ZONE)");
            try (BulkInsert insert =
                    BulkInsert.into(connection, "bulk", "id", "words", "amount", "yes_no", "happened_at")) {
                insert.flush();
                for (List<Object> row : rows) {
                    insert.add(row.toArray());
                    if (row.get(0).equals(100L)) {
                        insert.flush();
                    }
                }
                insert.flush();
            }
            return rows.size();
        });

        List<List<Object>> found = database.read(
                "read",
                connection -> Statements.all(
                        connection,
                        row -> Arrays.<Object>asList(
                                row.getLong("id"),
                                row.getString("words"),
                                row.getObject("amount", Double.class),
                                row.getObject("yes_no", Boolean.class),
                                Columns.instantOrNull(row, "happened_at")),
                        "SELECT id, words, amount, yes_no, happened_at FROM bulk ORDER BY id"));
        assertThat(found).isEqualTo(rows);
    }
}
