package org.controlroom.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;

/**
 * The policy of every step.
 *
 * @param usual of steps that have none of their own
 * @param own by name of the step
 */
public record StepPolicies(StepPolicy usual, Map<String, StepPolicy> own) {

    /** Configuration key of {@link #own}. */
    public static final String KEY = "controlroom.pipelines.steps";

    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_MINUTES = 10_080;

    public StepPolicies {
        own = Collections.unmodifiableMap(new TreeMap<>(own));
    }

    public static final StepPolicies DEFAULT = new StepPolicies(StepPolicy.DEFAULT, Map.of());

    public StepPolicy of(String step) {
        return own.getOrDefault(step, usual);
    }

    /**
     * Reads {@code STEP.attempts=N} and {@code STEP.limit-minutes=N}, separated by commas.
     *
     * @throws ControlRoomException SETTINGS_INVALID naming all mistakes
     */
    public static StepPolicies of(StepPolicy usual, String text) {
        Map<String, StepPolicy> own = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                read(part.strip(), usual, own, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, "configuration", problems);
        }
        return new StepPolicies(usual, own);
    }

    private static void read(String part, StepPolicy usual, Map<String, StepPolicy> own, List<Problem> problems) {
        int equals = part.indexOf('=');
        int dot = equals < 0 ? -1 : part.lastIndexOf('.', equals);
        String setting = dot < 1 ? "" : part.substring(dot + 1, equals).strip();
        int most = setting.equals("attempts") ? MAX_ATTEMPTS : setting.equals("limit-minutes") ? MAX_MINUTES : 0;
        int number = dot < 1 ? 0 : number(part.substring(equals + 1).strip());
        if (number < 1 || number > most) {
            problems.add(new Problem(
                    KEY,
                    "'" + part + "'; must be STEP.attempts=1.." + MAX_ATTEMPTS + " or STEP.limit-minutes=1.."
                            + MAX_MINUTES));
            return;
        }
        String step = part.substring(0, dot).strip();
        StepPolicy before = own.getOrDefault(step, usual);
        own.put(
                step,
                setting.equals("attempts")
                        ? new StepPolicy(number, before.firstDelay(), before.maxDelay(), before.limit())
                        : new StepPolicy(
                                before.attempts(), before.firstDelay(), before.maxDelay(), Duration.ofMinutes(number)));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }
}
