package org.controlroom.api.boot;

import java.lang.reflect.Proxy;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A port whose adapter is not part of this build: every call says so. */
final class Unwired {

    private Unwired() {}

    static <T> T port(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new ControlRoomException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    type.getSimpleName() + "." + method.getName() + ": no adapter is part of this build");
        }));
    }
}
