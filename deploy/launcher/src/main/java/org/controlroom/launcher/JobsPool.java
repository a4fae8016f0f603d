package org.controlroom.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the batch runtime of the server keeps its jobs: beside the default database, or in the PostgreSQL that holds
 * everything else. The address and the password are not in the commands; the server asks the configuration for them.
 */
final class JobsPool {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private JobsPool() {}

    /**
     * The server's commands that set the pool of its default data source. They have no path of the data folder, in which a
     * space would end the command; the server runs in that folder.
     */
    static String commands(Path home, Configuration configuration) throws IOException {
        boolean postgresql = configuration.get("controlroom.db.url").startsWith(POSTGRESQL);
        Path template = home.resolve("conf").resolve(postgresql ? "jobs-postgresql.txt" : "jobs-h2.txt");
        return Files.readString(template).strip();
    }
}
