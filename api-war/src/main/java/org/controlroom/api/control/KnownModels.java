package org.controlroom.api.control;

import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Models that something is asked about which our own database has. */
final class KnownModels {

    private KnownModels() {}

    /**
     * Refuses a model that the registry does not have. What is in our database is answered while the registry does not.
     *
     * @throws ControlRoomException NOT_FOUND
     */
    static void require(ModelRegistry registry, String name) {
        try {
            registry.model(name);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE) {
                throw e;
            }
        }
    }
}
