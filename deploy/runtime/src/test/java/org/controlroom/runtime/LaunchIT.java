package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What can be wrong with the machine or the command: the message says so and what to do. */
class LaunchIT {
    /** The tests themselves run on the Java that the build is made with, 17 on Debian; the server takes 25 where it is. */
    @Test
    void theServerRunsOnAJavaThatHasNoStartUpCache() {
        assertThat(Runtime.version().feature())
                .describedAs("run the tests on a Java before 25, so that this one can be tried")
                .isBetween(17, 24);
        try (Distribution server =
                TrainedServer.copy("older-java").with("CONTROLROOM_JAVA_HOME", System.getProperty("java.home"))) {
            Distribution.Outcome started = server.start();

            assertThat(started.output()).contains("Java " + Runtime.version().feature());
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.post("/predict", "{\"designation\":\"Lampe de bureau\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/ui/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void twoServersOnOneDataFolderAreRefused() {
        Distribution first = TrainedServer.shared();
        Distribution second = new Distribution(first.state());

        Distribution.Outcome outcome = second.command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("a server already runs on the data folder " + first.state())
                .contains("port " + first.port())
                .contains("make stop STATE=");
        assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatTheLauncherDoesNotKnowOfIsFoundByTheLockOnTheFolder() throws IOException {
        Distribution first = TrainedServer.shared();
        Path mark = first.state().resolve("server.pid");
        byte[] marked = Files.readAllBytes(mark);
        Files.delete(mark);
        try {
            Distribution.Outcome outcome = new Distribution(first.state()).command("start");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output()).contains("is used by");
            assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
        } finally {
            Files.write(mark, marked);
        }
    }

    @Test
    void aTakenPortIsNamedWithAnotherOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Distribution server = new Distribution(TrainedServer.folder("taken-port"));
            server.setPort(taken.getLocalPort());

            Distribution.Outcome outcome = server.command("start");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output())
                    .contains("port " + taken.getLocalPort())
                    .contains("make run PORT=");
        }
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = TrainedServer.folder("not-a-folder");
        Files.writeString(file, "");

        Distribution.Outcome outcome = new Distribution(file.resolve("state")).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains(file.resolve("state") + " cannot be written");
    }

    @Test
    void aFolderWithoutTheChallengesFilesIsNamedBeforeAnythingStarts() {
        Path folder = TrainedServer.folder("no-data");
        Distribution.Outcome outcome =
                new Distribution(folder).withData(folder.resolve("nothing")).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("X_train_update.csv[.gz] is missing");
    }

    @Test
    void aConfigurationThatTheServerRefusesEndsTheStartWithItsReason() throws IOException {
        Path state = TrainedServer.folder("bad-configuration");
        Files.createDirectories(state);
        Path config = Files.writeString(state.resolve("own.properties"), "controlroom.training.threads=many\n");

        Distribution.Outcome outcome =
                new Distribution(state).with("CONFIG", config.toString()).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("api.war did not start").contains("controlroom.training.threads");
        assertThat(new Distribution(state).command("status").exitCode()).isEqualTo(3);
    }

    @Test
    void helpListsTheCommands() {
        Distribution.Outcome outcome = new Distribution(TrainedServer.folder("help")).command("help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("start", "stop", "status", "logs", "prepare");
    }
}
