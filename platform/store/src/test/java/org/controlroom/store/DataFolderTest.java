package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void itMakesWhatIsMissingAndLocksIt() {
        Path root = folder.resolve("new/state");
        try (DataFolder data = DataFolder.open(root)) {
            assertThat(data.monitoring()).isDirectory();
            ControlRoomException failure =
                    catchThrowableOfType(ControlRoomException.class, () -> DataFolder.open(root));
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure)
                    .hasMessageContaining("data folder " + root + " is used by process "
                            + ProcessHandle.current().pid());
        }
        DataFolder.open(root).close();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ControlRoomException failure =
                catchThrowableOfType(ControlRoomException.class, () -> DataFolder.open(file.resolve("state")));
        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(failure).hasMessageContaining(file.toString()).hasMessageContaining("controlroom.data.dir");
    }

    @Test
    void aDatabaseFileOfAnotherProcessIsToldAsSuch() throws Exception {
        String url = DataFolder.h2Url(folder.resolve("db"));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.h2.tools.Shell",
                        "-url",
                        url,
                        "-user",
                        "sa")
                .redirectErrorStream(true)
                .start();
        try (var out = other.inputReader()) {
            for (String line = ""; !line.contains("sql>") && !line.contains("Commands are"); ) {
                line = out.readLine();
                assertThat(line).isNotNull();
            }
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl(url);
            source.setUser("sa");
            Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);

            ControlRoomException failure =
                    catchThrowableOfType(ControlRoomException.class, () -> StoreSchema.migrate(database));
            assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
            assertThat(failure).hasMessageContaining("in use by another process");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
