package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The log of a run as it is written. */
@Dependent
@Path("pipelines/{pipeline}/runs/{id}/log/stream")
@Tag(name = "pipelines")
public class LogStreamResource {

    private final RunHistory history;
    private final LogStreams streams;

    @Inject
    public LogStreamResource(RunHistory history, LogStreams streams) {
        this.history = history;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary =
                    "Log lines as server-sent events: events 'line' with the line's number as id, and 'end' with the run"
                            + " when it has ended; a client that comes back with Last-Event-ID goes on where it was")
    public void stream(
            @PathParam("pipeline") String pipeline,
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        if (!history.run(id).pipeline().equals(pipeline)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("pipeline-run-unknown", "pipeline {0} has no run '{1}'", pipeline, id));
        }
        streams.open(id, after(last), sink, sse);
    }

    private static long after(@Nullable String last) {
        if (last == null || last.isBlank()) {
            return 0;
        }
        if (!last.strip().matches("[0-9]{1,18}")) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "header",
                    List.of(new Problem("Last-Event-ID", "'" + last + "'; must be the number of a line")));
        }
        return Long.parseLong(last.strip());
    }
}
