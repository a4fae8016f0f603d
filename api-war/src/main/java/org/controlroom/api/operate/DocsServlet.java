package org.controlroom.api.operate;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.api.problem.ProblemTable;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * {@code /docs}: Swagger UI on {@code /openapi}, and {@code /docs/problems}: every error code. All files come from this
 * server.
 */
@NeedsRole(Role.PUBLIC)
public final class DocsServlet extends HttpServlet {

    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
    private static final String CSS = "text/css;charset=utf-8";
    private static final String JAVASCRIPT = "text/javascript;charset=utf-8";
    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", CSS,
            "swagger-ui-bundle.js", JAVASCRIPT,
            "favicon-32x32.png", "image/png");

    private final transient ProblemAnswers problems;
    private final String files;

    public DocsServlet(ProblemAnswers problems) throws IOException {
        this.problems = problems;
        this.files = WEBJAR + swaggerVersion() + "/";
    }

    private static String swaggerVersion() throws IOException {
        String properties = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
        try (InputStream in = DocsServlet.class.getClassLoader().getResourceAsStream(properties)) {
            if (in == null) {
                throw new IOException("the application lacks " + properties);
            }
            Properties known = new Properties();
            known.load(in);
            return known.getProperty("version", "");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            problems.methodNotAllowed(request, response, "GET, HEAD");
            return;
        }
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        switch (path) {
            case "/" -> html(response, text("docs.html"));
            case "/problems" -> html(response, problemsPage());
            case "/init.js", "/theme.js" -> send(response, JAVASCRIPT, own(path.substring(1)));
            case "/docs.css" -> send(response, CSS, own(path.substring(1)));
            default -> file(request, response, path.substring(1));
        }
    }

    private void file(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        String type = FILES.get(name);
        try (InputStream in =
                type == null ? null : DocsServlet.class.getClassLoader().getResourceAsStream(files + name)) {
            if (in == null || type == null) {
                problems.answer(
                        request,
                        response,
                        new ControlRoomException(ErrorCode.NOT_FOUND, "nothing is at " + request.getRequestURI()));
                return;
            }
            response.setHeader("Cache-Control", "max-age=86400");
            send(response, type, in.readAllBytes());
        }
    }

    /** A file of ours, beside this class. */
    private static byte[] own(String name) throws IOException {
        try (InputStream in = DocsServlet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the application lacks " + name);
            }
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(own(name), StandardCharsets.UTF_8);
    }

    private static void html(HttpServletResponse response, String page) throws IOException {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
        send(response, "text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String problemsPage() throws IOException {
        StringBuilder rows = new StringBuilder();
        ProblemTable.entries()
                .forEach((code, entry) -> rows.append("<tr id=\"")
                        .append(code.name().toLowerCase(Locale.ROOT))
                        .append("\"><td><code>")
                        .append(code)
                        .append("</code><td>")
                        .append(entry.status())
                        .append("<td>")
                        .append(entry.title())
                        .append("<td>")
                        .append(code.kind().name().toLowerCase(Locale.ROOT))
                        .append("<td>")
                        .append(entry.retryAfterSeconds() == 0 ? "" : entry.retryAfterSeconds() + " s")
                        .append("</tr>\n"));
        return text("problems.html").replace("<!-- rows -->", rows.toString().strip());
    }
}
