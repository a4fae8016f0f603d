package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.RegistryRun;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** Several runs side by side: {@code ?runs=a,b} or {@code ?run=a&run=b}, and {@code only=differences}. */
@Named("trainingCompare")
@RequestScoped
public class TrainingComparePage {

    static final String PAGE = "training-compare";

    /** Names in the order of the alphabet, those of classes in the order of their codes. */
    static final Comparator<String> BY_NUMBER =
            Comparator.comparingLong(TrainingComparePage::code).thenComparing(Comparator.naturalOrder());

    /** More would not fit beside each other. */
    static final int MOST = 8;

    private static final String DIFFERENCES = "differences";
    private static final String OF_CLASS = "f1_class_";

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Shown shown;

    private final List<RegistryRun> runs = new ArrayList<>();
    private @Nullable ApiProblem problem;
    private boolean tooMany;

    /** One line of the comparison; its cells stand in the order of the runs. */
    public record Line(String key, String name, boolean differs, List<Cell> cells) {}

    /** One value, and whether it is the best of its line. */
    public record Cell(String text, boolean best) {}

    /** Lines that belong together. */
    public record Group(String name, boolean number, List<Line> lines) {}

    public void open() {
        List<String> ids = ids();
        tooMany = ids.size() > MOST;
        try {
            ids.stream().limit(MOST).forEach(id -> runs.add(client.run(id)));
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
            runs.clear();
        }
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>(web.query().all("run"));
        ids.addAll(Arrays.asList(web.raw("runs").split(",")));
        return ids.stream().filter(id -> !id.isBlank()).distinct().toList();
    }

    public List<RegistryRun> getRuns() {
        return runs;
    }

    public boolean isTooMany() {
        return tooMany;
    }

    public int getMost() {
        return MOST;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public boolean isOnlyDifferences() {
        return web.raw("only").equals(DIFFERENCES);
    }

    /** This comparison with all lines, or with those that differ. */
    public String getToggleLink() {
        return Query.NONE
                .with("runs", String.join(",", ids()))
                .with("only", isOnlyDifferences() ? null : DIFFERENCES)
                .link(PAGE);
    }

    /** The comparison without one of its runs. */
    public String without(String id) {
        List<String> others = ids().stream().filter(other -> !other.equals(id)).toList();
        return Query.NONE
                .with("runs", String.join(",", others))
                .with("only", isOnlyDifferences() ? DIFFERENCES : null)
                .link(PAGE);
    }

    public List<Group> getGroups() {
        Predicate<String> ofClass = key -> key.startsWith(OF_CLASS);
        return List.of(
                metrics("compare.metrics", ofClass.negate()),
                metrics("compare.classes", ofClass),
                texts("compare.parameters", RegistryRun::parameters),
                texts("compare.tags", RegistryRun::tags));
    }

    private Group metrics(String name, Predicate<String> wanted) {
        TreeSet<String> keys = new TreeSet<>(BY_NUMBER);
        runs.forEach(run -> run.metrics().keySet().stream().filter(wanted).forEach(keys::add));
        List<Line> lines = new ArrayList<>();
        for (String key : keys) {
            List<@Nullable Double> values = new ArrayList<>();
            runs.forEach(run -> values.add(run.metrics().get(key)));
            Double best = best(key, values);
            boolean differs = new HashSet<>(values).size() > 1;
            List<Cell> cells = new ArrayList<>();
            for (Double value : values) {
                cells.add(new Cell(shown.figure(value), differs && value != null && value.equals(best)));
            }
            String label = key.startsWith(OF_CLASS) ? key.substring(OF_CLASS.length()) : shown.name(key);
            lines.add(new Line(key, label, differs, cells));
        }
        return new Group(web.text(name), true, kept(lines));
    }

    private static long code(String key) {
        try {
            return key.startsWith(OF_CLASS) ? Long.parseLong(key.substring(OF_CLASS.length())) : -1;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private Group texts(String name, Function<RegistryRun, Map<String, String>> of) {
        TreeSet<String> keys = new TreeSet<>();
        runs.forEach(run -> keys.addAll(of.apply(run).keySet()));
        List<Line> lines = new ArrayList<>();
        for (String key : keys) {
            List<String> values = runs.stream()
                    .map(run -> of.apply(run).getOrDefault(key, "–"))
                    .toList();
            lines.add(new Line(
                    key,
                    shown.name(key),
                    new HashSet<>(values).size() > 1,
                    values.stream().map(value -> new Cell(value, false)).toList()));
        }
        return new Group(web.text(name), false, kept(lines));
    }

    private List<Line> kept(List<Line> lines) {
        return isOnlyDifferences() ? lines.stream().filter(Line::differs).toList() : lines;
    }

    /** The best of two or more values of a metric whose good direction is known; null for others. */
    static @Nullable Double best(String key, List<@Nullable Double> values) {
        boolean low = key.equals("log_loss") || key.equals("ece") || key.startsWith("seconds_");
        boolean high = key.startsWith("f1_") || key.startsWith("accuracy") || key.startsWith("coverage");
        if (!low && !high) {
            return null;
        }
        if (values.stream().filter(Objects::nonNull).count() < 2) {
            return null;
        }
        return values.stream()
                .filter(Objects::nonNull)
                .reduce((a, b) -> low == (a < b) ? a : b)
                .orElse(null);
    }
}
