package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that it made itself, for the name localhost. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static Path certificate;
    private static SSLContext serverTls;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path store = folder.resolve("server.p12");
        certificate = folder.resolve("server.pem");
        keytool("-genkeypair", store, "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool("-exportcert", store, "-rfc", "-file", certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        serverTls = SSLContext.getInstance("TLS");
        serverTls.init(managers.getKeyManagers(), null, null);
    }

    private static void keytool(String command, Path store, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "server"));
        line.addAll(List.of(more));
        assertThat(new ProcessBuilder(line).inheritIO().start().waitFor())
                .as(line.toString())
                .isZero();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private URI startWithTls(String host) throws IOException {
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(serverTls));
        server = made;
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            byte[] body = (path.endsWith("runs/get")
                            ? "{\"run\": {\"info\": {\"run_id\": \"r1\", \"experiment_id\": \"1\","
                                    + " \"artifact_uri\": \"mlflow-artifacts:/1/r1/artifacts\"}}}"
                            : "{\"experiments\": []}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return URI.create("https://" + host + ":" + server.getAddress().getPort());
    }

    private static MlflowModelRegistry registry(URI uri, SSLContext trust) {
        Duration limit = Duration.ofSeconds(20);
        return new MlflowModelRegistry(
                new MlflowSettings(uri, uri, null, trust, limit, limit, 1), InstantSource.system());
    }

    @Test
    void aCertificateThatIsGivenIsTrustedByEveryCall() throws IOException {
        URI uri = startWithTls("localhost");
        try (MlflowModelRegistry registry = registry(uri, TrustedCertificates.of(certificate))) {
            registry.ping();
            registry.logArtifact("r1", Files.writeString(folder.resolve("a.txt"), "a"), "a.txt");
        }
        assertThat(asked).anyMatch(one -> one.startsWith("POST")).anyMatch(one -> one.startsWith("PUT"));
    }

    @Test
    void anUnknownCertificateIsRefusedWithWhatToSet() throws IOException {
        URI uri = startWithTls("localhost");
        try (MlflowModelRegistry registry = registry(uri, null)) {
            assertThatThrownBy(registry::ping).hasMessageContaining("set controlroom.mlflow.certificate");
            assertThatThrownBy(() -> registry.deleteAlias("m", "production"))
                    .hasMessageContaining("set controlroom.mlflow.certificate");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefusedWithWhatToSet() throws IOException {
        URI uri = startWithTls("127.0.0.1");
        try (MlflowModelRegistry registry = registry(uri, TrustedCertificates.of(certificate))) {
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(registry::ping, () -> registry.deleteAlias("m", "production"))) {
                assertThatThrownBy(call)
                        .hasMessageContaining("another name")
                        .hasMessageContaining("controlroom.mlflow.uri");
            }
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsNamed() throws Exception {
        ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread answering = new Thread(() -> answerInTheClear(plain));
        answering.start();
        URI uri = URI.create("https://localhost:" + plain.getLocalPort());
        try (MlflowModelRegistry registry = registry(uri, TrustedCertificates.of(certificate))) {
            assertThatThrownBy(registry::ping).hasMessageContaining("does not speak TLS");
            assertThatThrownBy(() -> registry.deleteAlias("m", "production"))
                    .hasMessageContaining("does not speak TLS");
        } finally {
            plain.close();
            answering.join();
        }
    }

    /** As a server that takes the beginning of TLS for a bad request. */
    private static void answerInTheClear(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // the client has gone, or the server is closed, which the loop looks at
            }
        }
    }

    @Test
    void whatIsNoCertificateIsRefused() throws IOException {
        assertThatThrownBy(() -> TrustedCertificates.of(folder.resolve("none.pem")))
                .hasMessageContaining("there is no file");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> TrustedCertificates.of(empty)).hasMessageContaining("no certificate");
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        assertThatThrownBy(() -> TrustedCertificates.of(text)).hasMessageContaining("text.pem");
        assertThat(TrustedCertificates.of(certificate).getProtocol()).isEqualTo("TLS");
    }
}
