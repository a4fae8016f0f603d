package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
            assertThat(server.state())
                    .as("what a refused first start leaves behind")
                    .doesNotExist();
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
    void aMisspeltKeyIsRefusedBeforeAnythingStartsAndLeavesNothingBehind() throws IOException {
        Path state = TrainedServer.folder("misspelt");
        Path config = Files.writeString(TrainedServer.folder("misspelt.properties"), "controlroom.training.thread=2\n");

        Distribution.Outcome outcome =
                new Distribution(state).with("CONFIG", config.toString()).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("the configuration " + config + " has what is no key: controlroom.training.thread")
                .contains("the nearest known is controlroom.training.threads");
        assertThat(state).doesNotExist();
    }

    @Test
    void theServerItselfRefusesAMisspeltSystemProperty() throws IOException {
        Path state = TrainedServer.folder("misspelt-property");
        Path config = Files.writeString(
                TrainedServer.folder("jvm-options.properties"),
                "controlroom.jvm.options=-Dcontrolroom.node.rolls=serve\n");

        Distribution.Outcome outcome =
                new Distribution(state).with("CONFIG", config.toString()).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("api.war did not start")
                .contains("controlroom.node.rolls")
                .contains("the nearest known is controlroom.node.roles");
    }

    @Test
    void aModelThatIsDamagedNamesTheStartWithoutOne() throws IOException {
        Distribution server = TrainedServer.copy("damaged-model");
        try (Stream<Path> files = Files.walk(server.state())) {
            for (Path file :
                    files.filter(each -> each.endsWith("classifier.bin")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 4;
                Files.write(file, bytes);
            }
        }
        Distribution.Outcome outcome = server.command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("version 1 cannot go live", "classifier.bin is damaged")
                .contains("control-room start --without-model --state " + server.state());
    }

    /** As a terminal does it: the signal reaches launcher and server at once. The folder has a name that people give. */
    @Test
    void ctrlCSaysThatTheServerWasStopped() throws Exception {
        Distribution server = TrainedServer.copy("ctrl-c in l'ete");
        Path output = TrainedServer.folder("ctrl-c.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        // whoever runs the tests in the background has it ignored
                        "--default-signal=INT",
                        "setsid",
                        Distribution.home().resolve("bin/control-room").toString(),
                        "run",
                        "--without-model")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PORT", String.valueOf(server.port()));
        builder.environment().put("STATE", server.state().toString());
        Process run = builder.start();
        try {
            Distribution.await(
                    "the server to be up",
                    java.time.Duration.ofMinutes(3),
                    () -> read(output).contains("Ctrl-C stops it."));
            new ProcessBuilder("kill", "-INT", "--", "-" + run.pid()).start().waitFor();
            assertThat(run.waitFor(1, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
        } finally {
            run.destroyForcibly();
            server.close();
        }

        assertThat(read(output))
                .contains("Stopped the server on " + server.state())
                .doesNotContain("ended by itself");
        assertThat(read(server.state().resolve("log/server.0.log")))
                .as("a boot command that the name of the folder breaks is a warning only")
                .contains("ready in")
                .doesNotContain("Boot Command");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatRunsKeepsWhatItWasBuiltFrom() throws Exception {
        Distribution first = TrainedServer.shared();
        Path root = Distribution.home().resolve("../../../..").normalize();
        // The command line of a neighbour is anybody's text; this one was once taken for a NUL.
        Process neighbour = new ProcessBuilder("grep", "-F", "\\0 \\0377").start();
        Process guard;
        String said;
        try {
            guard = new ProcessBuilder(
                            root.resolve("deploy/runtime/src/main/build/require-stopped.sh")
                                    .toString(),
                            root.toString())
                    .redirectErrorStream(true)
                    .start();
            said = new String(guard.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            neighbour.destroy();
        }

        assertThat(guard.waitFor()).isEqualTo(1);
        assertThat(said)
                .contains("process " + first.process().pid() + " on the data folder " + first.state())
                .contains("make stop STATE=" + first.state());
    }

    @Test
    void helpListsTheCommands() {
        Distribution.Outcome outcome = new Distribution(TrainedServer.folder("help")).command("help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).contains("start", "stop", "status", "logs", "prepare");
    }
}
