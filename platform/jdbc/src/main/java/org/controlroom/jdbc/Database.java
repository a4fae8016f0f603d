package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A database as the adapters use it: each piece of work in a transaction of its own, tried again after transient
 * failures, and every {@link SQLException} turned into a {@link ControlRoomException}. Thread-safe.
 *
 * <p>The data source must not take part in container transactions, because transactions are begun and ended here.
 */
public final class Database {

    private static final int ATTEMPTS = 3;
    private static final long PAUSE_NANOS = 50_000_000L;

    /** For transactions that got in each other's way: one of them wins each time. */
    private static final int CONFLICT_ATTEMPTS = 8;

    private static final long CONFLICT_PAUSE_NANOS = 5_000_000L;

    /** More than any pool of ours holds. */
    private static final int STALE_CONNECTIONS = 64;

    private final DataSource source;
    private final ErrorCode unavailable;

    /** @param unavailable code for a database that does not answer: DATABASE_UNAVAILABLE or REGISTRY_UNAVAILABLE */
    public Database(DataSource source, ErrorCode unavailable) {
        this.source = source;
        this.unavailable = unavailable;
    }

    /**
     * Brings the tables of one adapter to the newest version.
     *
     * @param location folder of the migrations on the class path, for example {@code org/controlroom/store/migration}
     * @param historyTable table that remembers which migrations ran; each adapter has its own
     */
    public void migrate(ClassLoader loader, String location, String historyTable) {
        // Asking first gives the clear message for a locked file or a full disk, which Flyway would bury.
        read("open database", connection -> connection.getMetaData().getDatabaseProductName());
        try {
            Flyway.configure(loader)
                    .dataSource(source)
                    .locations("classpath:" + location)
                    .table(historyTable)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw e.getCause() instanceof SQLException sql
                    ? SqlFailure.translate(sql, "migrate " + historyTable, unavailable)
                    : new ControlRoomException(
                            ErrorCode.INTERNAL, "migrate " + historyTable + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs statements that only read; each sees what is committed when it starts.
     *
     * @param what what is being done, as the messages of errors begin
     */
    public <T extends @Nullable Object> T read(String what, SqlWork<T> work) {
        return attempt(what, () -> {
            try (Connection connection = connection()) {
                connection.setAutoCommit(true);
                return work.run(connection);
            }
        });
    }

    /** Runs statements that all see the state at the first of them. */
    public <T extends @Nullable Object> T readSnapshot(String what, SqlWork<T> work) {
        return attempt(what, () -> {
            try (Connection connection = connection()) {
                int isolation = connection.getTransactionIsolation();
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                try {
                    return work.run(connection);
                } finally {
                    endQuietly(connection);
                    connection.setTransactionIsolation(isolation);
                }
            }
        });
    }

    /** Runs statements in one transaction: all of them count, or none. */
    public <T extends @Nullable Object> T write(String what, SqlWork<T> work) {
        return attempt(what, () -> {
            try (Connection connection = connection()) {
                connection.setAutoCommit(false);
                boolean done = false;
                try {
                    T result = work.run(connection);
                    commit(connection);
                    done = true;
                    return result;
                } finally {
                    if (!done) {
                        endQuietly(connection);
                    } else {
                        connection.setAutoCommit(true);
                    }
                }
            }
        });
    }

    /**
     * H2 closes a database whose file it could not write. The pool finds each of its old connections closed only when it
     * is asked for one, and lets go of it then; the first new one opens the file again.
     */
    private Connection connection() throws SQLException {
        for (int left = STALE_CONNECTIONS; ; left--) {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                if (left == 0 || !SqlFailure.isStale(e)) {
                    throw e;
                }
            }
        }
    }

    /** When the connection breaks now, nobody can tell whether the work counts: doing it again could do it twice. */
    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.unreachable(e) ? new UnknownOutcome(e) : e;
        }
    }

    private <T extends @Nullable Object> T attempt(String what, Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                boolean conflict = SqlFailure.isConflict(e);
                int attempts = conflict ? CONFLICT_ATTEMPTS : ATTEMPTS;
                if (number == attempts || !SqlFailure.isTransient(e) || isFinal(e)) {
                    throw SqlFailure.translate(e, what, unavailable);
                }
                LockSupport.parkNanos(conflict ? conflictPause(number) : PAUSE_NANOS * number);
            }
        }
    }

    /** A pool that gave no connection has waited for one already. */
    private static boolean isFinal(SQLException failure) {
        return failure instanceof UnknownOutcome || failure instanceof SQLTransientConnectionException;
    }

    /** Twice as long each time, and of chance length, so that those who met do not meet again. */
    private static long conflictPause(int number) {
        return ThreadLocalRandom.current().nextLong(CONFLICT_PAUSE_NANOS << number);
    }

    /** The failure that led here is the one to tell; a broken connection can fail once more while it is given back. */
    private static void endQuietly(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            System.getLogger(Database.class.getName()).log(System.Logger.Level.DEBUG, "rollback failed", e);
        }
    }

    private interface Attempt<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /** A commit whose answer never came. */
    private static final class UnknownOutcome extends SQLException {
        private static final long serialVersionUID = 1L;

        UnknownOutcome(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
