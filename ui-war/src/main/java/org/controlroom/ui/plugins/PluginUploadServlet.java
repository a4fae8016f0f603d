package org.controlroom.ui.plugins;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.controlroom.ui.client.ApiConnection;

/**
 * Passes a jar from the page on to the API as it arrives, and the API's answer back: a Rest Client would keep all of it in
 * memory first. The page shows how much has been sent.
 */
@WebServlet("/upload/plugin")
public class PluginUploadServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    transient ApiConnection connection;

    private transient HttpClient http = HttpClient.newHttpClient();

    @Override
    public void init() {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("file_name");
        String query = "file_name=" + URLEncoder.encode(name == null ? "plugin.jar" : name, StandardCharsets.UTF_8);
        URI target =
                URI.create(connection.address().toString().replaceAll("/+$", "") + "/api/v1/plugin-uploads?" + query);
        InputStream body = request.getInputStream();
        HttpRequest forward = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(forward, HttpResponse.BodyHandlers.ofByteArray());
            response.setStatus(answer.statusCode());
            response.setContentType(answer.headers().firstValue("Content-Type").orElse("application/json"));
            response.getOutputStream().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
