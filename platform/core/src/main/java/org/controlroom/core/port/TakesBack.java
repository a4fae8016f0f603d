package org.controlroom.core.port;

import org.controlroom.core.model.ModelVersion;

/** What a {@link ModelRegistry} also is that may say the number of a version only by giving it. */
public interface TakesBack {

    /**
     * Deletes a version that has just been registered, because it got another number than it must have.
     *
     * @param withRun whether its run was made for it and goes, too
     */
    void takeBack(ModelVersion version, boolean withRun);
}
