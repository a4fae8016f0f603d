package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.jdbc.Statements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 closes a database whose file it could not write; its connections stay in the pool, and are of no use any more. */
class ReopenedDatabaseTest {

    private static final int CONNECTIONS = 12;

    @TempDir
    Path folder;

    @Test
    void aDatabaseThatWasClosedUnderItsPoolAnswersTheNextQuestion() throws SQLException {
        try (TestDatabase test = new TestDatabase(folder)) {
            fillPool(test);
            closeByForce(test);

            long rows = test.database.read(
                    "count", connection -> Statements.number(connection, "SELECT COUNT(*) FROM products"));
            assertThat(rows).isZero();
        }
    }

    @Test
    void aTransactionBeginsOnAConnectionThatWorks() throws SQLException {
        try (TestDatabase test = new TestDatabase(folder)) {
            fillPool(test);
            closeByForce(test);

            int changed = test.database.write(
                    "delete", connection -> Statements.update(connection, "DELETE FROM products WHERE id = 1"));
            assertThat(changed).isZero();
        }
    }

    @Test
    void theNumbersOfRunsGoOnAfterAKill() throws SQLException {
        try (TestDatabase test = new TestDatabase(folder)) {
            JdbcRunHistory history = new JdbcRunHistory(test.database, InstantSource.system());
            String first =
                    history.create("load-data", List.of("load"), Map.of()).id();
            closeByForce(test);
            String second =
                    history.create("train-model", List.of("train"), Map.of()).id();

            assertThat(List.of(first, second)).containsExactly("run-00000001", "run-00000002");
        }
    }

    private static void fillPool(TestDatabase test) throws SQLException {
        test.pool.setMaxConnections(CONNECTIONS + 2);
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(test.pool.getConnection());
        }
        for (Connection connection : open) {
            connection.close();
        }
    }

    /** As H2 itself does after a failed write. */
    private static void closeByForce(TestDatabase test) throws SQLException {
        try (Connection connection = test.pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }
}
