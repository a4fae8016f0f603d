package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Reads how long the running server's database took for each statement, which it counts while {@code QUERY_STATISTICS} is
 * on. {@code forget URL} begins anew; {@code report URL FIGURES NOTE} gives the longest execution since then.
 */
public final class SlowestQuery {

    private static final double LIMIT_MS = 100;
    private static final int SHOWN = 5;
    private static final String SLOWEST =
            "SELECT max_execution_time, execution_count, sql_statement, average_execution_time"
                    + " FROM information_schema.query_statistics WHERE UPPER(sql_statement) LIKE 'SELECT %'"
                    + " AND UPPER(sql_statement) NOT LIKE '%INFORMATION_SCHEMA%' ORDER BY max_execution_time DESC";

    private SlowestQuery() {}

    /** See the class. */
    public static void main(String[] args) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(args[1], "sa", "");
                Statement statement = connection.createStatement()) {
            switch (args[0]) {
                case "forget" -> {
                    statement.execute("SET QUERY_STATISTICS FALSE");
                    statement.execute("SET QUERY_STATISTICS TRUE");
                }
                case "report" -> report(statement, Figures.in(Path.of(args[2])), args[3]);
                default -> throw new IllegalArgumentException(args[0] + "; must be forget or report");
            }
        }
    }

    private static void report(Statement statement, Figures figures, String note) throws SQLException, IOException {
        double slowestMs = -1;
        double slowestAverageMs = -1;
        int statements = 0;
        long executions = 0;
        try (ResultSet row = statement.executeQuery(SLOWEST)) {
            while (row.next()) {
                if (statements < SHOWN) {
                    System.out.printf(
                            Locale.ROOT,
                            "    %6.1f ms, on average %.1f ms: %s%n",
                            row.getDouble(1),
                            row.getDouble(4),
                            row.getString(3).replaceAll("\\s+", " "));
                }
                slowestMs = Math.max(slowestMs, row.getDouble(1));
                slowestAverageMs = Math.max(slowestAverageMs, row.getDouble(4));
                executions += row.getLong(2);
                statements++;
            }
        }
        if (statements == 0) {
            throw new IOException("the database counted no query; must run with QUERY_STATISTICS=TRUE");
        }
        figures.atMost(
                "slowest query of a page",
                slowestMs,
                LIMIT_MS,
                "ms",
                executions + " executions of " + statements + " queries; " + note);
        figures.info("slowest query on average", slowestAverageMs, "ms", "of all executions of the statement");
    }
}
