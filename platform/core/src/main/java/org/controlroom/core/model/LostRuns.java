package org.controlroom.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;

/** What becomes of runs whose node died. */
public enum LostRuns {
    /** They wait for somebody who restarts them. */
    FAIL,
    /** A node that runs pipelines restarts them, at most {@link #MOST_TAKEOVERS} times. */
    RESTART;

    /** Configuration key. */
    public static final String KEY = "controlroom.pipelines.lost";

    /** A run that kills its node each time must not do so for ever. */
    public static final int MOST_TAKEOVERS = 3;

    /** @throws ControlRoomException SETTINGS_INVALID */
    public static LostRuns of(String text) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.SETTINGS_INVALID,
                        "configuration",
                        List.of(new Problem(KEY, "'" + text + "'; must be fail or restart"))));
    }

    /** As in the configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
