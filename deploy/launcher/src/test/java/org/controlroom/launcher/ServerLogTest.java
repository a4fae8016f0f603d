package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path folder;

    @Test
    void onlyThisStartIsRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("server.log"), "T INFO [x] Payara Micro 6 ready in 10 (ms)\nT SEVERE [x] old\n");
        ServerLog log = ServerLog.fromNow(file);

        assertThat(log.saysReady()).isFalse();
        assertThat(log.reason(5)).isEmpty();

        append(file, "T INFO [x] Payara Micro 6.2025.10 ready in 12,630 (ms)\n");
        assertThat(log.saysReady()).isTrue();
    }

    @Test
    void theReasonIsTheFirstErrorAndTheInnermostCauses() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = ServerLog.fromNow(file);
        append(file, """
                T INFO [a] fine
                T SEVERE [b] Exception while loading the app
                java.lang.IllegalStateException: outer
                \tat a.b.C.d(C.java:1)
                Caused by: java.io.IOException: middle
                Caused by: java.net.BindException: innermost
                T SEVERE [c] second
                T SEVERE [c] third
                """);

        assertThat(log.reason(3))
                .containsExactly(
                        "T SEVERE [b] Exception while loading the app",
                        "T SEVERE [c] second",
                        "Caused by: java.net.BindException: innermost");
    }

    @Test
    void whatTheApplicationSaidItselfComesFirst() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = ServerLog.fromNow(file);
        append(file, "T SEVERE [a] wrapped\nT SEVERE [b] CONTROL ROOM CANNOT START: threads 'x'; must be 1..1024\n");

        assertThat(log.saysFailed()).isTrue();
        assertThat(log.reason(3)).containsExactly("threads 'x'; must be 1..1024");
    }

    @Test
    void anErrorWithoutACauseIsToldWithWhatWasThrown() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = ServerLog.fromNow(file);
        append(file, """
                T SEVERE [b] Exception while loading the app
                java.lang.NullPointerException: Cannot invoke "x" because "java.lang.Thread.getContextClassLoader()" is null
                \tat a.b.C.d(C.java:1)
                """);

        assertThat(log.reason(3)).hasSize(2).last().asString().startsWith("java.lang.NullPointerException: Cannot");
        assertThat(log.saysRaceLost()).isTrue();
    }

    @Test
    void onlyWhatTheServerListsIsDeployed() throws IOException {
        Path file = folder.resolve("server.log");
        ServerLog log = ServerLog.fromNow(file);
        append(file, """
                T INFO [x] api was successfully deployed in 30,864 milliseconds.
                T INFO [x] {
                        "Deployed": [
                            {
                                "Name": "ui",
                                "Type": "war",
                                "Context Root": "/ui"
                            }
                        ]
                T INFO [x] "Name": "api"
                """);

        assertThat(log.lists("ui")).isTrue();
        assertThat(log.lists("api")).isFalse();
        assertThat(log.saysRaceLost()).isFalse();
    }

    @Test
    void whatEarlierProcessesWroteIsPassedOver() throws IOException {
        Path file = folder.resolve("server.log");
        append(file, """
                2026-01-02T03:04:05.000+0000 SEVERE [b] of an earlier start
                java.lang.IllegalStateException: old é
                2026-01-02T04:00:00.000+0100 INFO [b] earlier too
                2026-01-02T03:04:06.500+0000 INFO [a] Payara Micro 6.2025.10 ready in 12,630 (ms)
                2026-01-02T03:04:07.000+0000 SEVERE [a] new
                """);

        assertThat(ServerLog.since(file, Instant.parse("2026-01-02T03:04:06.500Z"))
                        .saysReady())
                .isTrue();
        assertThat(ServerLog.since(file, Instant.parse("2026-01-02T03:04:06.500Z"))
                        .reason(5))
                .containsExactly("2026-01-02T03:04:07.000+0000 SEVERE [a] new");
        assertThat(ServerLog.since(file, Instant.parse("2026-01-02T03:05:00Z")).reason(5))
                .isEmpty();
    }

    @Test
    void aLogThatIsNotThereYetSaysNothing() {
        ServerLog log = ServerLog.fromNow(folder.resolve("none.log"));

        assertThat(log.saysReady()).isFalse();
        assertThat(log.reason(3)).isEmpty();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
