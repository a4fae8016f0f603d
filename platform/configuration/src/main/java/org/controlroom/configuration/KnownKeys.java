package org.controlroom.configuration;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every key that can be set, and which names are misspelt ones. A key that nobody reads must not be accepted. */
public final class KnownKeys {

    /** What all keys begin with. */
    public static final String PREFIX = "controlroom.";

    private static final String VARIABLE_PREFIX = "CONTROLROOM_";

    private static final String PROCESSORS =
            Integer.toString(Runtime.getRuntime().availableProcessors());

    private static final SortedMap<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("controlroom.api.url", ""),
            Map.entry("controlroom.batch.threads", PROCESSORS),
            Map.entry("controlroom.data.dir", "state"),
            Map.entry("controlroom.db.connect-timeout-seconds", "5"),
            Map.entry("controlroom.db.password", ""),
            Map.entry("controlroom.db.pool-size", "16"),
            Map.entry("controlroom.db.socket-timeout-seconds", "120"),
            Map.entry("controlroom.db.url", ""),
            Map.entry("controlroom.db.user", "sa"),
            Map.entry("controlroom.http.address", "127.0.0.1"),
            Map.entry("controlroom.http.threads", "8"),
            Map.entry("controlroom.jvm.heap-mb", "0"),
            Map.entry("controlroom.jvm.options", ""),
            Map.entry("controlroom.load.folder", ""),
            Map.entry("controlroom.load.initial-percent", "100"),
            Map.entry("controlroom.load.seed", "0"),
            Map.entry("controlroom.load.step-percent", "3"),
            Map.entry("controlroom.mlflow.attempts", "3"),
            Map.entry("controlroom.mlflow.certificate", ""),
            Map.entry("controlroom.mlflow.file-timeout-seconds", "300"),
            Map.entry("controlroom.mlflow.pages-uri", ""),
            Map.entry("controlroom.mlflow.password", ""),
            Map.entry("controlroom.mlflow.timeout-seconds", "10"),
            Map.entry("controlroom.mlflow.token", ""),
            Map.entry("controlroom.mlflow.uri", ""),
            Map.entry("controlroom.mlflow.user", ""),
            Map.entry("controlroom.node.name", ""),
            Map.entry("controlroom.node.roles", "serve,pipelines"),
            Map.entry("controlroom.notifications.base-url", ""),
            Map.entry("controlroom.notifications.mail.from", ""),
            Map.entry("controlroom.notifications.mail.host", ""),
            Map.entry("controlroom.notifications.mail.password", ""),
            Map.entry("controlroom.notifications.mail.port", "587"),
            Map.entry("controlroom.notifications.mail.tls", "starttls"),
            Map.entry("controlroom.notifications.mail.to", ""),
            Map.entry("controlroom.notifications.mail.user", ""),
            Map.entry("controlroom.notifications.on", "failure,promotion"),
            Map.entry("controlroom.notifications.webhook.url", ""),
            Map.entry("controlroom.pipelines.callback-secret", ""),
            Map.entry("controlroom.pipelines.lost", "fail"),
            Map.entry("controlroom.pipelines.lost-after-seconds", "60"),
            Map.entry("controlroom.pipelines.retry.attempts", "3"),
            Map.entry("controlroom.pipelines.retry.first-delay-seconds", "2"),
            Map.entry("controlroom.pipelines.retry.max-delay-seconds", "60"),
            Map.entry("controlroom.pipelines.step-limit-minutes", "0"),
            Map.entry("controlroom.pipelines.steps", ""),
            Map.entry("controlroom.plugins.dir", ""),
            Map.entry("controlroom.prediction-log.files", "10"),
            Map.entry("controlroom.prediction-log.max-mb", "64"),
            Map.entry("controlroom.promotion.margin", "0.005"),
            Map.entry("controlroom.promotion.max-class-drop", "0.05"),
            Map.entry("controlroom.promotion.metric", "f1_weighted"),
            Map.entry("controlroom.promotion.threshold", "0.75"),
            Map.entry("controlroom.registry.poll-seconds", "30"),
            Map.entry("controlroom.registry.webhook-secret", ""),
            Map.entry("controlroom.server.options", ""),
            Map.entry("controlroom.start.timeout-seconds", "180"),
            Map.entry("controlroom.training.threads", PROCESSORS),
            Map.entry("controlroom.ui.first-visits", "true"),
            Map.entry("controlroom.ui.low-confidence", "0.5")));

    private static final List<String> KEYS = List.copyOf(DEFAULTS.keySet());

    /** Variables that are no keys: those of the command, and what Kubernetes sets for a service named controlroom. */
    private static final Pattern OTHER_VARIABLES =
            Pattern.compile("CONTROLROOM_(HOME|JAVA_HOME|SERVICE_(HOST|PORT.*)|PORT(_[0-9]+_(TCP|UDP).*)?)");

    private KnownKeys() {}

    /** All keys, ascending. */
    public static SortedSet<String> all() {
        return new TreeSet<>(KEYS);
    }

    /** What counts when nobody sets a key, by key; empty where that is nothing, or found out at start. */
    public static SortedMap<String, String> defaults() {
        return Collections.unmodifiableSortedMap(DEFAULTS);
    }

    /**
     * A name that is no key.
     *
     * @param name as it was given
     * @param nearest the key, or the variable of the key, that looks most like it
     */
    public record Unknown(String name, String nearest) {
        @Override
        public String toString() {
            return name + " (the nearest known is " + nearest + ")";
        }
    }

    /** Those of the names that begin as our keys do and are none, ascending; others are nobody's business here. */
    public static List<Unknown> unknownKeys(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(PREFIX) && !KEYS.contains(name))
                .sorted()
                .map(name -> new Unknown(name, nearest(name, KEYS)))
                .toList();
    }

    /** The same for names of environment variables. */
    public static List<Unknown> unknownVariables(Collection<String> names) {
        List<String> variables = KEYS.stream().map(KnownKeys::variable).toList();
        return names.stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX)
                        && !variables.contains(name)
                        && !OTHER_VARIABLES.matcher(name).matches())
                .sorted()
                .map(name -> new Unknown(name, nearest(name, variables)))
                .toList();
    }

    /** The environment variable that MicroProfile Config reads for a key. */
    public static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The keys, or variables of keys, of the same area as one of them, ascending. */
    public static List<String> beside(String known) {
        boolean isKey = known.startsWith(PREFIX);
        String area = area(
                isKey
                        ? known
                        : KEYS.stream()
                                .filter(key -> variable(key).equals(known))
                                .findFirst()
                                .orElse(PREFIX));
        return KEYS.stream()
                .filter(key -> area(key).equals(area))
                .map(key -> isKey ? key : variable(key))
                .toList();
    }

    private static String area(String key) {
        return key.substring(0, Math.max(key.indexOf('.', PREFIX.length()), PREFIX.length()));
    }

    private static String nearest(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** How many characters must be added, dropped or changed (Levenshtein). */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[b.length()];
    }
}
