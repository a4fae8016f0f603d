package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    Path folder;

    private StateFolder state = new StateFolder(Path.of("unset"));

    @BeforeEach
    void prepare() {
        state = new StateFolder(folder.resolve("state"));
        state.prepare();
    }

    @Test
    void aMarkedProcessThatLivesIsTheRunningServer() throws IOException {
        state.mark(ProcessHandle.current(), 8123, "127.0.0.1");

        StateFolder.Running running = state.running().orElseThrow();
        assertThat(running.process().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(running.port()).isEqualTo(8123);
        assertThatThrownBy(() -> Prechecks.folderIsFree(state))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("already runs")
                .hasMessageContaining("port 8123");
    }

    @Test
    void aProcessThatTookOverTheIdOfADeadServerIsNotTheServer() throws IOException {
        Files.writeString(
                state.folder().resolve("server.pid"), ProcessHandle.current().pid() + " 1000 8123\n");

        assertThat(state.running()).isEmpty();
    }

    @Test
    void aServerThatWasKilledLeavesTheFolderFree() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        state.mark(process.toHandle(), 8123, "127.0.0.1");
        process.destroyForcibly().waitFor();

        assertThat(state.running()).isEmpty();
        Prechecks.folderIsFree(state);
    }

    @Test
    void aDamagedMarkIsNoServer() throws IOException {
        Files.writeString(state.folder().resolve("server.pid"), "");

        assertThat(state.running()).isEmpty();
    }

    @Test
    void twoLaunchersCannotStartOnOneFolderAtTheSameTime() throws IOException {
        try (FileLock lock = state.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> state.lock())
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("being started");
        }
        try (FileLock again = state.lock()) {
            assertThat(again.isValid()).isTrue();
        }
    }

    @Test
    void aServerThatNoLauncherStartedIsFoundByItsLock() throws IOException {
        Path file = Files.writeString(state.folder().resolve("controlroom.lock"), "1");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> Prechecks.folderIsFree(state))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("is used by another process");
        }
        Prechecks.folderIsFree(state);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedWithItsPath() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new StateFolder(file.resolve("state")).prepare())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(file.resolve("state").toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aServerThatListensElsewhereIsAskedThere() throws IOException {
        state.mark(ProcessHandle.current(), 8123, "127.0.0.2");
        assertThat(state.running().orElseThrow().api().address("/x")).isEqualTo("http://127.0.0.2:8123/x");

        state.mark(ProcessHandle.current(), 8123, "0.0.0.0");
        assertThat(state.running().orElseThrow().api().address("/x")).isEqualTo("http://127.0.0.1:8123/x");

        state.mark(ProcessHandle.current(), 8123, "::1");
        assertThat(state.running().orElseThrow().api().address("/x")).isEqualTo("http://[::1]:8123/x");
    }

    @Test
    void aServerThatHasEndedButWasNotReapedIsNotRunning() throws Exception {
        // the parent never asks what became of its child, which ends when it finds a file
        Path end = folder.resolve("end");
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sh -c 'until [ -e \"$0\" ]; do sleep 0.05; done' \"$0\" & echo $!; exec sleep 1000",
                        end.toString())
                .start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            Files.createFile(end);
            Path stat = Path.of("/proc", String.valueOf(child.pid()), "stat");
            Instant limit = Instant.now().plusSeconds(20);
            while (!Files.readString(stat).contains(") Z ") && Instant.now().isBefore(limit)) {
                Thread.onSpinWait();
            }
            assertThat(Files.readString(stat)).contains(") Z ");
            state.mark(child, 8123, "127.0.0.1");

            assertThat(state.running()).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }
}
