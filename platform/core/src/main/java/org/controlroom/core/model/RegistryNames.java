package org.controlroom.core.model;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * Which names a registry takes; the same as MLflow takes, so that one can be moved into another. Each check throws
 * INVALID_INPUT.
 */
public final class RegistryNames {

    private static final int MAX_NAME = 250;
    private static final int MAX_VALUE = 5_000;

    /** MLflow keeps these for itself. */
    private static final Pattern RESERVED_ALIAS = Pattern.compile("(?i)latest|v\\d+");

    private RegistryNames() {}

    /** Of an experiment, a run, a model or an alias. */
    public static void check(String what, String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.indexOf('/') >= 0 || name.indexOf(':') >= 0) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    Reason.of(
                            "registry-name",
                            "{0} '{1}'; must have 1..250 characters, no slash, no colon",
                            what,
                            shown(name)));
        }
    }

    /** Of an alias of versions. */
    public static void checkAlias(String alias) {
        check("alias", alias);
        if (RESERVED_ALIAS.matcher(alias).matches()) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    Reason.of("alias-reserved", "alias '{0}'; 'latest' and 'v' with a number are reserved", alias));
        }
    }

    /** Keys may hold slashes: metrics are grouped by them. */
    public static void checkEntries(String what, Map<String, String> entries) {
        checkKeys(what, entries.keySet());
        entries.forEach((key, value) -> {
            if (value.length() > MAX_VALUE) {
                throw invalid(
                        what + " '" + key + "' has " + value.length() + " characters; must have at most " + MAX_VALUE);
            }
        });
    }

    /** Names of parameters, metrics or tags. */
    public static void checkKeys(String what, Set<String> keys) {
        for (String key : keys) {
            if (key.isBlank() || key.length() > MAX_NAME) {
                throw new ControlRoomException(
                        ErrorCode.INVALID_INPUT,
                        Reason.of("key-length", "{0} '{1}'; its name must have 1..250 characters", what, shown(key)));
            }
        }
    }

    /** Names of metrics, and that the values are finite. */
    public static void checkMetrics(Map<String, Double> metrics) {
        checkKeys("metric", metrics.keySet());
        metrics.forEach((key, value) -> {
            if (!Double.isFinite(value)) {
                throw invalid("metric '" + key + "' is " + value + "; must be finite");
            }
        });
    }

    /** What a run is started with. */
    public static void checkRun(String experiment, String name, Map<String, String> tags) {
        check("experiment", experiment);
        check("run name", name);
        checkEntries("tag", tags);
    }

    /** A whole run that comes from another registry. */
    public static void checkRun(ExperimentRun run) {
        checkRun(run.experiment(), run.name(), run.tags());
        checkEntries("parameter", run.parameters());
        checkMetrics(run.metrics());
    }

    /** That a run can end like this. */
    public static void checkEnd(String runId, RunStatus status) {
        if (!status.ended()) {
            throw invalid(
                    "run " + runId + " cannot end as " + status.text() + "; must be completed, failed or cancelled");
        }
    }

    /** Lengths, as MLflow limits them. */
    public static void checkInput(DatasetInput input) {
        checkLength("name of an input", input.name(), 1, 500);
        checkLength("digest of an input", input.digest(), 1, 36);
        checkLength("source type of an input", input.sourceType(), 1, 36);
        checkLength("source of an input", input.source(), 0, MAX_VALUE);
        checkLength("profile of an input", input.profile(), 0, MAX_VALUE);
        checkLength("context of an input", input.context(), 0, 500);
    }

    private static void checkLength(String what, String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            throw invalid(what + " '" + shown(text) + "' has " + text.length() + " characters; must have " + least
                    + ".." + most);
        }
    }

    /** A relative path with {@code /} that stays below its root. */
    public static void checkPath(String path) {
        boolean wrong = path.isBlank() || path.length() > 1_000 || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0;
        for (String part : path.split("/", -1)) {
            wrong |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (wrong) {
            throw invalid("artifact path '" + shown(path)
                    + "'; must be 1..1000 characters below the run's root, parts divided by '/', no '..'");
        }
    }

    /** What every check throws. */
    public static ControlRoomException invalid(String message) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, message);
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + '…' : text;
    }
}
