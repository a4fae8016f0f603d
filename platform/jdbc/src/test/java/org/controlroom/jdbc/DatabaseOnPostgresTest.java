package org.controlroom.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

/** What only a real server does: it undoes transactions that meet, and it goes away. */
class DatabaseOnPostgresTest {

    private static Database database() {
        Database database = new Database(PostgresServer.database(), ErrorCode.DATABASE_UNAVAILABLE);
        database.write("make table", connection -> {
            Statements.update(connection, "CREATE TABLE counts (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)");
            return Statements.update(connection, "INSERT INTO counts VALUES (1, 0), (2, 0)");
        });
        return database;
    }

    private static int add(Connection connection, int id) throws SQLException {
        return Statements.update(connection, "UPDATE counts SET value = value + 1 WHERE id = ?", id);
    }

    private static List<Integer> values(Database database) {
        return database.read(
                "read",
                connection -> Statements.all(connection, row -> row.getInt(1), "SELECT value FROM counts ORDER BY id"));
    }

    /** Runs both at once. */
    private static void together(Runnable first, Runnable second) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> one = threads.submit(first);
            Future<?> two = threads.submit(second);
            one.get(1, TimeUnit.MINUTES);
            two.get(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Both wait for each other the first time they come here, and go on without waiting afterwards. */
    private static void meet(CyclicBarrier barrier, AtomicInteger visits) throws SQLException {
        if (visits.incrementAndGet() > 2) {
            return;
        }
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new SQLException("the other did not come", e);
        }
    }

    @Test
    void twoTransactionsThatWaitForEachOtherBothCountInTheEnd() throws Exception {
        Database database = database();
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicInteger visits = new AtomicInteger();

        together(
                () -> database.write("one then two", connection -> {
                    add(connection, 1);
                    meet(barrier, visits);
                    return add(connection, 2);
                }),
                () -> database.write("two then one", connection -> {
                    add(connection, 2);
                    meet(barrier, visits);
                    return add(connection, 1);
                }));

        assertThat(visits).as("one of them was undone and came again").hasValue(3);
        assertThat(values(database)).containsExactly(2, 2);
    }

    @Test
    void aTransactionThatCannotBeSerializedIsTriedAgain() throws Exception {
        Database database = database();
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicInteger visits = new AtomicInteger();
        Runnable crossed = () -> database.write("serializable", connection -> {
            Statements.update(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            long sum = Statements.number(connection, "SELECT SUM(value) FROM counts");
            meet(barrier, visits);
            return Statements.update(connection, "UPDATE counts SET value = ? WHERE id = 1", sum + 1);
        });

        together(crossed, crossed);

        assertThat(visits).hasValue(3);
        assertThat(values(database)).containsExactly(2, 0);
    }

    @Test
    void aServerThatIsDownIsUnavailableAndServesAgainWhenItIsUp() {
        try (PostgresServer server = PostgresServer.own("geheim")) {
            Database database = new Database(server.source(server.createDatabase()), ErrorCode.DATABASE_UNAVAILABLE);
            assertThat(one(database)).isEqualTo(1);

            server.shutDown();
            assertThatThrownBy(() -> one(database))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
            server.startUp();

            assertThat(one(database)).isEqualTo(1);
        }
    }

    private static long one(Database database) {
        return database.read("ask", connection -> Statements.number(connection, "SELECT 1"));
    }

    @Test
    void aTransactionThatTheServerCutsOffIsDoneAgainAsAWhole() {
        Database database = database();
        AtomicInteger attempts = new AtomicInteger();

        database.write("cut off once", connection -> {
            add(connection, 1);
            if (attempts.incrementAndGet() == 1) {
                database.read(
                        "cut off the others",
                        other -> Statements.all(
                                other,
                                row -> row.getBoolean(1),
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
            }
            return add(connection, 2);
        });

        assertThat(attempts).hasValue(2);
        assertThat(values(database)).containsExactly(1, 1);
    }

    @Test
    void rowsByCopyAreWhatWasGivenWhateverTheirTextsHold() {
        Database database = new Database(PostgresServer.database(), ErrorCode.DATABASE_UNAVAILABLE);
        BulkInsertTest.rowsAreWhatWasGiven(database);
        assertThat(database.<Dialect>read("ask", Dialect::of)).isEqualTo(Dialect.POSTGRESQL);
    }

    @Test
    void aCopyCountsInItsTransactionOnly() {
        Database database = database();

        assertThatThrownBy(() -> database.write("fail after a copy", connection -> {
                    try (BulkInsert rows = BulkInsert.into(connection, "counts", "id", "value")) {
                        rows.add(3, 3);
                        rows.flush();
                    }
                    return Statements.update(connection, "INSERT INTO counts VALUES (1, 1)");
                }))
                .isInstanceOf(ControlRoomException.class);

        assertThat(values(database)).hasSize(2);
    }
}
