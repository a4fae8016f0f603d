package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The few things in which the databases differ for us. */
public enum Dialect {
    H2,
    POSTGRESQL;

    /** The dialect of a connection; whatever is not PostgreSQL is taken for H2. */
    public static Dialect of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? POSTGRESQL : H2;
    }
}
