package org.controlroom.api.operate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The checks behind {@code /health}. The server collects them before anything has started, hence the late look-up. */
@ApplicationScoped
public class HealthChecks {

    /** Without a loaded, warmed-up model no prediction is answered, so a node that serves is not ready. */
    @Produces
    @Readiness
    HealthCheck model(Instance<NodeStatus> node) {
        return safely("model", () -> {
            NodeStatus status = node.get();
            NodeStatus.Model model = status.model();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("model")
                    .withData("name", model.name())
                    .withData("loaded", model.loaded())
                    .withData("serves", status.serves());
            if (model.version() != null) {
                answer.withData("version", model.version());
            }
            if (model.stage() != null) {
                answer.withData("stage", model.stage());
            }
            if (model.lastFailure() != null) {
                answer.withData("last_failure", model.lastFailure().reason());
            }
            return answer.status(model.loaded() || !status.serves()).build();
        });
    }

    /** An unreachable registry takes a node down only when it has no model that could go on answering. */
    @Produces
    @Readiness
    HealthCheck registry(Instance<NodeStatus> node) {
        return safely("registry", () -> {
            NodeStatus status = node.get();
            NodeStatus.Registry registry = status.registry();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("registry")
                    .withData("state", registry.isWell() ? "healthy" : "degraded")
                    .withData("kind", registry.kind())
                    .withData("reachable", registry.reachable())
                    .withData("address", registry.address());
            if (registry.error() != null) {
                answer.withData("error", registry.error());
            }
            if (registry.production() != null) {
                answer.withData("production", registry.production());
            }
            if (registry.lookedAt() != null) {
                answer.withData("looked_at", registry.lookedAt().toString());
            }
            if (registry.notFollowed() != null) {
                answer.withData("not_followed", registry.notFollowed());
            }
            if (registry.damage() != null) {
                answer.withData("damage", registry.damage());
            }
            return answer.status(registry.reachable() || status.model().loaded())
                    .build();
        });
    }

    /** Without it no pipeline starts; a model answers all the same. */
    @Produces
    @Readiness
    HealthCheck jobRepository(Instance<NodeStatus> node) {
        return safely("job_repository", () -> {
            NodeStatus status = node.get();
            NodeStatus.JobRepository jobs = status.jobRepository();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("job_repository")
                    .withData("state", jobs.reachable() ? "healthy" : "degraded")
                    .withData("reachable", jobs.reachable());
            if (jobs.error() != null) {
                answer.withData("error", jobs.error());
            }
            return answer.status(jobs.reachable() || status.model().loaded()).build();
        });
    }

    /** Answering at all is the proof. */
    @Produces
    @Liveness
    HealthCheck process() {
        return () -> HealthCheckResponse.up("process");
    }

    /** The status exists only once everything is wired and migrated. */
    @Produces
    @Startup
    HealthCheck boot(Instance<NodeStatus> node) {
        return safely(
                "boot",
                () -> HealthCheckResponse.named("boot")
                        .withData("started_at", node.get().startedAt().toString())
                        .up()
                        .build());
    }

    /** The server would answer a check that throws with an empty 500. */
    private static HealthCheck safely(String name, HealthCheck check) {
        return () -> {
            try {
                return check.call();
            } catch (RuntimeException e) {
                return HealthCheckResponse.named(name)
                        .down()
                        .withData("error", String.valueOf(e.getMessage()))
                        .build();
            }
        };
    }
}
