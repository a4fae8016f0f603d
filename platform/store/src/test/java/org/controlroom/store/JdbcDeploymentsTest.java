package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
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
        test = new TestDatabase(folder);
        deployments = new JdbcDeployments(test.database);
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

    @Test
    void aNewDeploymentEndsTheOneBefore() {
        deployments.began("m", "1", START, Deployment.PROMOTED, "train-model run-00000001", "first");
        deployments.began("m", "2", START.plusSeconds(60), Deployment.PROMOTED, "api", "better");
        deployments.began("m", "1", START.plusSeconds(90), Deployment.ROLLED_BACK, "api", "complaints");

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
        deployments.began("m", "1", START, Deployment.PROMOTED, "api", "first");
        deployments.began("m", "1", START.plusSeconds(60), Deployment.PROMOTED, "api", "again");

        assertThat(all(Map.of())).extracting(Deployment::reason).containsExactly("first");
    }

    @Test
    void modelsDoNotEndEachOther() {
        deployments.began("m", "1", START, Deployment.PROMOTED, "api", "first");
        deployments.began("n", "1", START.plusSeconds(60), Deployment.PROMOTED, "api", "other");

        assertThat(all(Map.of())).extracting(Deployment::until).containsOnlyNulls();
        assertThat(all(Map.of("model", "n", "version", "1"))).hasSize(1);
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            deployments.began("m", "" + i, START.plusSeconds(i), Deployment.PROMOTED, "api", "x");
        }
        Page<Deployment> first = deployments.deployments(PageRequest.first(3));
        Page<Deployment> rest = deployments.deployments(new PageRequest(new TreeMap<>(), null, first.next(), 3));
        assertThat(first.items()).extracting(Deployment::version).containsExactly("4", "3", "2");
        assertThat(rest.items()).extracting(Deployment::version).containsExactly("1", "0");
        assertThat(rest.next()).isNull();
    }
}
