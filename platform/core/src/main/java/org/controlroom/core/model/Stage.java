package org.controlroom.core.model;

import java.util.Locale;
import org.controlroom.spi.ControlRoomException;

/** Stage of a model version, with the names MLflow gives them. */
public enum Stage {
    NONE,
    STAGING,
    PRODUCTION,
    ARCHIVED;

    /** {@code None}, {@code Staging}, {@code Production} or {@code Archived}. */
    public String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a title, ignoring case.
     *
     * @throws ControlRoomException INVALID_INPUT when it is no stage
     */
    public static Stage of(String title) {
        for (Stage stage : values()) {
            if (stage.name().equalsIgnoreCase(title)) {
                return stage;
            }
        }
        throw ListMistakes.wrong(ListMistakes.stage(title), null);
    }
}
