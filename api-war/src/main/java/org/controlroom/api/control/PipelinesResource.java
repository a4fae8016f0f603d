package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.schedule.EditSchedules;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Pipelines and their runs: start, watch, cancel, restart. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("pipelines")
@Tag(name = "pipelines")
public class PipelinesResource {

    private static final int MAX_LOG_LINES = 5000;
    private static final int LAST_RUNS = 5;

    private final Pipelines pipelines;
    private final RunHistory history;
    private final PipelineOptions options;
    private final Schedules schedules;
    private final EditSchedules edit;

    @Inject
    public PipelinesResource(
            Pipelines pipelines, RunHistory history, PipelineOptions options, Schedules schedules, EditSchedules edit) {
        this.schedules = schedules;
        this.edit = edit;
        this.options = options;
        this.pipelines = pipelines;
        this.history = history;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "name", sorts = "name")
    @Operation(summary = "Every pipeline with its steps, its schedules and its last runs; filter: name")
    public Page<View> list(@Context UriInfo uri) {
        Page<Pipelines.Description> page =
                Paging.page(pipelines.pipelines(), Paging.of(uri), Map.of("name", Pipelines.Description::name));
        return new Page<>(page.items().stream().map(this::view).toList(), page.next());
    }

    @GET
    @Path("{pipeline}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One pipeline with its steps, its schedules and its last runs")
    public View pipeline(@PathParam("pipeline") String pipeline) {
        return view(known(pipeline));
    }

    private View view(Pipelines.Description pipeline) {
        List<Planned> planned = schedules.all().stream()
                .filter(schedule -> schedule.pipeline().equals(pipeline.name()))
                .map(schedule -> new Planned(schedule.name(), schedule.cron(), schedule.zone(), next(schedule)))
                .toList();
        PageRequest newest = new PageRequest(new TreeMap<>(Map.of("pipeline", pipeline.name())), null, null, LAST_RUNS);
        List<Last> last = history.runs(newest).items().stream().map(Last::of).toList();
        return new View(pipeline.name(), pipeline.steps(), planned, last);
    }

    private @Nullable Instant next(Schedule schedule) {
        if (!schedule.enabled()) {
            return null;
        }
        List<Instant> next =
                edit.preview(schedule.cron(), schedule.zone(), Locale.ENGLISH).nextTimes();
        return next.isEmpty() ? null : next.get(0);
    }

    @GET
    @Path("{pipeline}/runs")
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "status", sorts = "created_at")
    @Operation(summary = "Runs of one pipeline, newest first; filter: status")
    public Page<PipelineRun> runs(@PathParam("pipeline") String pipeline, @Context UriInfo uri) {
        known(pipeline);
        return history.runs(Paging.of(uri, Map.of("pipeline", pipeline)));
    }

    @POST
    @Path("{pipeline}/runs")
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Start a run; answers at once with the queued run. With header Idempotency-Key the same request is"
                            + " answered with the same run however often it comes, and another body under the same key with 409")
    @APIResponseSchema(
            value = PipelineRun.class,
            responseCode = "202",
            responseDescription = "The queued run, or the run of an earlier request with the same key")
    public Response start(
            @PathParam("pipeline") String pipeline,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable Start body,
            @Context UriInfo uri) {
        Map<String, String> given = body == null ? null : body.parameters();
        Map<String, String> parameters = given == null ? Map.of() : checked(given);
        String callbackUrl = body == null ? null : body.callbackUrl();
        RunOrigin origin = RunRequest.origin(pipeline, parameters, key, callbackUrl, options.callbacks());
        return accepted(pipelines.start(pipeline, parameters, origin), uri);
    }

    @GET
    @Path("{pipeline}/runs/{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One run with its steps, progress and outcome")
    public PipelineRun run(@PathParam("pipeline") String pipeline, @PathParam("id") String id) {
        PipelineRun run = history.run(id);
        if (!run.pipeline().equals(pipeline)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("pipeline-run-unknown", "pipeline {0} has no run '{1}'", pipeline, id));
        }
        return run;
    }

    @GET
    @Path("{pipeline}/runs/{id}/log")
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary = "Log lines with a number above 'after', ask again with the last number to follow; or the last"
                    + " 'tail' lines")
    public Page<LogLine> log(
            @PathParam("pipeline") String pipeline,
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("500") String limit,
            @QueryParam("tail") @Nullable String tail) {
        run(pipeline, id);
        if (tail != null) {
            return new Page<>(history.lastLogLines(id, (int) number("tail", tail, MAX_LOG_LINES, 1)), null);
        }
        long from = number("after", after, Long.MAX_VALUE, 0);
        int most = (int) number("limit", limit, MAX_LOG_LINES, 1);
        List<LogLine> lines = history.logLines(id, from, most);
        return new Page<>(
                lines,
                lines.size() < most
                        ? null
                        : Long.toString(lines.get(lines.size() - 1).number()));
    }

    @POST
    @Path("{pipeline}/runs/{id}/cancel")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Ask a run to stop")
    @APIResponseSchema(
            value = PipelineRun.class,
            responseCode = "202",
            responseDescription = "The run, which is asked to stop")
    public Response cancel(@PathParam("pipeline") String pipeline, @PathParam("id") String id, @Context UriInfo uri) {
        run(pipeline, id);
        pipelines.cancel(id);
        return accepted(history.run(id), uri);
    }

    @POST
    @Path("{pipeline}/runs/{id}/restart")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Run a failed or cancelled run again from the step that did not complete")
    @APIResponseSchema(
            value = PipelineRun.class,
            responseCode = "202",
            responseDescription = "The run, which is queued again")
    public Response restart(@PathParam("pipeline") String pipeline, @PathParam("id") String id, @Context UriInfo uri) {
        run(pipeline, id);
        return accepted(pipelines.restart(id), uri);
    }

    @POST
    @Path("{pipeline}/runs/{id}/again")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Start a new run with the parameters of this one")
    @APIResponseSchema(value = PipelineRun.class, responseCode = "202", responseDescription = "The new, queued run")
    public Response again(@PathParam("pipeline") String pipeline, @PathParam("id") String id, @Context UriInfo uri) {
        PipelineRun before = run(pipeline, id);
        return accepted(pipelines.start(pipeline, before.parameters(), RunOrigin.again(id)), uri);
    }

    static Response accepted(PipelineRun run, UriInfo uri) {
        return Response.accepted(run)
                .location(uri.getBaseUriBuilder()
                        .path("pipelines/{pipeline}/runs/{id}")
                        .build(run.pipeline(), run.id()))
                .build();
    }

    private Pipelines.Description known(String pipeline) {
        List<Pipelines.Description> all = pipelines.pipelines();
        return all.stream()
                .filter(one -> one.name().equals(pipeline))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of(
                                "pipeline-unknown",
                                "pipeline '{0}'; must be one of {1}",
                                pipeline,
                                all.stream().map(Pipelines.Description::name).toList())));
    }

    private static Map<String, String> checked(Map<String, String> parameters) {
        List<Problem> problems = parameters.entrySet().stream()
                .filter(entry -> entry.getValue() == null)
                .map(entry -> new Problem(entry.getKey(), "is null; must be a text, a number or a boolean"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "parameters", problems);
        }
        return parameters;
    }

    private static long number(String field, String text, long max, long min) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw new ControlRoomException(
                ErrorCode.INVALID_INPUT,
                "query",
                List.of(new Problem(field, Reason.of("range", "'{0}'; must be {1}..{2}", text, min, max))));
    }

    /**
     * A pipeline and how it stands.
     *
     * @param steps in the order they run
     * @param schedules that start it, by name
     * @param lastRuns at most five, the newest first
     */
    public record View(String name, List<String> steps, List<Planned> schedules, List<Last> lastRuns) {}

    /** @param next when the schedule starts the pipeline next; null when it is switched off or has no next time */
    public record Planned(
            String name, String cron, String zone, @Nullable Instant next) {}

    /** A run without its steps. */
    public record Last(
            String id,
            RunStatus status,
            String origin,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable String error) {
        static Last of(PipelineRun run) {
            return new Last(run.id(), run.status(), run.origin(), run.createdAt(), run.endedAt(), run.error());
        }
    }

    /**
     * Body that starts a run.
     *
     * @param parameters of the pipeline, by key; those that are missing take their defaults
     * @param callbackUrl to which the run is posted when it has ended, with a signature; null for nobody
     */
    public record Start(
            @Nullable Map<String, String> parameters,
            @Nullable String callbackUrl) {}
}
