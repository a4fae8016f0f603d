package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that do one half of the work, on a data folder that has a model. */
class NodeRolesIT {
    private static final String PRODUCT = "{\"designation\":\"tasse\"}";

    @Test
    void aNodeThatOnlyServesRefusesToRunPipelines() {
        try (Distribution server = TrainedServer.copy("serve").with("CONTROLROOM_NODE_ROLES", "serve")) {
            server.start();

            assertThat(server.json("/api/v1/status").path("roles").toString()).isEqualTo("[\"serve\"]");
            assertThat(server.post("/predict", PRODUCT).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = server.post("/api/v1/pipelines/train-model/runs", "{}");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("this node runs no pipelines: its roles are serve");
        }
    }

    @Test
    void aNodeThatOnlyRunsPipelinesIsReadyWithoutAModel() {
        try (Distribution server = TrainedServer.copy("pipelines").with("CONTROLROOM_NODE_ROLES", "pipelines")) {
            server.start();

            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            JsonNode status = server.json("/api/v1/status");
            assertThat(status.path("status").asText()).isEqualTo("healthy");
            assertThat(status.path("model").path("loaded").asBoolean()).isFalse();
            HttpResponse<String> refused = server.post("/predict", PRODUCT);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("this node answers no predictions: its roles are pipelines");
            JsonNode run = server.run("train-model", Map.of("seed", "7"));
            assertThat(run.path("outcome").path("promotion_reason").asText()).contains("live version 1's");
            assertThat(server.json("/api/v1/status")
                            .path("model")
                            .path("loaded")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void anUnknownRoleStopsTheStartWithWhatIsAllowed() {
        try (Distribution server = TrainedServer.copy("unknown-role").with("CONTROLROOM_NODE_ROLES", "serve,train")) {
            Distribution.Outcome outcome = server.command("start");

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.output())
                    .contains("controlroom.node.roles: 'train' is not a role; must be one or more of serve,pipelines");
        }
    }
}
