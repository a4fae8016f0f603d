package org.controlroom.api.control;

import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;
import org.controlroom.api.problem.Problem;
import org.controlroom.api.problem.ProblemTable;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Answers every failure of a control route, JAX-RS's own included, as a problem. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    @Context
    @SuppressWarnings("NullAway.Init")
    UriInfo uri;

    @Context
    @SuppressWarnings("NullAway.Init")
    Request request;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Telemetry telemetry;

    @Override
    public Response toResponse(Throwable failure) {
        String instance = uri.getRequestUri().getRawPath();
        Problem problem = failure instanceof WebApplicationException refused
                        && refused.getResponse().getStatus() != 500
                ? refusal(refused, instance)
                : Problem.of(failure, instance);
        if (problem.code() != ErrorCode.NOT_FOUND || !request.getMethod().equals(HttpMethod.GET)) {
            telemetry.failed(problem.code()); // that something does not exist is an answer to whoever looks for it
        }
        Response.ResponseBuilder answer = Response.status(problem.status(), problem.title())
                .type(Problem.CONTENT_TYPE)
                .entity(problem.toBytes());
        if (problem.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        if (failure instanceof WebApplicationException refused) {
            String allow = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
            if (allow != null) {
                answer.header(HttpHeaders.ALLOW, allow);
            }
        }
        return answer.build();
    }

    private Problem refusal(WebApplicationException refused, String instance) {
        int status = refused.getResponse().getStatus();
        if (status == 404 && refused.getCause() instanceof NumberFormatException) {
            // The route is there, and what stands in the place of a number is none.
            return Problem.of(new ControlRoomException(ErrorCode.NOT_FOUND, unknownId()), instance);
        }
        if (status == 404) {
            Reason nothing = Reason.of("route-unknown", "nothing is at {0}; the routes are listed at /docs", instance);
            return Problem.of(new ControlRoomException(ErrorCode.NOT_FOUND, nothing), instance);
        }
        ErrorCode code = ProblemTable.codeOf(status);
        String detail = switch (code) {
            case METHOD_NOT_ALLOWED ->
                "the method is not answered at " + instance + "; must be "
                        + refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
            case UNSUPPORTED_MEDIA_TYPE -> "the Content-Type is not read at " + instance + "; /docs says which is";
            case NOT_ACCEPTABLE -> "no media type in Accept is written at " + instance;
            default -> String.valueOf(refused.getMessage());
        };
        return new Problem(code, status, detail, instance, null, List.of());
    }

    private Reason unknownId() {
        String id = uri.getPathParameters().values().stream()
                .flatMap(List::stream)
                .filter(value -> !NUMBER.matcher(value).matches())
                .reduce("", (before, last) -> last);
        return Reason.of("id-unknown", "nothing has the id '{0}'; must be a number", id);
    }
}
