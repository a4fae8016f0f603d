package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.controlroom.core.port.Outbox;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;

/**
 * The columns that every table of things to send has: {@code status}, {@code attempts}, {@code next_attempt_at},
 * {@code ended_at}, {@code last_problem}.
 *
 * @param <T> what is needed to send one
 */
abstract class OutboxTable<T> implements Outbox<T> {

    static final String OPEN = "open";
    static final String DELIVERED = "delivered";
    static final String GIVEN_UP = "given_up";

    private static final int MAX_PROBLEM = 1_000;

    final Database database;
    private final String table;
    private final String key;

    /** @param key column that an item's id names */
    OutboxTable(Database database, String table, String key) {
        this.database = database;
        this.table = table;
        this.key = key;
    }

    /** The key of an item's id. */
    abstract long number(String id);

    @Override
    public boolean take(Item<T> item, Instant until) {
        return change(
                        "take " + item.id(),
                        "SET attempts = attempts + 1, next_attempt_at = ? WHERE " + key
                                + " = ? AND attempts = ? AND status = ?",
                        until,
                        number(item.id()),
                        item.attempts(),
                        OPEN)
                > 0;
    }

    @Override
    public void delivered(String id, Instant now) {
        end(id, DELIVERED, "", now);
    }

    @Override
    public void givenUp(String id, String problem, Instant now) {
        end(id, GIVEN_UP, problem, now);
    }

    private void end(String id, String status, String problem, Instant now) {
        change(
                "end " + id,
                "SET status = ?, last_problem = ?, ended_at = ? WHERE " + key + " = ?",
                status,
                cut(problem),
                now,
                number(id));
    }

    @Override
    public void failed(String id, String problem, Instant again) {
        change(
                "delay " + id,
                "SET next_attempt_at = ?, last_problem = ? WHERE " + key + " = ?",
                again,
                cut(problem),
                number(id));
    }

    private int change(String what, String change, Object... values) {
        return database.write(
                what + " in " + table,
                connection -> Statements.update(connection, "UPDATE " + table + " " + change, values));
    }

    /** Puts what has ended back to the beginning. */
    static int reopen(Connection connection, String table, String key, long number, Instant now) throws SQLException {
        return Statements.update(
                connection,
                "UPDATE " + table + " SET status = ?, attempts = 0, next_attempt_at = ?, ended_at = NULL WHERE " + key
                        + " = ?",
                OPEN,
                now,
                number);
    }

    static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_PROBLEM)).replace('\0', '\uFFFD');
    }
}
