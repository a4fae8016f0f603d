package org.controlroom.ui.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.controlroom.ui.client.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartTest {

    private static final NodeStatus.Parts FINE = new NodeStatus.Parts(
            "embedded", "here", "", "", NodeStatus.NotFollowed.NONE, "", "", "", NodeStatus.Webhook.NONE);
    private static final NodeStatus.Plugins PLUGINS = new NodeStatus.Plugins(4, 0, List.of());

    private static NodeStatus status(
            NodeStatus.Parts parts, NodeStatus.Plugins plugins, long freeBytes, NodeStatus.@Nullable LiveModel model) {
        return new NodeStatus(
                "x",
                List.of(),
                model,
                5L,
                4L,
                parts,
                plugins,
                new NodeStatus.Disk(freeBytes, 100_000_000_000L, 10_000_000_000L, 1_000_000_000L),
                60L,
                true,
                null);
    }

    private static Part part(NodeStatus status, String name) {
        return Part.of(status).stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static final NodeStatus.LiveModel MODEL = new NodeStatus.LiveModel("m", "3", "r", "Production", null, 27);

    @Test
    void whatWorksIsGood() {
        assertThat(Part.of(status(FINE, PLUGINS, 50_000_000_000L, MODEL)))
                .extracting(Part::level)
                .containsOnly("good");
    }

    @Test
    void withoutAnAnswerOnlyTheNodeIsKnownToBeBad() {
        assertThat(Part.of(null))
                .extracting(Part::level)
                .containsExactly("bad", "none", "none", "none", "none", "none");
    }

    @Test
    void everyPartSaysItsReason() {
        NodeStatus status = status(
                new NodeStatus.Parts(
                        "embedded",
                        "here",
                        "no route",
                        "",
                        NodeStatus.NotFollowed.NONE,
                        "locked",
                        "",
                        "checksum",
                        NodeStatus.Webhook.NONE),
                new NodeStatus.Plugins(3, 0, List.of("a 1: b")),
                50_000_000_000L,
                null);
        assertThat(part(status, "registry")).returns("warn", Part::level).returns("no route", Part::reason);
        assertThat(part(status, "database")).returns("warn", Part::level).returns("locked", Part::reason);
        assertThat(part(status, "model")).returns("bad", Part::level).returns("checksum", Part::reason);
        assertThat(part(status, "plugins")).returns("warn", Part::level).returns("a 1: b", Part::reason);
    }

    @Test
    void theRegistryIsNamed() {
        NodeStatus.Parts mlflow = new NodeStatus.Parts(
                "mlflow",
                "http://mlflow:5000",
                "",
                "",
                NodeStatus.NotFollowed.NONE,
                "",
                "",
                "",
                NodeStatus.Webhook.NONE);
        assertThat(part(status(mlflow, PLUGINS, 50_000_000_000L, MODEL), "registry"))
                .returns("part.registry.mlflow", Part::text)
                .returns("http://mlflow:5000", Part::first);
        assertThat(part(status(FINE, PLUGINS, 50_000_000_000L, MODEL), "registry"))
                .returns("part.registry.good", Part::text);
    }

    @Test
    void aVersionThatTheNodeDoesNotFollowNeedsAttention() {
        NodeStatus status = status(
                new NodeStatus.Parts(
                        "embedded",
                        "here",
                        "",
                        "",
                        new NodeStatus.NotFollowed("4", "no such plugin"),
                        "",
                        "",
                        "",
                        NodeStatus.Webhook.NONE),
                PLUGINS,
                50_000_000_000L,
                MODEL);
        assertThat(part(status, "registry"))
                .returns("warn", Part::level)
                .returns("4", Part::first)
                .returns("no such plugin", Part::reason);
    }

    @Test
    void damageAndALostJobRepositoryNeedAttention() {
        NodeStatus status = status(
                new NodeStatus.Parts(
                        "embedded",
                        "here",
                        "",
                        "torn",
                        NodeStatus.NotFollowed.NONE,
                        "",
                        "gone",
                        "",
                        NodeStatus.Webhook.NONE),
                PLUGINS,
                50_000_000_000L,
                MODEL);
        assertThat(part(status, "registry")).returns("warn", Part::level).returns("torn", Part::reason);
        assertThat(part(status, "database")).returns("warn", Part::level).returns("gone", Part::reason);
    }

    @Test
    void theDiskWarnsBelowTheLimitsThatTheServerNames() {
        assertThat(part(status(FINE, PLUGINS, 9_000_000_000L, MODEL), "disk").level())
                .isEqualTo("warn");
        assertThat(part(status(FINE, PLUGINS, 900_000_000L, MODEL), "disk").level())
                .isEqualTo("bad");
    }
}
