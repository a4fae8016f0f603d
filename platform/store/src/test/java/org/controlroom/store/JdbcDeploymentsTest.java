package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDeploymentsTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcDeployments deployments;

    @BeforeEach
    void open() {
        test = database(folder);
        deployments = new JdbcDeployments(test.database);
    }

    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<Deployment> all(Map<String, String> filters) {
        return deployments
                .deployments(new PageRequest(new TreeMap<>(filters), null, null, 10))
                .items();
    }

    /** A version of the one registry that there is. */
    private static DeployedVersion of(String model, String version) {
        return new DeployedVersion(model, version, "identity of " + model + " " + version, "http://one");
    }

    @Test
    void aNewDeploymentEndsTheOneBefore() {
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "train-model run-00000001", "first");
        deployments.began(of("m", "2"), START.plusSeconds(60), Deployment.PROMOTED, "api", "better");
        deployments.began(of("m", "1"), START.plusSeconds(90), Deployment.ROLLED_BACK, "api", "complaints");

        List<Deployment> all = all(Map.of("model", "m"));
        assertThat(all).extracting(Deployment::version).containsExactly("1", "2", "1");
        assertThat(all.get(0).until()).isNull();
        assertThat(all.get(0).replaced()).isEqualTo("2");
        assertThat(all.get(0).action()).isEqualTo("rolled_back");
        assertThat(all.get(1).since()).isEqualTo(START.plusSeconds(60));
        assertThat(all.get(1).until()).isEqualTo(START.plusSeconds(90));
        assertThat(all.get(1).reason()).isEqualTo("better");
        assertThat(all.get(2).replaced()).isNull();
        assertThat(all.get(2).actor()).isEqualTo("train-model run-00000001");
    }

    @Test
    void theVersionThatServesAlreadyIsNotDeployedAgain() {
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "api", "first");
        deployments.began(of("m", "1"), START.plusSeconds(60), Deployment.PROMOTED, "api", "again");

        assertThat(all(Map.of())).extracting(Deployment::reason).containsExactly("first");
    }

    @Test
    void theSameNumberOfAnotherRegistryIsAnotherVersion() {
        DeployedVersion theirs = new DeployedVersion("m", "1", "other files", "http://other");
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "api", "first");
        deployments.answers("a", of("m", "1"), START, START, "promoted", true);
        deployments.began(theirs, START.plusSeconds(60), Deployment.PROMOTED, "registry", "another registry");
        deployments.answers("a", theirs, START.plusSeconds(60), START.plusSeconds(60), "followed", false);

        assertThat(all(Map.of())).extracting(Deployment::registry).containsExactly("http://other", "http://one");
        assertThat(all(Map.of())).extracting(Deployment::identity).startsWith("other files");
        assertThat(onNodes(Map.of())).extracting(NodeDeployment::end).containsExactly(null, "replaced");
        assertThat(onNodes(Map.of())).extracting(NodeDeployment::registry).startsWith("http://other");
    }

    @Test
    void anEntryOfAnEarlierReleaseLearnsItsIdentity() {
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "api", "first");
        deployments.answers("a", of("m", "1"), START, START, "promoted", true);
        for (String table : List.of("deployments", "node_deployments")) {
            test.database.write(
                    "forget", connection -> Statements.update(connection, "UPDATE " + table + " SET identity = NULL"));
        }

        deployments.began(of("m", "1"), START.plusSeconds(60), Deployment.PROMOTED, "api", "again");
        deployments.answers("a", of("m", "1"), START, START.plusSeconds(60), "followed", false);

        assertThat(all(Map.of())).extracting(Deployment::identity).containsExactly("identity of m 1");
        assertThat(onNodes(Map.of())).extracting(NodeDeployment::identity).containsExactly("identity of m 1");
    }

    @Test
    void modelsDoNotEndEachOther() {
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "api", "first");
        deployments.began(of("n", "1"), START.plusSeconds(60), Deployment.PROMOTED, "api", "other");

        assertThat(all(Map.of())).extracting(Deployment::until).containsOnlyNulls();
        assertThat(all(Map.of("model", "n", "version", "1"))).hasSize(1);
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            deployments.began(of("m", "" + i), START.plusSeconds(i), Deployment.PROMOTED, "api", "x");
        }
        Page<Deployment> first = deployments.deployments(PageRequest.first(3));
        Page<Deployment> rest = deployments.deployments(new PageRequest(new TreeMap<>(), null, first.next(), 3));
        assertThat(first.items()).extracting(Deployment::version).containsExactly("4", "3", "2");
        assertThat(rest.items()).extracting(Deployment::version).containsExactly("1", "0");
        assertThat(rest.next()).isNull();
    }

    private List<NodeDeployment> onNodes(Map<String, String> filters) {
        return deployments
                .onNodes(new PageRequest(new TreeMap<>(filters), null, null, 10))
                .items();
    }

    @Test
    void whatServesIsTheEntryWithoutAnEnd() {
        assertThat(deployments.serving("m")).isEmpty();
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "api", "first");
        deployments.began(of("m", "2"), START.plusSeconds(60), Deployment.PROMOTED, "ada", "better");
        assertThat(deployments.serving("m").orElseThrow().version()).isEqualTo("2");
        assertThat(deployments.serving("n")).isEmpty();
    }

    @Test
    void eachNodeHasItsOwnHistory() {
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "ada", "first");
        deployments.answers("a", of("m", "1"), START, START.plusSeconds(1), "promoted", true);
        deployments.answers("b", of("m", "1"), START.plusSeconds(9), START.plusSeconds(9), "followed", true);
        deployments.began(of("m", "2"), START.plusSeconds(60), Deployment.PROMOTED, "registry", "moved");
        deployments.answers("a", of("m", "2"), START.plusSeconds(61), START.plusSeconds(62), "promoted", false);

        List<NodeDeployment> a = onNodes(Map.of("model", "m", "node", "a"));
        assertThat(a).extracting(NodeDeployment::version).containsExactly("2", "1");
        assertThat(a.get(0).until()).isNull();
        assertThat(a.get(0).end()).isNull();
        assertThat(a.get(0).replaced()).isEqualTo("1");
        assertThat(a.get(0).actor()).isEqualTo("registry");
        assertThat(a.get(0).reason()).isEqualTo("moved");
        assertThat(a.get(1).until()).isEqualTo(START.plusSeconds(61));
        assertThat(a.get(1).end()).isEqualTo("replaced");
        assertThat(a.get(1).actor()).isEqualTo("ada");
        List<NodeDeployment> b = onNodes(Map.of("node", "b"));
        assertThat(b).hasSize(1);
        assertThat(b.get(0).until()).isNull();
        assertThat(b.get(0).cause()).isEqualTo("followed");
    }

    @Test
    void aNodeThatStillAnswersWithTheSameIsSeenAgain() {
        deployments.answers("a", of("m", "1"), START, START, "started", true);
        assertThat(onNodes(Map.of())).extracting(NodeDeployment::actor).containsExactly("–");
        deployments.began(of("m", "1"), START, Deployment.PROMOTED, "registry", "moved");
        deployments.answers("a", of("m", "1"), START, START.plusSeconds(30), "followed", false);
        List<NodeDeployment> all = onNodes(Map.of());
        assertThat(all).hasSize(1);
        assertThat(all.get(0).actor()).isEqualTo("registry");
        assertThat(all.get(0).reason()).isEqualTo("moved");
        assertThat(all.get(0).seenAt()).isEqualTo(START.plusSeconds(30));
        assertThat(all.get(0).cause()).isEqualTo("started");
    }

    @Test
    void aNodeThatStoppedSaysSoAndOneThatWasKilledIsLostWhenItComesBack() {
        deployments.answers("a", of("m", "1"), START, START, "started", true);
        deployments.stopped("a", "m", START.plusSeconds(10));
        deployments.answers("a", of("m", "1"), START.plusSeconds(20), START.plusSeconds(20), "started", true);
        deployments.answers("a", of("m", "1"), START.plusSeconds(20), START.plusSeconds(50), "followed", false);
        deployments.answers("a", of("m", "1"), START.plusSeconds(90), START.plusSeconds(90), "started", true);

        List<NodeDeployment> all = onNodes(Map.of());
        assertThat(all).extracting(NodeDeployment::end).containsExactly(null, "lost", "stopped");
        assertThat(all.get(1).until()).isEqualTo(START.plusSeconds(50));
        assertThat(all.get(2).until()).isEqualTo(START.plusSeconds(10));
        assertThat(all).extracting(NodeDeployment::replaced).containsOnlyNulls();
        deployments.stopped("b", "m", START);
        assertThat(onNodes(Map.of())).hasSize(3);
    }
}
