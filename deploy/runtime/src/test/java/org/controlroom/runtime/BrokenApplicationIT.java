package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of the distribution in which an application does not come up, which the server itself passes over. */
class BrokenApplicationIT {
    private final Path home = TrainedServer.folder("broken-home");
    private final Path state = TrainedServer.folder("broken-state");
    private final Distribution server = new Distribution(home, state);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"api,start", "ui,run"})
    void anApplicationThatDoesNotComeUpEndsTheStartWithItsReason(String application, String command) {
        copyDistribution();
        change(application, war -> edit(war, "</web-app>", listener("org.controlroom.NotThere") + "</web-app>"));

        Distribution.Outcome outcome = server.command(command, "--without-model");

        assertThat(outcome.exitCode()).describedAs(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .contains(application + ".war was not deployed")
                .contains("ClassNotFoundException: org.controlroom.NotThere")
                .doesNotContain("The server is up");
        assertThat(server.command("status").exitCode()).as("no server is left").isEqualTo(3);
    }

    @Test
    void aRaceThatTheServerLostIsSaidAndTheServerStartedOnceMore() throws IOException {
        copyDistribution();
        change("ui", BrokenApplicationIT::addFailingServlet);
        wantFailures(1);

        Distribution.Outcome started = server.start("--without-model");

        assertThat(started.output())
                .contains("The server failed: ui.war was not deployed")
                .contains("getContextClassLoader()\" is null")
                .contains("starting once more")
                .contains("The server is up");
        assertThat(server.get("/health/started").statusCode()).isEqualTo(200);
        assertThat(server.get("/ui/").statusCode()).isEqualTo(200);
    }

    @Test
    void aRaceThatIsLostTwiceEndsTheStart() throws IOException {
        copyDistribution();
        change("api", BrokenApplicationIT::addFailingServlet);
        wantFailures(2);

        Distribution.Outcome outcome = server.command("start", "--without-model");

        assertThat(outcome.exitCode()).describedAs(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("starting once more").doesNotContain("The server is up");
        assertThat(server.command("status").exitCode()).isEqualTo(3);
    }

    private void wantFailures(int times) throws IOException {
        Files.createDirectories(state);
        Files.writeString(state.resolve(FailingServlet.WANTED), String.valueOf(times));
    }

    private interface Change {
        void in(Path war) throws IOException;
    }

    private void change(String application, Change change) {
        try (FileSystem war = FileSystems.newFileSystem(home.resolve(application + ".war"))) {
            change.in(war.getPath("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void edit(Path war, String old, String replacement) throws IOException {
        Path descriptor = war.resolve("WEB-INF/web.xml");
        String text = Files.readString(descriptor);
        assertThat(text).contains(old);
        Files.writeString(descriptor, text.replace(old, replacement));
    }

    private static String listener(String name) {
        return "<listener><listener-class>" + name + "</listener-class></listener>";
    }

    private static void addFailingServlet(Path war) throws IOException {
        String name = FailingServlet.class.getName();
        String file = name.replace('.', '/') + ".class";
        Path target = war.resolve("WEB-INF/classes/" + file);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream in =
                Objects.requireNonNull(FailingServlet.class.getClassLoader().getResourceAsStream(file))) {
            Files.copy(in, target);
        }
        edit(
                war,
                "</web-app>",
                "<servlet><servlet-name>failing</servlet-name><servlet-class>" + name
                        + "</servlet-class><load-on-startup>9</load-on-startup></servlet></web-app>");
    }

    /** Links where a file stays as it is: the server's jars are 99 MB. */
    private void copyDistribution() {
        Path original = Distribution.home();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(each -> !each.startsWith(original.resolve("cache")))
                    .toList()) {
                Path target = home.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.toString().endsWith(".war")) {
                    Files.copy(file, target);
                } else {
                    Files.createLink(target, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
