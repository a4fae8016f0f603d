package org.controlroom.store;

import java.nio.file.Path;

/** The same on a real PostgreSQL. */
class JdbcRunHistoryOnPostgresTest extends JdbcRunHistoryTest {

    @Override
    TestDatabase database(Path empty) {
        return PostgresServer.database();
    }
}
