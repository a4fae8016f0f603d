package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.schedule.EditSchedules;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** When pipelines run by themselves. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("schedules")
@Tag(name = "pipelines")
public class SchedulesResource {

    private final Schedules schedules;
    private final EditSchedules edit;

    @Inject
    public SchedulesResource(Schedules schedules, EditSchedules edit) {
        this.schedules = schedules;
        this.edit = edit;
    }

    /**
     * A schedule and how it stands.
     *
     * @param schedule as it was set
     * @param description what the cron expression means, in words
     * @param nextTimes the next five times; of a schedule that is not enabled those that it would have
     * @param last what became of the last fire time; null when there was none
     * @param lastRunStatus how far the run of that is; null when it has none
     * @param lastSuccess when the last completed run of this schedule ended
     */
    public record View(
            Schedule schedule,
            String description,
            List<Instant> nextTimes,
            @Nullable ScheduledFire last,
            @Nullable String lastRunStatus,
            @Nullable Instant lastSuccess) {}

    /** Body that makes a schedule: its name beside what can be changed later. */
    public record Creation(
            @Nullable String name,
            @Nullable String pipeline,
            @Nullable Map<String, String> parameters,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Boolean enabled,
            @Nullable String misfire,
            @Nullable String overlap) {}

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"name", "pipeline", "enabled"},
            sorts = {"name", "pipeline"})
    @Operation(summary = "Schedules with what they mean and how they stand; filters: name, pipeline, enabled")
    public Page<View> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Locale locale = locale(headers);
        return Paging.page(
                schedules.all().stream().map(schedule -> view(schedule, locale)).toList(),
                Paging.of(uri),
                Map.of(
                        "name", view -> view.schedule().name(),
                        "pipeline", view -> view.schedule().pipeline(),
                        "enabled", view -> Boolean.toString(view.schedule().enabled())));
    }

    @POST
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Make a schedule; zone is UTC, misfire (all, last, none) is last, overlap (queue, cancel, fail) is"
                            + " queue, and it is enabled, unless the body says otherwise")
    @APIResponseSchema(value = View.class, responseCode = "201", responseDescription = "The schedule")
    public Response create(@Nullable Creation body, @Context UriInfo uri, @Context HttpHeaders headers) {
        Creation given = required(body);
        Schedule made = edit.create(
                given.name() == null ? "" : given.name(),
                new EditSchedules.Wish(
                        given.pipeline(),
                        given.parameters(),
                        given.cron(),
                        given.zone(),
                        given.enabled(),
                        given.misfire(),
                        given.overlap()));
        return Response.created(uri.getBaseUriBuilder().path("schedules/{name}").build(made.name()))
                .entity(view(made, locale(headers)))
                .build();
    }

    @GET
    @Path("preview")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "What a cron expression means, in words and by its next five times")
    public EditSchedules.Preview preview(
            @QueryParam("cron") @DefaultValue("") String cron,
            @QueryParam("zone") @DefaultValue("UTC") String zone,
            @Context HttpHeaders headers) {
        return edit.preview(cron, zone, locale(headers));
    }

    @GET
    @Path("{name}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One schedule")
    public View schedule(@PathParam("name") String name, @Context HttpHeaders headers) {
        return view(schedules.schedule(name), locale(headers));
    }

    @PUT
    @Path("{name}")
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary = "Change a schedule; what the body leaves out stays. Fire times that passed while it was not"
                    + " enabled are not made up for")
    public View change(
            @PathParam("name") String name, EditSchedules.@Nullable Wish body, @Context HttpHeaders headers) {
        return view(edit.change(name, required(body)), locale(headers));
    }

    @DELETE
    @Path("{name}")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Remove a schedule; its runs stay")
    public void remove(@PathParam("name") String name) {
        schedules.schedule(name);
        edit.remove(name);
    }

    @GET
    @Path("{name}/fires")
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "status")
    @Operation(summary = "What became of the fire times of a schedule, newest first; filter: status")
    public Page<ScheduledFire> fires(@PathParam("name") String name, @Context UriInfo uri) {
        schedules.schedule(name);
        return schedules.fires(Paging.of(uri, Map.of("schedule", name)));
    }

    @POST
    @Path("{name}/run-now")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Start a run as the schedule would; answers at once with the queued run")
    @APIResponseSchema(value = PipelineRun.class, responseCode = "202", responseDescription = "The queued run")
    public Response runNow(@PathParam("name") String name, @Context UriInfo uri) {
        return PipelinesResource.accepted(edit.runNow(name), uri);
    }

    private View view(Schedule schedule, Locale locale) {
        EditSchedules.Preview preview = edit.preview(schedule.cron(), schedule.zone(), locale);
        Optional<Schedules.Last> last = schedules.last(schedule.name());
        return new View(
                schedule,
                preview.description(),
                preview.nextTimes(),
                last.map(Schedules.Last::fire).orElse(null),
                last.map(Schedules.Last::runStatus).orElse(null),
                schedules.lastSuccess(schedule.name()).orElse(null));
    }

    private static Locale locale(HttpHeaders headers) {
        return headers.getAcceptableLanguages().stream()
                .filter(locale -> locale.getLanguage().equals("en")
                        || locale.getLanguage().equals("fr"))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "body", List.of(new Problem("body", "is missing; must be a schedule")));
        }
        return body;
    }
}
