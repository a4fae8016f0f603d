package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.Notification;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.Outbox;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/** Notices in table {@code notices}, messages in table {@code notifications}. */
public final class JdbcNotifications implements Notifications {

    private static final String TABLE = "notifications";
    private static final String COLUMNS =
            "id, channel, kind, title, body, link, status, attempts, created_at, next_attempt_at, ended_at, last_problem";
    private static final Duration KEPT = Duration.ofDays(400);
    private static final int MAX_BODY = 10_000;

    private static final Listing<Notification> NOTIFICATIONS = Listing.of(
                    TABLE, COLUMNS, TABLE, new Sort("id", KeyType.INTEGER), true, JdbcNotifications::notification)
            .indexedFilter("channel", "channel", FilterValues::text)
            .filter("status", "status = ?", text -> text.toLowerCase(Locale.ROOT))
            .filter("kind", "kind = ?", text -> text.toLowerCase(Locale.ROOT));

    private final Database database;

    public JdbcNotifications(Database database) {
        this.database = database;
    }

    @Override
    public List<Notice> notices(int limit) {
        return database.read(
                "list notices",
                connection -> Statements.all(
                        connection,
                        JdbcNotifications::notice,
                        "SELECT id, kind, about, subject, detail, reason, actor, happened_at FROM notices ORDER BY id"
                                + " FETCH FIRST ? ROWS ONLY",
                        limit));
    }

    @Override
    public boolean address(Notice notice, Message message, List<String> channels, Instant now) {
        return database.write("make messages of notice " + notice.id(), connection -> {
            // Whoever removes the notice makes its messages; the other node waits here and then finds nothing.
            if (Statements.update(connection, "DELETE FROM notices WHERE id = ?", notice.id()) == 0) {
                return false;
            }
            for (String channel : channels) {
                insert(connection, channel, message, OutboxTable.OPEN, 0, now, null, "");
            }
            Statements.update(connection, "DELETE FROM notifications WHERE created_at < ?", now.minus(KEPT));
            return true;
        });
    }

    @Override
    public void record(String channel, Message message, String problem, Instant now) {
        String status = problem.isEmpty() ? OutboxTable.DELIVERED : OutboxTable.GIVEN_UP;
        database.write("keep message to " + channel, connection -> {
            insert(connection, channel, message, status, 1, now, now, problem);
            return true;
        });
    }

    private static void insert(
            Connection connection,
            String channel,
            Message message,
            String status,
            int attempts,
            Instant now,
            @Nullable Instant ended,
            String problem)
            throws SQLException {
        String body = String.join("\n", message.lines());
        Statements.update(
                connection,
                "INSERT INTO notifications (channel, kind, title, body, link, status, attempts, created_at,"
                        + " next_attempt_at, ended_at, last_problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                channel,
                message.kind().text(),
                message.title(),
                body.substring(0, Math.min(body.length(), MAX_BODY)),
                message.link(),
                status,
                attempts,
                now,
                now,
                ended,
                OutboxTable.cut(problem));
    }

    @Override
    public Page<Notification> notifications(PageRequest request) {
        return database.read("list notifications", connection -> NOTIFICATIONS.page(connection, request));
    }

    @Override
    public Outbox<Message> outbox(String channel) {
        return new ChannelOutbox(database, channel);
    }

    /** Messages of one channel, so that one that hangs does not keep the others. */
    private static final class ChannelOutbox extends OutboxTable<Message> {
        private final String channel;

        ChannelOutbox(Database database, String channel) {
            super(database, TABLE, "id");
            this.channel = channel;
        }

        @Override
        public List<Item<Message>> due(Instant now, int limit) {
            return database.read(
                    "list due messages to " + channel,
                    connection -> Statements.all(
                            connection,
                            row -> new Item<>(
                                    "notification-" + row.getLong("id"), row.getInt("attempts"), message(row)),
                            "SELECT " + COLUMNS + " FROM notifications WHERE status = 'open' AND channel = ?"
                                    + " AND next_attempt_at <= ? ORDER BY next_attempt_at, id FETCH FIRST ? ROWS ONLY",
                            channel,
                            now,
                            limit));
        }

        @Override
        long number(String id) {
            return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
        }
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                Notice.Kind.of(Columns.text(row, "kind")),
                Columns.text(row, "title"),
                Columns.text(row, "body").lines().toList(),
                row.getString("link"));
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                row.getLong("id"),
                Notice.Kind.of(Columns.text(row, "kind")),
                Columns.text(row, "about"),
                Columns.text(row, "subject"),
                row.getString("detail"),
                Columns.text(row, "reason"),
                Columns.text(row, "actor"),
                Columns.instant(row, "happened_at"));
    }

    private static Notification notification(ResultSet row) throws SQLException {
        String status = Columns.text(row, "status");
        return new Notification(
                row.getLong("id"),
                Columns.text(row, "channel"),
                Columns.text(row, "kind"),
                Columns.text(row, "title"),
                Columns.text(row, "body"),
                row.getString("link"),
                status,
                row.getInt("attempts"),
                Columns.instant(row, "created_at"),
                status.equals(OutboxTable.OPEN) ? Columns.instant(row, "next_attempt_at") : null,
                Columns.instantOrNull(row, "ended_at"),
                Columns.text(row, "last_problem"));
    }
}
