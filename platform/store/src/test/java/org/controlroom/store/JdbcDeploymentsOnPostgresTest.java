package org.controlroom.store;

import java.nio.file.Path;
import org.controlroom.jdbc.PostgresServer;

/** The same on a real PostgreSQL. */
class JdbcDeploymentsOnPostgresTest extends JdbcDeploymentsTest {

    @Override
    TestDatabase database(Path empty) {
        return new TestDatabase(PostgresServer.database());
    }
}
