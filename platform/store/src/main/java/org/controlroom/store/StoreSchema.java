package org.controlroom.store;

import org.controlroom.jdbc.Database;

/** Tables of the store and their versions. */
public final class StoreSchema {

    private StoreSchema() {}

    /** Brings the tables to the newest version; does nothing when they are. */
    public static void migrate(Database database) {
        database.migrate(StoreSchema.class.getClassLoader(), "org/controlroom/store/migration", "store_schema_history");
    }
}
