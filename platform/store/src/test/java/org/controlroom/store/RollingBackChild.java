package org.controlroom.store;

import java.nio.file.Path;
import java.time.Instant;

/** A process that takes a load back and says when it has begun, to be killed on the way. */
final class RollingBackChild {

    private RollingBackChild() {}

    public static void main(String[] args) {
        TestDatabase test = new TestDatabase(Path.of(args[0]));
        JdbcCatalogue catalogue = new JdbcCatalogue(test.database, () -> {
            System.out.println("begun");
            return Instant.EPOCH;
        });
        catalogue.rollBack(Long.parseLong(args[1]), "api", "killed on the way");
    }
}
