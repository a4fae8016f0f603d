package org.controlroom.core.catalogue;

import org.controlroom.core.model.CataloguePortion;
import org.jspecify.annotations.Nullable;

/**
 * How a catalogue grows load by load: so much at first, so much more with each load, until all of it is there. From then
 * on each load takes the whole source again, for what has changed in it.
 *
 * @param initialPercent of the first load, above 0, at most 100
 * @param stepPercent of each further load, above 0, at most 100
 * @param seed of the order in which products come
 * @param folder from which a load without files takes them; null when one has to be given
 */
public record PortionPlan(
        double initialPercent,
        double stepPercent,
        long seed,
        @Nullable String folder) {

    /** Everything at once. */
    public static final PortionPlan ALL = new PortionPlan(100, 100, 0, null);

    /** @param loadedPercent how much of the source is loaded, 0..100 */
    public CataloguePortion next(double loadedPercent) {
        if (loadedPercent >= 100) {
            return new CataloguePortion(0, 100, seed);
        }
        double to = loadedPercent == 0 ? initialPercent : loadedPercent + stepPercent;
        return new CataloguePortion(loadedPercent, Math.min(100, to), seed);
    }

    /** Whether a load may take less than everything. */
    public boolean isInPortions() {
        return initialPercent < 100;
    }
}
