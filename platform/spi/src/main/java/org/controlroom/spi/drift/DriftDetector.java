package org.controlroom.spi.drift;

import java.util.Set;
import org.controlroom.spi.Settings;

/** The service of a drift detector plugin. Stateless; may be called by several threads at once. */
public interface DriftDetector {

    /** Kinds of sample it can compare, at least one. */
    Set<Class<? extends DriftSample>> kinds();

    /**
     * Compares two samples of the same kind, one of {@link #kinds()}. Comparing a sample with itself never drifts.
     *
     * @param reference what is normal, usually the training data; not empty
     * @param current what is seen now; not empty
     * @throws org.controlroom.spi.ControlRoomException INVALID_INPUT when a sample is empty, of another kind, or the
     *     two differ in kind; SETTINGS_INVALID
     */
    DriftResult compare(DriftSample reference, DriftSample current, Settings settings);
}
