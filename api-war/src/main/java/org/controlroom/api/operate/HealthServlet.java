package org.controlroom.api.operate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * {@code /health} and its kinds in MicroProfile Health's form, from the same checks. The server's own answer writes every
 * value as a text and answers unknown kinds as if they were all; it stays at {@code /mphealth}.
 */
@NeedsRole(Role.PUBLIC)
public final class HealthServlet extends HttpServlet {

    private final JsonMapper mapper = JsonMapping.mapper();
    private final transient Map<String, Supplier<List<HealthCheck>>> kinds;
    private final transient ProblemAnswers problems;

    /** @param kinds checks of each kind: {@code live}, {@code ready}, {@code started} */
    public HealthServlet(Map<String, Supplier<List<HealthCheck>>> kinds, ProblemAnswers problems) {
        this.kinds = Map.copyOf(kinds);
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            problems.methodNotAllowed(request, response, "GET, HEAD");
            return;
        }
        String kind = request.getPathInfo() == null ? "" : request.getPathInfo().replaceFirst("^/", "");
        if (!kind.isEmpty() && !kinds.containsKey(kind)) {
            problems.answer(
                    request,
                    response,
                    new ControlRoomException(
                            ErrorCode.NOT_FOUND,
                            "nothing is at " + request.getRequestURI() + "; must be /health or one of "
                                    + kinds.keySet().stream()
                                            .sorted()
                                            .map(known -> "/health/" + known)
                                            .toList()));
            return;
        }
        Stream<HealthCheck> asked = kinds.entrySet().stream()
                .filter(entry -> kind.isEmpty() || entry.getKey().equals(kind))
                .flatMap(entry -> entry.getValue().get().stream());
        List<HealthCheckResponse> answers = asked.map(HealthCheck::call)
                .sorted(Comparator.comparing(HealthCheckResponse::getName))
                .toList();
        boolean up = answers.stream().allMatch(answer -> answer.getStatus() == HealthCheckResponse.Status.UP);
        byte[] body = mapper.writeValueAsBytes(json(answers, up));
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    private ObjectNode json(List<HealthCheckResponse> answers, boolean up) {
        ObjectNode all = mapper.createObjectNode().put("status", up ? "UP" : "DOWN");
        ArrayNode checks = all.putArray("checks");
        for (HealthCheckResponse answer : answers) {
            ObjectNode check = checks.addObject()
                    .put("name", answer.getName())
                    .put("status", answer.getStatus().name());
            answer.getData().ifPresent(data -> check.set("data", mapper.valueToTree(data)));
        }
        return all;
    }
}
