package org.controlroom.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Locale;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What a database error means to us; the only place that reads SQL states. H2 uses its error number as state. */
public final class SqlFailure {

    private static final String DUPLICATE_KEY = "23505";

    private SqlFailure() {}

    /** Whether a unique key is taken already. */
    public static boolean isDuplicateKey(SQLException failure) {
        return DUPLICATE_KEY.equals(state(failure));
    }

    /** Whether the same statements may work when they are tried again at once. */
    static boolean isTransient(SQLException failure) {
        if (noSpace(failure) || inUse(failure)) {
            return false;
        }
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || isConflict(failure)
                || unreachable(failure);
    }

    /** Whether the database undid a transaction in favour of another one: serialization failure or deadlock. */
    static boolean isConflict(SQLException failure) {
        return state(failure).startsWith("40");
    }

    /** Whether a pool gave a connection of a database in this process that has been closed since. */
    static boolean isStale(SQLException failure) {
        return H2_STALE.contains(state(failure) + " ") && !noSpace(failure);
    }

    /** Whether the connection, not the statement, is at fault. */
    static boolean unreachable(@Nullable Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return false;
        }
        String state = state(sql);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || H2_CLOSED.contains(state + " ");
    }

    /** H2: connection broken, object closed, IO error, database closed, database is closing. */
    private static final String H2_CLOSED = "90067 90007 90028 90031 90098 90121 90030 90135 ";

    /** H2: object closed, database closed, database called at shutdown. */
    private static final String H2_STALE = "90007 90098 90121 ";

    static ControlRoomException translate(SQLException failure, String what, ErrorCode unavailable) {
        if (inUse(failure)) {
            return new ControlRoomException(
                    unavailable,
                    what + ": the database file is in use by another process; stop it or choose another data folder",
                    failure);
        }
        if (noSpace(failure)) {
            return new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    what + ": the database cannot write its file (" + deepestMessage(failure)
                            + "); free space or make the folder writable",
                    failure);
        }
        if (isTransient(failure)) {
            return new ControlRoomException(
                    unavailable,
                    what + ": the database did not answer (" + firstLine(failure.getMessage()) + ")",
                    failure);
        }
        return new ControlRoomException(
                ErrorCode.INTERNAL,
                what + ": " + firstLine(failure.getMessage()) + " [" + state(failure) + "]",
                failure);
    }

    private static boolean inUse(SQLException failure) {
        return "90020".equals(state(failure));
    }

    private static boolean noSpace(SQLException failure) {
        if (state(failure).equals("53100") || state(failure).equals("90097")) {
            return true;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left")
                    || message.contains("read-only file system")
                    || message.contains("database is read only")
                    || message.contains("permission denied")
                    || t instanceof java.nio.file.AccessDeniedException) {
                return true;
            }
        }
        return false;
    }

    /** State of the first cause that has one: a batch wraps the failure of its statement. */
    private static String state(SQLException failure) {
        if (failure instanceof BatchUpdateException && failure.getNextException() != null) {
            return state(failure.getNextException());
        }
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static String deepestMessage(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return firstLine(deepest.getMessage());
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
