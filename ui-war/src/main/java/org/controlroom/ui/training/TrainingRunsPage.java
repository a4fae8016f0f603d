package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ControlRoomClient;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.NodeStatus;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.RegistryRun;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.client.TrainingClient.RunFilter;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/**
 * Experiments and runs. Filters, sort and columns stand in the address; without any there, those that were chosen last
 * come from a cookie.
 */
@Named("trainingRuns")
@RequestScoped
public class TrainingRunsPage {

    static final String PAGE = "training";

    private static final String COOKIE = "cr_training";
    private static final int MAX_COOKIE = 2000;
    private static final int PIPELINE_RUNS = 5;

    /** Parameters that are a choice to keep; the place in the list is not. */
    private static final Set<String> KEPT =
            Set.of("experiment", "status", "name", "preset", "min_f1", "sort", "column");

    private static final List<String> DEFAULT_COLUMNS = List.of(
            "status",
            "started_at",
            "duration",
            "parameters.preset",
            "metrics.f1_weighted",
            "metrics.accuracy",
            "metrics.ece");

    private static final List<String> FIXED = List.of("status", "started_at", "duration", "experiment");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Shown shown;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ControlRoomClient node;

    private Query query = Query.NONE;
    private NodeStatus.@Nullable Parts registry;
    private @Nullable Listed<RegistryRun> runs;
    private @Nullable ApiProblem problem;
    private @Nullable Listed<PipelineRun> pipelineRuns;
    private @Nullable ApiProblem pipelineProblem;
    private List<String> experiments = List.of();

    /** One column of the table. */
    public record Column(
            String key,
            String name,
            boolean number,
            @Nullable String sortLink,
            String order) {}

    /** One column that can be chosen. */
    public record Choice(String key, String name, boolean chosen) {}

    /** Columns that belong together. */
    public record Group(String name, List<Choice> choices) {}

    /** One line of the table; its cells stand in the order of the columns after the name. */
    public record Line(RegistryRun run, List<Cell> cells) {}

    /** @param kind {@code status}, {@code time}, {@code number} or {@code text} */
    public record Cell(String kind, String text, @Nullable Object value) {}

    /** Before the page is written: the choice is read, kept, and the lists are asked for. */
    public void open() {
        Query given = web.query();
        if (web.has("reset")) {
            web.keepCookie(COOKIE, "");
            given = given.with("reset", null);
        } else if (given.only(KEPT).isEmpty() && given.get("cursor") == null) {
            String kept = web.cookie(COOKIE);
            given = kept == null ? given : Query.of(URLDecoder.decode(kept, StandardCharsets.UTF_8));
        } else {
            String text = given.only(KEPT).text();
            if (text.length() <= MAX_COOKIE) {
                web.keepCookie(COOKIE, URLEncoder.encode(text, StandardCharsets.UTF_8));
            }
        }
        query = given;
        try {
            RunFilter filter = new RunFilter(
                    query.get("experiment"),
                    query.get("status"),
                    query.get("name"),
                    query.get("preset"),
                    query.get("min_f1"));
            runs = client.runs(filter, query.get("sort"), query.get("cursor"));
            experiments = client.experiments();
        } catch (ApiProblem e) {
            problem = e;
        }
        try {
            pipelineRuns = client.pipelineRuns(TrainingClient.TRAIN, web.query().get("trainings"), PIPELINE_RUNS);
        } catch (ApiProblem e) {
            pipelineProblem = e;
        }
        try {
            registry = node.status().parts();
        } catch (ApiProblem e) {
            registry = null; // said above
        }
    }

    /** Which registry is in use; empty when nobody could be asked. */
    public String getRegistryKind() {
        return registry == null ? "" : registry.registryKind();
    }

    public String getRegistryAddress() {
        return registry == null ? "" : registry.registry();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getPipelineProblem() {
        return pipelineProblem;
    }

    public List<PipelineRun> getPipelineRuns() {
        return pipelineRuns == null ? List.of() : pipelineRuns.items();
    }

    /** Cursor of the trainings before these; null when these are the first. */
    public @Nullable String getOlderPipelineRuns() {
        return pipelineRuns == null ? null : pipelineRuns.next();
    }

    /** Whether one of them goes on, so that the page has to be asked again. */
    public boolean isActive() {
        return getPipelineRuns().stream().anyMatch(PipelineRun::active);
    }

    public List<String> getStatuses() {
        return List.of("running", "completed", "failed", "cancelled");
    }

    public List<String> getExperiments() {
        return experiments;
    }

    /** What a field of the filter form holds. */
    public String value(String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }

    /** Whether the list is narrowed. */
    public boolean isFiltered() {
        return !query.only(Set.of("experiment", "status", "name", "preset", "min_f1"))
                .isEmpty();
    }

    private List<String> columnKeys() {
        List<String> chosen = query.all("column");
        return chosen.isEmpty() ? DEFAULT_COLUMNS : chosen;
    }

    public List<Column> getColumns() {
        List<Column> columns = new ArrayList<>();
        columns.add(column("name"));
        columnKeys().forEach(key -> columns.add(column(key)));
        return columns;
    }

    private Column column(String key) {
        String sort = query.get("sort");
        String order = key.equals(sort) ? "ascending" : ("-" + key).equals(sort) ? "descending" : "none";
        boolean number = key.startsWith("metrics.");
        boolean sortable = number
                || key.startsWith("parameters.")
                || key.equals("name")
                || key.equals("status")
                || key.equals("started_at");
        boolean first = order.equals("none") ? number || key.equals("started_at") : order.equals("ascending");
        String next = first ? "-" + key : key;
        return new Column(
                key,
                columnName(key),
                number,
                sortable ? query.with("sort", next).with("cursor", null).link(PAGE) : null,
                order);
    }

    private String columnName(String key) {
        int dot = key.indexOf('.');
        return shown.name(dot < 0 ? key : key.substring(dot + 1));
    }

    public List<Line> getLines() {
        return runs == null
                ? List.of()
                : runs.items().stream()
                        .map(run -> new Line(
                                run,
                                columnKeys().stream().map(key -> cell(run, key)).toList()))
                        .toList();
    }

    private Cell cell(RegistryRun run, String key) {
        if (key.startsWith("metrics.")) {
            return new Cell("number", shown.figure(run.metrics().get(key.substring("metrics.".length()))), null);
        }
        if (key.startsWith("parameters.")) {
            String value = run.parameters().getOrDefault(key.substring("parameters.".length()), "–");
            return new Cell("text", key.endsWith("_hash") ? shown.hash(value) : value, null);
        }
        return switch (key) {
            case "status" -> new Cell("status", shown.status(run.status()), shown.level(run.status()));
            case "started_at" -> new Cell("time", "", run.startedAt());
            case "duration" -> new Cell("text", shown.duration(run.startedAt(), run.endedAt()), null);
            case "experiment" -> new Cell("text", run.experiment(), null);
            default -> new Cell("text", "–", null);
        };
    }

    /** All columns there are for the runs on this page, in groups. */
    public List<Group> getGroups() {
        Set<String> metrics = new TreeSet<>();
        Set<String> parameters = new TreeSet<>();
        if (runs != null) {
            runs.items().forEach(run -> {
                run.metrics().keySet().forEach(key -> metrics.add("metrics." + key));
                run.parameters().keySet().forEach(key -> parameters.add("parameters." + key));
            });
        }
        for (String key : columnKeys()) {
            if (key.startsWith("metrics.")) {
                metrics.add(key);
            } else if (key.startsWith("parameters.")) {
                parameters.add(key);
            }
        }
        return List.of(
                group("columns.run", FIXED),
                group("columns.metrics", metrics),
                group("columns.parameters", parameters));
    }

    private Group group(String name, Collection<String> keys) {
        return new Group(
                web.text(name),
                keys.stream()
                        .map(key ->
                                new Choice(key, columnName(key), columnKeys().contains(key)))
                        .toList());
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        return runs == null ? null : runs.next();
    }

    /** What the list was asked with: the address, or what was remembered when it says nothing. */
    public Query getQuery() {
        return query;
    }
}
