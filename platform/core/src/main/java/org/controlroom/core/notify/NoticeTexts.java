package org.controlroom.core.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.jspecify.annotations.Nullable;

/** What people are told, in English. */
public final class NoticeTexts {

    /** Metrics of a version that are told, and how they are called. */
    private static final Map<String, String> FIGURES =
            Map.of("f1_weighted", "weighted F1", "accuracy", "accuracy", "f1_macro", "macro F1");

    private static final List<String> FIGURE_ORDER = List.of("f1_weighted", "f1_macro", "accuracy");

    private final @Nullable String baseUrl;

    /** @param baseUrl where people find this server, without a slash at the end; null when nobody said */
    public NoticeTexts(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** @param figures of the version, by metric; empty when they are not known */
    public Message message(Notice notice, Map<String, Double> figures) {
        return switch (notice.kind()) {
            case RUN_FAILED -> runFailed(notice);
            case PROMOTED -> inProduction(notice, figures, "is in production");
            case ROLLED_BACK -> inProduction(notice, figures, "is in production again: rolled back");
            case TEST -> test();
        };
    }

    /** What somebody gets who tries whether messages arrive. */
    public Message test() {
        return new Message(
                Notice.Kind.TEST,
                "Control Room: this is a test",
                List.of("Somebody asked for this message. Failed runs and promotions are told in the same way."),
                link("pipelines-notifications"));
    }

    private Message runFailed(Notice notice) {
        List<String> lines = new ArrayList<>();
        String step = notice.detail();
        if (step != null) {
            lines.add("Step: " + step);
        }
        lines.add("Reason: " + notice.reason());
        lines.add("Asked for by: " + notice.actor());
        lines.add("Failed at: " + notice.at());
        return new Message(
                Notice.Kind.RUN_FAILED,
                "Pipeline " + notice.about() + ": " + notice.subject() + " failed"
                        + (step == null ? "" : " at " + step),
                lines,
                link("pipelines-run?id=" + encoded(notice.subject()) + "&pipeline=" + encoded(notice.about())));
    }

    private Message inProduction(Notice notice, Map<String, Double> figures, String what) {
        List<String> lines = new ArrayList<>();
        List<String> known = FIGURE_ORDER.stream()
                .filter(figures::containsKey)
                .map(key -> FIGURES.get(key) + String.format(Locale.ROOT, " %.4f", figures.get(key)))
                .toList();
        if (!known.isEmpty()) {
            lines.add("On the rows held out: " + String.join(", ", known));
        }
        lines.add(
                notice.detail() == null
                        ? "No version was in production before."
                        : "Replaced version: " + notice.detail());
        lines.add("Reason: " + notice.reason());
        lines.add("By: " + notice.actor());
        lines.add("In production since: " + notice.at());
        return new Message(
                notice.kind(),
                "Model " + notice.about() + ": version " + notice.subject() + " " + what,
                lines,
                link("registry-version?name=" + encoded(notice.about()) + "&version=" + encoded(notice.subject())));
    }

    private @Nullable String link(String page) {
        return baseUrl == null ? null : baseUrl + "/ui/" + page;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
