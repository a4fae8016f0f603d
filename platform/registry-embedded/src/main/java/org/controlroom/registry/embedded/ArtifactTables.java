package org.controlroom.registry.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Statements;
import org.controlroom.registry.embedded.ArtifactFiles.Entry;
import org.controlroom.registry.embedded.ArtifactFiles.Staged;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Which files of a run count, and where they are. */
final class ArtifactTables {

    private ArtifactTables() {}

    /** A file of a run and the folder below which it is kept. */
    record Stored(String location, Entry entry) {}

    /** All files of the run, ascending by path. */
    static List<Stored> all(Connection connection, String runId) throws SQLException {
        List<Stored> all = new ArrayList<>(Statements.all(
                connection,
                row -> new Stored(
                        Columns.text(row, "location"),
                        new Entry(Columns.text(row, "path"), row.getLong("byte_count"), Columns.text(row, "sha256"))),
                "SELECT location, path, byte_count, sha256 FROM registry_artifacts WHERE run_id = ?",
                runId));
        // Databases order texts by their locale; the contract says ascending, the same everywhere.
        all.sort(Comparator.comparing(each -> each.entry().path()));
        return all;
    }

    /** Lets the files count, instead of those that had their paths. */
    static void replace(Connection connection, String runId, Staged staged, String location) throws SQLException {
        for (Entry entry : staged.entries()) {
            Statements.update(
                    connection, "DELETE FROM registry_artifacts WHERE run_id = ? AND path = ?", runId, entry.path());
            Statements.update(
                    connection,
                    "INSERT INTO registry_artifacts (run_id, path, location, byte_count, sha256)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    runId,
                    entry.path(),
                    location,
                    entry.bytes(),
                    entry.sha256());
        }
    }

    /** A path cannot be a file and a folder. */
    static void requireNoClash(String runId, List<Stored> before, Staged staged) {
        for (Stored old : before) {
            String path = old.entry().path();
            for (Entry fresh : staged.entries()) {
                if (fresh.path().startsWith(path + "/") || path.startsWith(fresh.path() + "/")) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            "artifact '" + fresh.path() + "' of run " + runId + " clashes with '" + path
                                    + "'; a path cannot be a file and a folder");
                }
            }
        }
    }
}
