package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.PageRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDatasetVersionsTest {

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcDatasetVersions versions;

    @BeforeEach
    void open() {
        test = database(folder);
        versions = new JdbcDatasetVersions(test.database);
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static DatasetVersion version(String id, String run) {
        return new DatasetVersion(
                id,
                "hash of " + id,
                run,
                Instant.parse("2026-01-02T03:04:05.123456Z"),
                List.of(1L, 2L, 5L),
                2,
                43,
                42,
                0.2,
                "oversample",
                500L,
                80,
                1_000,
                20,
                3,
                List.of(
                        new DatasetVersion.ClassRows(10, 50, 500, 12, 3, 1),
                        new DatasetVersion.ClassRows(2280, 30, 500, 8, 0, 1.25)),
                List.of(
                        new DatasetVersion.File("train_week_2.parquet", 12_345, "aa"),
                        new DatasetVersion.File("test.parquet", 345, "bb")),
                null);
    }

    @Test
    void aVersionIsKeptWithItsClassesFilesAndLoads() {
        versions.save(version("a", "run-1"), "s", DatasetSides.NONE);
        assertThat(versions.find("a")).contains(version("a", "run-1"));
        assertThat(versions.find("b")).isEmpty();
    }

    @Test
    void theFirstOfTwoEqualVersionsStays() {
        versions.save(version("a", "run-1"), "s", DatasetSides.NONE);
        versions.save(version("a", "run-2"), "s", DatasetSides.NONE);
        versions.logged("a", "registry run");
        assertThat(versions.find("a").orElseThrow().runId()).isEqualTo("run-1");
        assertThat(versions.find("a").orElseThrow().registryRun()).isEqualTo("registry run");
    }

    @Test
    void versionsAreListedNewestFirstAndFiltered() {
        versions.save(version("a", "run-1"), "s", DatasetSides.NONE);
        versions.save(version("b", "run-2"), "s", DatasetSides.NONE);
        assertThat(versions.list(PageRequest.first(5)).items())
                .containsExactly(version("b", "run-2"), version("a", "run-1"));
        assertThat(versions.list(new PageRequest(new TreeMap<>(Map.of("hash", "hash of a")), null, null, 5))
                        .items())
                .extracting(DatasetVersion::id)
                .containsExactly("a");
    }

    @Test
    void theSideOfAProductIsTheFirstThatWasSaved() {
        long[] ids = LongStream.range(0, 25_000).map(i -> i * 3).toArray();
        boolean[] sides = new boolean[ids.length];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = i % 5 == 0;
        }
        versions.save(version("a", "run-1"), "s", new DatasetSides(ids, sides));
        versions.save(
                version("b", "run-2"), "s", new DatasetSides(new long[] {1, 3, 4}, new boolean[] {true, true, false}));
        versions.save(version("c", "run-3"), "other", new DatasetSides(new long[] {9}, new boolean[] {true}));

        DatasetSides all = versions.sides("s");

        assertThat(all.size()).isEqualTo(25_002);
        assertThat(all.id(0)).isEqualTo(0);
        assertThat(all.isTest(0)).isTrue();
        assertThat(all.id(1)).isEqualTo(1);
        assertThat(all.isTest(1)).isTrue();
        assertThat(all.id(2)).isEqualTo(3);
        assertThat(all.isTest(2)).isFalse();
        assertThat(all.id(25_001)).isEqualTo(74_997);
        assertThat(versions.sides("other").size()).isEqualTo(1);
        assertThat(versions.sides("none").size()).isZero();
    }
}
