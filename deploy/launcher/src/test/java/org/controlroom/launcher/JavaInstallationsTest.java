package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.controlroom.launcher.JavaInstallations.Java;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaInstallationsTest {
    @TempDir
    Path folder;

    @Test
    void theVersionIsReadFromTheReleaseFile() throws IOException {
        Java java = JavaInstallations.read(installation("JAVA_RUNTIME_VERSION=\"25.0.3+9\"\nJAVA_VERSION=\"25.0.3\"\n"))
                .orElseThrow();

        assertThat(java.feature()).isEqualTo(25);
        assertThat(java.version()).isEqualTo("25.0.3");
    }

    @Test
    void aVersionOfOneNumberIsRead() throws IOException {
        assertThat(JavaInstallations.read(installation("JAVA_VERSION=\"21\"\n"))
                        .orElseThrow()
                        .feature())
                .isEqualTo(21);
    }

    @Test
    void aFolderWithoutJavaIsNone() {
        assertThat(JavaInstallations.read(folder)).isEmpty();
    }

    @Test
    void aChosenJavaThatIsTooOldIsRefusedByItsFolder() throws IOException {
        Path old = installation("JAVA_VERSION=\"11.0.2\"\n");

        assertThatThrownBy(() -> JavaInstallations.best(Map.of("CONTROLROOM_JAVA_HOME", old.toString())))
                .isInstanceOf(LaunchException.class)
                .hasMessage("CONTROLROOM_JAVA_HOME=" + old + " is no Java 17 or newer");
    }

    @Test
    void theMachineThatRunsThisTestHasOneThatFits() {
        Java java = JavaInstallations.best(Map.of());

        assertThat(java.feature()).isGreaterThanOrEqualTo(JavaInstallations.OLDEST);
        assertThat(java.program()).isExecutable();
    }

    private Path installation(String release) throws IOException {
        Path program = folder.resolve("bin").resolve("java");
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(program, "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), release);
        return folder;
    }
}
