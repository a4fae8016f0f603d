package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is, and which model it serves.
 *
 * @param level {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param reasons why it is not healthy, in the server's words; empty when it is
 * @param model the live model; null when there is none
 * @param products rows in the catalogue; null when it could not be asked
 * @param labelled those of them with a label; null when it could not be asked
 * @param parts registry and database, as far as the server says
 * @param plugins the installed plugins; null when the server does not say
 * @param disk the disk of the data folder; null when the server does not say
 * @param uptimeSeconds since the start of the server; null when it does not say
 * @param serves whether this node answers predictions
 * @param figures what was measured of the live model, as far as the node itself knows; null when it does not
 */
public record NodeStatus(
        String level,
        List<String> reasons,
        @Nullable LiveModel model,
        @Nullable Long products,
        @Nullable Long labelled,
        Parts parts,
        @Nullable Plugins plugins,
        @Nullable Disk disk,
        @Nullable Long uptimeSeconds,
        boolean serves,
        @Nullable ModelFigures figures) {

    public NodeStatus {
        reasons = List.copyOf(reasons);
    }

    /**
     * What the node needs.
     *
     * @param registryKind which registry: embedded or mlflow
     * @param registry its address
     * @param registryError why it is not reachable; empty when it is
     * @param registryDamage what of the live version is damaged there; empty when nothing is
     * @param notFollowed what it has in production and this node does not answer with
     * @param databaseError why it is not reachable; empty when it is
     * @param jobsError why the repository of the pipelines' jobs is not reachable; empty when it is
     * @param activationError why the last model could not be activated; empty when it could
     * @param webhook what the registry's webhooks brought
     */
    public record Parts(
            String registryKind,
            String registry,
            String registryError,
            String registryDamage,
            NotFollowed notFollowed,
            String databaseError,
            String jobsError,
            String activationError,
            Webhook webhook) {}

    /**
     * When the registry's webhooks came last, since the start of the node.
     *
     * @param acceptedAt when one was taken; null when none was
     * @param refusedAt when one was refused; null when none was
     * @param refusal why that was, in English
     * @param refusalReason the same for other languages; null when it is said in English only
     */
    public record Webhook(
            @Nullable Instant acceptedAt,
            @Nullable Instant refusedAt,
            String refusal,
            ApiProblem.@Nullable Reason refusalReason) {
        public static final Webhook NONE = new Webhook(null, null, "", null);

        static Webhook of(JsonObject said) {
            return new Webhook(
                    JsonFields.instantOrNull(said, "accepted_at"),
                    JsonFields.instantOrNull(said, "refused_at"),
                    JsonFields.text(said, "refusal"),
                    ApiProblem.Reason.of(said, "refusal_reason"));
        }

        /** Whether the newest one was refused, so that nothing goes live at once. */
        public boolean failing() {
            return refusedAt != null && (acceptedAt == null || refusedAt.isAfter(acceptedAt));
        }
    }

    /**
     * A version that the registry has in production and this node does not answer with.
     *
     * @param version empty when there is none
     * @param why what the node found wrong with it, in its words; empty while it has not tried
     */
    public record NotFollowed(String version, String why) {
        public static final NotFollowed NONE = new NotFollowed("", "");

        static NotFollowed of(JsonObject registry) {
            ApiProblem.Reason reason = ApiProblem.Reason.of(registry, "not_followed_reason");
            if (reason == null || reason.values().isEmpty()) {
                return NONE;
            }
            return new NotFollowed(
                    reason.values().get(0),
                    reason.values().size() < 2 ? "" : reason.values().get(1));
        }
    }

    /** The installed plugins; those that failed with their reasons. */
    public record Plugins(int active, int stopped, List<String> failed) {
        public Plugins {
            failed = List.copyOf(failed);
        }
    }

    /**
     * The disk of the data folder.
     *
     * @param freeBytes what can still be written
     * @param lowBelowBytes when less is free, somebody should make room
     * @param fullBelowBytes when less is free, somebody must make room now
     */
    public record Disk(long freeBytes, long sizeBytes, long lowBelowBytes, long fullBelowBytes) {

        /** {@code good}, {@code warn} or {@code bad}. */
        public String level() {
            return freeBytes < fullBelowBytes ? "bad" : freeBytes < lowBelowBytes ? "warn" : "good";
        }
    }

    /**
     * The model that answers.
     *
     * @param run the registry's run that made it; empty when the server does not say
     * @param since when it became live; null when the server does not say
     */
    public record LiveModel(
            String name,
            String version,
            String run,
            String stage,
            @Nullable Instant since,
            int labels) {}

    static NodeStatus of(JsonObject status) {
        JsonObject model = JsonFields.object(status, "model");
        JsonObject registry = JsonFields.object(status, "registry");
        JsonObject database = JsonFields.object(status, "database");
        List<String> reasons = new ArrayList<>();
        JsonObject failure = JsonFields.object(model, "last_failure");
        if (!failure.isEmpty()) {
            reasons.add("model version " + failure.getString("version", "?") + " could not be activated: "
                    + failure.getString("reason", failure.getString("code", "")));
        }
        addUnreachable(reasons, "registry", registry);
        addUnreachable(reasons, "database", database);
        addUnreachable(reasons, "job repository", JsonFields.object(status, "job_repository"));
        if (!registry.getString("damage", "").isEmpty()) {
            reasons.add("registry: " + registry.getString("damage"));
        }
        if (!registry.getString("not_followed", "").isEmpty()) {
            reasons.add("registry: " + registry.getString("not_followed"));
        }
        return new NodeStatus(
                status.getString("status", "unknown"),
                reasons,
                JsonFields.textOrNull(model, "version") == null ? null : liveModel(model),
                JsonFields.numberOrNull(database, "products"),
                JsonFields.numberOrNull(database, "labelled"),
                new Parts(
                        registry.getString("kind", ""),
                        registry.getString("address", ""),
                        unreachable(registry),
                        registry.getString("damage", ""),
                        NotFollowed.of(registry),
                        unreachable(database),
                        unreachable(JsonFields.object(status, "job_repository")),
                        failure.isEmpty() ? "" : reasons.get(0),
                        Webhook.of(JsonFields.object(registry, "webhook"))),
                plugins(JsonFields.object(status, "plugins")),
                disk(JsonFields.object(status, "disk")),
                JsonFields.numberOrNull(status, "uptime_seconds"),
                !status.containsKey("roles")
                        || JsonFields.texts(status, "roles").contains("serve"),
                ModelFigures.ofLive(model));
    }

    private static @Nullable Plugins plugins(JsonObject plugins) {
        if (plugins.isEmpty()) {
            return null;
        }
        List<String> failed = JsonFields.objects(
                plugins,
                "failed",
                one -> one.getString("id") + " " + one.getString("version") + ": " + one.getString("reason"));
        return new Plugins(plugins.getInt("active"), plugins.getInt("stopped"), failed);
    }

    private static @Nullable Disk disk(JsonObject disk) {
        Long free = JsonFields.numberOrNull(disk, "free_bytes");
        Long size = JsonFields.numberOrNull(disk, "size_bytes");
        Long low = JsonFields.numberOrNull(disk, "low_below_bytes");
        Long full = JsonFields.numberOrNull(disk, "full_below_bytes");
        return free == null || size == null
                ? null
                : new Disk(free, size, low == null ? 0 : low, full == null ? 0 : full);
    }

    private static LiveModel liveModel(JsonObject model) {
        return new LiveModel(
                model.getString("name", ""),
                model.getString("version"),
                model.getString("run_id", ""),
                model.getString("stage", ""),
                JsonFields.instantOrNull(model, "activated_at"),
                model.getInt("labels", 0));
    }

    private static void addUnreachable(List<String> reasons, String what, JsonObject part) {
        String reason = unreachable(part);
        if (!reason.isEmpty()) {
            reasons.add(what + ": " + reason);
        }
    }

    private static String unreachable(JsonObject part) {
        return part.getBoolean("reachable", true) ? "" : part.getString("error", "not reachable");
    }
}
