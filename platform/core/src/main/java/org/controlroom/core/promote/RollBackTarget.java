package org.controlroom.core.promote;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Finds the version that the one in production replaced, and makes sure that it is the one that was live then. */
final class RollBackTarget {

    private static final int LOOKED_AT = 100;

    private final ModelRegistry registry;
    private final Deployments deployments;

    RollBackTarget(ModelRegistry registry, Deployments deployments) {
        this.registry = registry;
        this.deployments = deployments;
    }

    ModelVersion find() {
        return replacedBy(inProduction());
    }

    ModelVersion inProduction() {
        return registry.production(ModelVersion.CLASSIFIER)
                .orElseThrow(() -> conflict(Reason.of("nothing-in-production", "no version is in production")));
    }

    ModelVersion replacedBy(ModelVersion now) {
        String before = now.tags().get(PromoteModel.REPLACED_TAG);
        if (before == null) {
            throw conflict(Reason.of(
                    "nothing-replaced",
                    "version {0} replaced no other; there is nothing to roll back to",
                    now.version()));
        }
        ModelVersion target;
        try {
            target = registry.version(now.name(), before);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            throw conflict(Reason.of(
                    "replaced-gone",
                    "version {0}, which version {1} replaced, is not in the registry at {2}; promote another version",
                    before,
                    now.version(),
                    registry.address()));
        }
        requireTheOneThatWasLive(now, target);
        return target;
    }

    /** Its number may mean a version of the registry that was in use before this one. */
    private void requireTheOneThatWasLive(ModelVersion now, ModelVersion target) {
        List<Deployment> live = history(target).stream()
                .filter(entry -> entry.identity() != null)
                .toList();
        String identity = VersionIdentity.of(target);
        if (!live.isEmpty() && live.stream().noneMatch(entry -> identity.equals(entry.identity()))) {
            throw conflict(Reason.of(
                    "replaced-elsewhere",
                    "version {0}, which version {1} replaced, was one of the registry at {2}; the registry at {3} has"
                            + " another version {0}. Promote a version instead",
                    target.version(),
                    now.version(),
                    Objects.requireNonNullElse(live.get(0).registry(), "?"),
                    registry.address()));
        }
    }

    private List<Deployment> history(ModelVersion version) {
        TreeMap<String, String> filters = new TreeMap<>(Map.of("model", version.name(), "version", version.version()));
        try {
            return deployments
                    .deployments(new PageRequest(filters, null, null, LOOKED_AT))
                    .items();
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.DATABASE_UNAVAILABLE) {
                throw e;
            }
            return List.of(); // whoever rolls back is in need: then the version's tag counts alone
        }
    }

    private static ControlRoomException conflict(Reason reason) {
        return new ControlRoomException(ErrorCode.CONFLICT, reason);
    }
}
