package org.controlroom.ui.home;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.ui.client.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * One part of the node at a glance.
 *
 * @param name {@code api}, {@code model}, {@code database}, {@code registry}, {@code plugins} or {@code disk}; its text is
 *     {@code part.name}
 * @param level {@code good}, {@code warn}, {@code bad}, or {@code none} when it is not known
 * @param text key of the sentence that says how it is
 * @param first what the sentence names first
 * @param second what it names second
 * @param reason why it is not good, in the server's words; empty when it is
 */
public record Part(
        String name,
        String level,
        String text,
        @Nullable Object first,
        @Nullable Object second,
        String reason) {

    /**
     * The parts, none worse than the whole: without registry or database a model answers on, which the API calls degraded.
     *
     * @param status null when nobody could be asked
     */
    static List<Part> of(@Nullable NodeStatus status) {
        if (status == null) {
            return List.of(
                    new Part("api", "bad", "part.api.bad", null, null, ""),
                    unknown("model"),
                    unknown("database"),
                    unknown("registry"),
                    unknown("plugins"),
                    unknown("disk"));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("api", "good", "part.api.good", status.uptimeSeconds(), null, ""));
        parts.add(model(status));
        parts.add(database(status));
        parts.add(registry(status.parts()));
        parts.add(plugins(status.plugins()));
        parts.add(disk(status.disk()));
        return List.copyOf(parts);
    }

    private static Part unknown(String name) {
        return new Part(name, "none", "part.unknown", null, null, "");
    }

    private static Part model(NodeStatus status) {
        NodeStatus.LiveModel model = status.model();
        String failure = status.parts().activationError();
        if (model == null) {
            return status.serves()
                    ? new Part("model", "bad", "part.model.none", null, null, failure)
                    : new Part("model", "none", "part.model.notserving", null, null, "");
        }
        return new Part(
                "model",
                failure.isEmpty() ? "good" : "warn",
                "part.model.good",
                model.version(),
                model.stage(),
                failure);
    }

    private static Part database(NodeStatus status) {
        String error = status.parts().databaseError();
        if (!error.isEmpty()) {
            return new Part("database", "warn", "part.unreachable", null, null, error);
        }
        String jobs = status.parts().jobsError();
        return jobs.isEmpty()
                ? new Part("database", "good", "part.database.good", status.products(), null, "")
                : new Part("database", "warn", "part.database.jobs", null, null, jobs);
    }

    private static Part registry(NodeStatus.Parts parts) {
        if (!parts.registryError().isEmpty()) {
            return new Part("registry", "warn", "part.unreachable", null, null, parts.registryError());
        }
        if (!parts.registryDamage().isEmpty()) {
            return new Part("registry", "warn", "part.registry.damaged", null, null, parts.registryDamage());
        }
        NodeStatus.NotFollowed other = parts.notFollowed();
        if (!other.equals(NodeStatus.NotFollowed.NONE)) {
            return new Part("registry", "warn", "part.registry.other", other.version(), null, other.why());
        }
        return parts.registryKind().equals("mlflow")
                ? new Part("registry", "good", "part.registry.mlflow", parts.registry(), null, "")
                : new Part("registry", "good", "part.registry.good", null, null, "");
    }

    private static Part plugins(NodeStatus.@Nullable Plugins plugins) {
        if (plugins == null) {
            return unknown("plugins");
        }
        return plugins.failed().isEmpty()
                ? new Part("plugins", "good", "part.plugins.good", plugins.active(), plugins.stopped(), "")
                : new Part(
                        "plugins",
                        "warn",
                        "part.plugins.failed",
                        plugins.failed().size(),
                        plugins.active(),
                        String.join("; ", plugins.failed()));
    }

    private static Part disk(NodeStatus.@Nullable Disk disk) {
        if (disk == null) {
            return unknown("disk");
        }
        return new Part("disk", disk.level(), "part.disk." + disk.level(), disk.freeBytes(), disk.sizeBytes(), "");
    }
}
