package org.controlroom.registry.embedded;

import java.time.InstantSource;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.ModelRegistryContract;
import org.controlroom.jdbc.PostgresServer;

/** The same contract on a real PostgreSQL. */
class EmbeddedModelRegistryOnPostgresTest extends ModelRegistryContract {

    @Override
    protected ModelRegistry registry() {
        return new EmbeddedModelRegistry(PostgresServer.database(), folder.resolve("registry"), InstantSource.system());
    }
}
