package org.controlroom.launcher;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts one run of a pipeline and shows its progress until it ends. */
final class PipelineRun {
    private final Api api;
    private final Terminal terminal;
    private final Server server;

    PipelineRun(Api api, Terminal terminal, Server server) {
        this.api = api;
        this.terminal = terminal;
        this.server = server;
    }

    /**
     * @param parameters a JSON object
     * @return the completed run
     * @throws LaunchException if the run cannot be started, or does not complete
     */
    Object toTheEnd(String pipeline, String parameters) {
        return follow(pipeline, start(pipeline, parameters));
    }

    /** @return path of the run */
    String start(String pipeline, String parameters) {
        Api.Answer started = api.post("/api/v1/pipelines/" + pipeline + "/runs", "{\"parameters\":" + parameters + "}");
        if (started.status() != 202) {
            throw new LaunchException(
                    pipeline + " could not be started: " + started.problem(),
                    "Put that right and start it again; the server's log has the details (control-room logs).");
        }
        return started.location();
    }

    /**
     * @param location path of a run that was started
     * @return the completed run
     */
    Object follow(String pipeline, String location) {
        String status;
        Object run;
        Pace pace = new Pace();
        do {
            Server.sleep();
            server.requireAlive();
            Api.Answer answer = api.get(location);
            if (answer.status() != 200) {
                throw new LaunchException(
                        "the run " + location + " cannot be read: " + answer.problem(),
                        "The server's log has the details (control-room logs).");
            }
            run = answer.json();
            status = Json.textAt(run, "status");
            Position position = describe(pipeline, run, pace, Instant.now());
            terminal.progress(position.what(), position.count());
        } while (status.equals("running") || status.equals("queued"));
        terminal.endProgress();
        if (!status.equals("completed") || run == null) {
            String error = Json.textAt(run, "error");
            throw new LaunchException(
                    pipeline + " " + status + (error.isEmpty() ? "" : ": " + error), "The run: " + address(location));
        }
        return run;
    }

    /** Where a person sees a run. */
    String address(String location) {
        return api.address(URI.create(location).getPath());
    }

    /** What {@link #describe} says about a run. */
    record Position(String what, String count) {}

    /** The step that is running (the last one if none is), rows done, rate and time left, as far as they are known. */
    static Position describe(String pipeline, @Nullable Object run, Pace pace, Instant now) {
        Object current = null;
        int number = 0;
        List<?> steps = Json.listAt(run, "steps");
        for (Object step : steps) {
            if (Json.textAt(step, "status").equals("queued")) {
                break;
            }
            number++;
            current = step;
            if (Json.textAt(step, "status").equals("running")) {
                break;
            }
        }
        if (current == null) {
            return new Position(pipeline + "  starting", "");
        }
        String doing = Json.textAt(current, "what");
        String what = pipeline + "  step " + number + " of " + steps.size() + "  " + Json.textAt(current, "name")
                + (doing.isEmpty() ? "" : ": " + doing);
        return new Position(what, pace.count(what, current, now));
    }
}
