package org.controlroom.spi;

import java.util.List;

/** Extra ability of a factory or trainer: rules between settings that a schema cannot say. */
public interface ChecksSettings {

    /**
     * Checks rules between settings, for example that a minimum is not above its maximum.
     *
     * @param settings complete; each value is already valid by itself
     * @return all mistakes, empty when there is none; never null
     */
    List<Problem> check(Settings settings);
}
