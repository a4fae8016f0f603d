package org.controlroom.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every key that can be set, and which names are misspelt ones. A key that nobody reads must not be accepted. */
public final class KnownKeys {

    /** What all keys begin with. */
    public static final String PREFIX = "controlroom.";

    private static final String VARIABLE_PREFIX = "CONTROLROOM_";

    private static final List<String> KEYS = List.of(
            "controlroom.api.url",
            "controlroom.batch.threads",
            "controlroom.data.dir",
            "controlroom.db.connect-timeout-seconds",
            "controlroom.db.password",
            "controlroom.db.pool-size",
            "controlroom.db.socket-timeout-seconds",
            "controlroom.db.url",
            "controlroom.db.user",
            "controlroom.http.address",
            "controlroom.http.threads",
            "controlroom.jvm.heap-mb",
            "controlroom.jvm.options",
            "controlroom.load.folder",
            "controlroom.load.initial-percent",
            "controlroom.load.seed",
            "controlroom.load.step-percent",
            "controlroom.node.name",
            "controlroom.node.roles",
            "controlroom.pipelines.callback-secret",
            "controlroom.pipelines.lost",
            "controlroom.pipelines.retry.attempts",
            "controlroom.pipelines.retry.first-delay-seconds",
            "controlroom.pipelines.retry.max-delay-seconds",
            "controlroom.pipelines.step-limit-minutes",
            "controlroom.pipelines.steps",
            "controlroom.plugins.dir",
            "controlroom.prediction-log.files",
            "controlroom.prediction-log.max-mb",
            "controlroom.server.options",
            "controlroom.start.timeout-seconds",
            "controlroom.training.threads",
            "controlroom.ui.low-confidence");

    /** Variables that are no keys: those of the command, and what Kubernetes sets for a service named controlroom. */
    private static final Pattern OTHER_VARIABLES =
            Pattern.compile("CONTROLROOM_(HOME|JAVA_HOME|SERVICE_(HOST|PORT.*)|PORT(_[0-9]+_(TCP|UDP).*)?)");

    private KnownKeys() {}

    /** All keys, ascending. */
    public static SortedSet<String> all() {
        return new TreeSet<>(KEYS);
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
