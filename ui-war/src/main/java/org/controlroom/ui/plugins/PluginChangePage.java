package org.controlroom.ui.plugins;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PluginCalls;
import org.controlroom.ui.client.PluginChange;
import org.controlroom.ui.client.PluginsClient;
import org.controlroom.ui.frame.ChartData;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** A change of a plugin while it happens and afterwards: its outcome, and the plugin's calls and errors by version. */
@Named("pluginChange")
@RequestScoped
public class PluginChangePage {

    /** As long as the API takes samples after the end. */
    private static final Duration WATCHED_AFTERWARDS = Duration.ofSeconds(32);

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PluginsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    HttpServletRequest request;

    private @Nullable PluginChange change;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    public String getId() {
        String id = request.getParameter("id");
        return id == null ? "" : id;
    }

    public @Nullable PluginChange getChange() {
        if (change == null && problem == null && !getId().isEmpty()) {
            try {
                change = client.change(getId());
            } catch (ApiProblem e) {
                problem = e;
                PageStatus.of(e);
            }
        }
        return change;
    }

    public @Nullable ApiProblem getProblem() {
        getChange();
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    /** Whether something may still change here. */
    public boolean isLive() {
        PluginChange known = getChange();
        return known != null
                && (known.endedAt() == null
                        || known.endedAt().plus(WATCHED_AFTERWARDS).isAfter(Instant.now()));
    }

    public @Nullable Double getSeconds() {
        PluginChange known = getChange();
        return known == null || known.endedAt() == null
                ? null
                : (Double) (Duration.between(known.startedAt(), known.endedAt()).toMillis() / 1000.0);
    }

    /**
     * Calls of one version since the change began.
     *
     * @param leases open now
     */
    public record Row(String version, String role, long leases, long calls, long errors) {}

    /** Newest version first. */
    public List<Row> getRows() {
        PluginChange known = getChange();
        if (known == null || known.samples().isEmpty()) {
            return List.of();
        }
        PluginChange.Sample first = known.samples().get(0);
        PluginChange.Sample last = known.samples().get(known.samples().size() - 1);
        List<Row> rows = new ArrayList<>();
        for (PluginCalls now : last.versions()) {
            Optional<PluginCalls> before = of(first, now.version());
            String role = now.version().equals(known.toVersion())
                    ? "new"
                    : now.version().equals(known.fromVersion()) ? "old" : "other";
            rows.add(new Row(
                    now.version(),
                    role,
                    now.leases(),
                    now.calls() - before.map(PluginCalls::calls).orElse(0L),
                    now.errors() - before.map(PluginCalls::errors).orElse(0L)));
        }
        return rows;
    }

    private static Optional<PluginCalls> of(PluginChange.Sample sample, String version) {
        return sample.versions().stream()
                .filter(calls -> calls.version().equals(version))
                .findFirst();
    }

    public long getErrors() {
        return getRows().stream().mapToLong(Row::errors).sum();
    }

    public long getCalls() {
        return getRows().stream().mapToLong(Row::calls).sum();
    }

    /**
     * Calls a second of each version between two samples, and errors a second of all. Never null, without a point before
     * the second sample: the page that is opened at once must carry the chart that its live part draws later.
     */
    public ChartData chart(String errorsName) {
        PluginChange known = getChange();
        return chart(known == null ? List.of() : known.samples(), errorsName);
    }

    static ChartData chart(List<PluginChange.Sample> samples, String errorsName) {
        TreeSet<String> versions = new TreeSet<>();
        samples.forEach(sample -> sample.versions().forEach(calls -> versions.add(calls.version())));
        List<Instant> times =
                samples.stream().skip(1).map(PluginChange.Sample::at).toList();
        ChartData chart = ChartData.lines(times).unit("/s");
        for (String version : versions) {
            chart.add(version, rates(samples, sample -> of(sample, version).map(PluginCalls::calls)));
        }
        chart.add(
                errorsName,
                rates(
                        samples,
                        sample -> Optional.of(sample.versions().stream()
                                .mapToLong(PluginCalls::errors)
                                .sum())));
        return chart;
    }

    private static List<Double> rates(
            List<PluginChange.Sample> samples,
            java.util.function.Function<PluginChange.Sample, Optional<Long>> counted) {
        List<Double> rates = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            PluginChange.Sample before = samples.get(i - 1);
            PluginChange.Sample now = samples.get(i);
            double seconds = Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 1000.0;
            long more = counted.apply(now).orElse(0L) - counted.apply(before).orElse(0L);
            rates.add(Math.round(10 * more / seconds) / 10.0);
        }
        return rates;
    }

    /** Whether the version that was replaced can be put back from here. */
    public boolean isReversible() {
        PluginChange known = getChange();
        if (known == null || known.fromVersion() == null || !known.status().equals("completed")) {
            return false;
        }
        try {
            return client.kept(known.plugin()).stream()
                    .anyMatch(kept -> kept.version().equals(known.fromVersion()));
        } catch (ApiProblem e) {
            return false;
        }
    }

    public @Nullable String takeBack() {
        PluginChange known = getChange();
        try {
            return known == null || known.fromVersion() == null
                    ? null
                    : PluginDetailPage.changePage(client.restore(known.plugin(), known.fromVersion(), "blue_green"));
        } catch (ApiProblem e) {
            actionProblem = e;
            return null;
        }
    }
}
