package org.controlroom.registry.mlflow;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.ExperimentsPage;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.RunsPage;

/** Experiments, runs and what was logged to them. */
final class MlflowRuns {

    /** As the server limits one call. */
    private static final int MOST_METRICS = 1_000;

    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_TAGS = 100;

    private static final int PAGE = 1_000;
    private static final String NAME_TAG = "mlflow.runName";
    private static final String CONTEXT_TAG = "mlflow.data.context";

    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final InstantSource clock;

    /** Of what was logged last: the server keeps the value with the latest time, and of equal times the largest. */
    private final AtomicLong lastTime = new AtomicLong();

    MlflowRuns(MlflowCalls calls, MlflowHttp http, InstantSource clock) {
        this.calls = calls;
        this.http = http;
        this.clock = clock;
    }

    String start(String experiment, String runName, Map<String, String> tags) {
        return create(experiment, runName, tags, nextTime());
    }

    String take(ExperimentRun run) {
        String id =
                create(run.experiment(), run.name(), run.tags(), run.startedAt().toEpochMilli());
        finish(id, run);
        return id;
    }

    /** What was logged goes first, so that a run that was cut off is not ended. */
    void finish(String id, ExperimentRun run) {
        logParameters(id, run.parameters());
        SortedMap<String, Double> missing = new TreeMap<>(run.metrics());
        missing.keySet().removeAll(run(id).metrics().keySet());
        logMetrics(id, missing);
        Instant end = run.endedAt();
        if (end != null) {
            end(id, run.status(), end.toEpochMilli());
        }
    }

    private String create(String experiment, String runName, Map<String, String> tags, long startedAt) {
        String id = experimentId(experiment).orElseGet(() -> makeExperiment(experiment));
        List<Json> tagged = new ArrayList<>();
        new TreeMap<>(tags).forEach((key, value) -> tagged.add(Json.ofTexts(Map.of("key", key, "value", value))));
        Json run = new Json.Obj(new TreeMap<>(Map.of(
                "experiment_id", Json.of(id),
                "run_name", Json.of(runName),
                "start_time", Json.of(startedAt),
                "tags", new Json.Arr(tagged))));
        // Not by the client, which posts again when the server answers with an error.
        return http.postOnce("start run '" + runName + "'", "runs/create", run)
                .get("run")
                .get("info")
                .get("run_id")
                .text();
    }

    private Optional<String> experimentId(String name) {
        Optional<Service.Experiment> found =
                calls.ask("find experiment '" + name + "'", client -> client.getExperimentByName(name));
        found.filter(experiment -> experiment.getLifecycleStage().equals("deleted"))
                .ifPresent(deleted -> {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            "experiment '" + name + "' is deleted in MLflow; restore it there, or remove it for good");
                });
        return found.map(Service.Experiment::getExperimentId);
    }

    private String makeExperiment(String name) {
        try {
            return calls.ask("make experiment '" + name + "'", client -> client.createExperiment(name));
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            return experimentId(name).orElseThrow(() -> e); // made by another at the same time
        }
    }

    void logParameters(String runId, Map<String, String> parameters) {
        Map<String, String> known = run(runId).parameters();
        parameters.forEach((key, value) -> {
            if (!known.getOrDefault(key, value).equals(value)) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        "parameter '" + key + "' of run " + runId + " is '" + known.get(key) + "' and cannot become '"
                                + value + "'");
            }
        });
        List<Service.Param> all = new ArrayList<>();
        new TreeMap<>(parameters)
                .forEach((key, value) -> all.add(
                        Service.Param.newBuilder().setKey(key).setValue(value).build()));
        inBatches(
                "log parameters of run " + runId,
                all,
                MOST_PARAMETERS,
                (client, some) -> client.logBatch(runId, List.of(), some, List.of()));
    }

    void logMetrics(String runId, Map<String, Double> metrics) {
        long time = nextTime();
        List<Service.Metric> all = new ArrayList<>();
        new TreeMap<>(metrics)
                .forEach((key, value) -> all.add(Service.Metric.newBuilder()
                        .setKey(key)
                        .setValue(value)
                        .setTimestamp(time)
                        .setStep(0)
                        .build()));
        inBatches(
                "log metrics of run " + runId,
                all,
                MOST_METRICS,
                (client, some) -> client.logBatch(runId, some, List.of(), List.of()));
    }

    void setTags(String runId, Map<String, String> tags) {
        List<Service.RunTag> all = new ArrayList<>();
        new TreeMap<>(tags).forEach((key, value) -> all.add(tag(key, value)));
        inBatches(
                "tag run " + runId,
                all,
                MOST_TAGS,
                (client, some) -> client.logBatch(runId, List.of(), List.of(), some));
    }

    private <T> void inBatches(String what, List<T> all, int most, BiConsumer<MlflowClient, List<T>> call) {
        for (int from = 0; from < all.size(); from += most) {
            List<T> some = all.subList(from, Math.min(from + most, all.size()));
            calls.ask(what, client -> {
                call.accept(client, some);
                return true;
            });
        }
    }

    void logInput(String runId, DatasetInput input) {
        SortedMap<String, String> dataset = new TreeMap<>(Map.of(
                "name", input.name(),
                "digest", input.digest(),
                "source_type", input.sourceType(),
                "source", input.source()));
        if (!input.profile().isEmpty()) {
            dataset.put("profile", input.profile());
        }
        SortedMap<String, Json> logged = new TreeMap<>(Map.of("dataset", Json.ofTexts(dataset)));
        if (!input.context().isEmpty()) {
            Json context = Json.ofTexts(Map.of("key", CONTEXT_TAG, "value", input.context()));
            logged.put("tags", new Json.Arr(List.of(context)));
        }
        Json body = new Json.Obj(new TreeMap<>(
                Map.of("run_id", Json.of(runId), "datasets", new Json.Arr(List.of(new Json.Obj(logged))))));
        calls.ask("log an input of run " + runId, client -> client.sendPost("runs/log-inputs", body.write()));
    }

    List<DatasetInput> inputs(String runId) {
        List<DatasetInput> inputs = new ArrayList<>();
        for (Service.DatasetInput each : bare(runId).getInputs().getDatasetInputsList()) {
            Service.Dataset dataset = each.getDataset();
            String context = each.getTagsList().stream()
                    .filter(tag -> tag.getKey().equals(CONTEXT_TAG))
                    .map(Service.InputTag::getValue)
                    .findFirst()
                    .orElse("");
            inputs.add(new DatasetInput(
                    dataset.getName(),
                    dataset.getDigest(),
                    dataset.getSourceType(),
                    dataset.getSource(),
                    dataset.getProfile(),
                    context));
        }
        inputs.sort(DatasetInput.ORDER);
        return inputs;
    }

    void end(String runId, RunStatus status) {
        end(runId, status, nextTime());
    }

    private void end(String runId, RunStatus status, long time) {
        calls.ask("end run " + runId, client -> {
            client.setTerminated(runId, statusOf(status), time);
            return true;
        });
    }

    void delete(String runId) {
        calls.ask("take back run " + runId, client -> {
            client.deleteRun(runId);
            return true;
        });
    }

    /** The server keeps the end that there was; {@link #read} does not show it for a run that goes on. */
    void resume(String runId) {
        Json update = Json.ofTexts(Map.of("run_id", runId, "status", Service.RunStatus.RUNNING.name()));
        calls.ask("resume run " + runId, client -> client.sendPost("runs/update", update.write()));
    }

    ExperimentRun run(String runId) {
        Service.Run run = bare(runId);
        return read(run, experimentName(run.getInfo().getExperimentId()));
    }

    Service.Run bare(String runId) {
        Service.Run run = calls.ask("read run " + runId, client -> client.getRun(runId));
        if (run.getInfo().getLifecycleStage().equals("deleted")) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, "run '" + runId + "' is deleted in the registry");
        }
        return run;
    }

    String experimentName(String id) {
        return calls.ask(
                "read experiment " + id, client -> client.getExperiment(id).getName());
    }

    List<Experiment> experiments() {
        List<Experiment> experiments = new ArrayList<>();
        for (Service.Experiment each : all()) {
            experiments.add(new Experiment(
                    each.getName(), Instant.ofEpochMilli(each.getCreationTime()), count(each.getExperimentId())));
        }
        experiments.sort(Comparator.comparing(Experiment::name));
        return experiments;
    }

    /** All experiments. */
    List<Service.Experiment> all() {
        List<Service.Experiment> all = new ArrayList<>();
        String token = "";
        do {
            String from = token;
            ExperimentsPage page = calls.ask(
                    "list experiments",
                    client -> client.searchExperiments(
                            "", Service.ViewType.ACTIVE_ONLY, PAGE, List.of("name ASC"), from));
            all.addAll(page.getItems());
            token = page.getNextPageToken().orElse("");
        } while (!token.isEmpty());
        return all;
    }

    private long count(String experimentId) {
        long count = 0;
        String token = "";
        do {
            RunsPage page = search(List.of(experimentId), "", PAGE, List.of(), token);
            count += page.getItems().size();
            token = page.getNextPageToken().orElse("");
        } while (!token.isEmpty());
        return count;
    }

    Page<ExperimentRun> runs(PageRequest request) {
        RunSearch search = new RunSearch(request);
        Map<String, String> names = new HashMap<>();
        String only = search.experiment();
        if (only == null) {
            all().forEach(each -> names.put(each.getExperimentId(), each.getName()));
        } else {
            experimentId(only).ifPresent(id -> names.put(id, only));
        }
        List<ExperimentRun> found = new ArrayList<>();
        String token = request.cursor() == null ? "" : request.cursor();
        // Never more than there is room for, so that the server's next page begins where this one ends.
        while (!names.isEmpty() && found.size() < request.limit()) {
            String from = token;
            int most = request.limit() - found.size();
            RunsPage page = MlflowModels.ofCursor(
                    request, () -> search(List.copyOf(names.keySet()), search.filter(), most, search.order(), from));
            page.getItems().stream()
                    .map(run -> read(run, names.getOrDefault(run.getInfo().getExperimentId(), "?")))
                    .filter(search::matches)
                    .forEach(found::add);
            token = page.getNextPageToken().orElse("");
            if (token.isEmpty()) {
                break;
            }
        }
        return new Page<>(found, token.isEmpty() ? null : token);
    }

    private RunsPage search(List<String> experiments, String filter, int most, List<String> order, String token) {
        return calls.ask(
                "list runs",
                client -> client.searchRuns(experiments, filter, Service.ViewType.ACTIVE_ONLY, most, order, token));
    }

    private static ExperimentRun read(Service.Run run, String experiment) {
        Service.RunInfo info = run.getInfo();
        SortedMap<String, String> parameters = new TreeMap<>();
        run.getData().getParamsList().forEach(each -> parameters.put(each.getKey(), each.getValue()));
        SortedMap<String, Double> metrics = new TreeMap<>();
        run.getData().getMetricsList().forEach(each -> metrics.put(each.getKey(), each.getValue()));
        SortedMap<String, String> tags = new TreeMap<>();
        run.getData().getTagsList().forEach(each -> tags.put(each.getKey(), each.getValue()));
        tags.remove(NAME_TAG);
        RunStatus status = statusOf(info.getStatus());
        return new ExperimentRun(
                info.getRunId(),
                experiment,
                info.getRunName(),
                status,
                Instant.ofEpochMilli(info.getStartTime()),
                status.ended() ? Instant.ofEpochMilli(info.getEndTime()) : null,
                parameters,
                metrics,
                tags);
    }

    static Service.RunStatus statusOf(RunStatus status) {
        return switch (status) {
            case QUEUED -> Service.RunStatus.SCHEDULED;
            case RUNNING -> Service.RunStatus.RUNNING;
            case COMPLETED -> Service.RunStatus.FINISHED;
            case FAILED -> Service.RunStatus.FAILED;
            case CANCELLED -> Service.RunStatus.KILLED;
        };
    }

    private static RunStatus statusOf(Service.RunStatus status) {
        return switch (status) {
            case SCHEDULED -> RunStatus.QUEUED;
            case RUNNING -> RunStatus.RUNNING;
            case FINISHED -> RunStatus.COMPLETED;
            case FAILED -> RunStatus.FAILED;
            case KILLED -> RunStatus.CANCELLED;
        };
    }

    private static Service.RunTag tag(String key, String value) {
        return Service.RunTag.newBuilder().setKey(key).setValue(value).build();
    }

    private long nextTime() {
        return lastTime.updateAndGet(before -> Math.max(before + 1, clock.millis()));
    }
}
