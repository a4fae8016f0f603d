package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.jdbc.PostgresServer;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two processes look after the schedules of one PostgreSQL. */
class SchedulesOfTwoProcessesTest {

    private static final int RUNS = 12;

    private static Process node(String url, String name, long began) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SchedulingChild.class.getName(),
                        url,
                        name,
                        Long.toString(began),
                        Integer.toString(RUNS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void everyFireTimeHasOneRun() throws Exception {
        PGSimpleDataSource source = (PGSimpleDataSource) PostgresServer.database();
        TestDatabase test = new TestDatabase(source);
        JdbcSchedules schedules = new JdbcSchedules(test.database);
        schedules.remove("weekly");
        long began = System.currentTimeMillis();
        schedules.create(new Schedule(
                "shared",
                "shared",
                new TreeMap<>(),
                "* * * * *",
                "UTC",
                true,
                Schedule.Misfire.ALL,
                Schedule.Overlap.QUEUE,
                Instant.ofEpochMilli(began)));
        String url = source.getURL() + (source.getURL().contains("?") ? "&" : "?") + "user=" + source.getUser()
                + (source.getPassword() == null ? "" : "&password=" + source.getPassword());
        List<Process> nodes = List.of(node(url, "one", began), node(url, "other", began));
        List<String> made = new ArrayList<>();
        for (Process node : nodes) {
            node.inputReader().lines().forEach(made::add);
            assertThat(node.waitFor()).isZero();
        }

        List<ScheduledFire> fires = schedules
                .fires(new PageRequest(new TreeMap<>(Map.of("status", "started")), null, null, 500))
                .items();
        assertThat(made).hasSizeGreaterThanOrEqualTo(RUNS).doesNotHaveDuplicates();
        assertThat(fires)
                .extracting(ScheduledFire::runId)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(fires).extracting(ScheduledFire::fireTime).doesNotHaveDuplicates();
        assertThat(new JdbcRunHistory(test.database, () -> Instant.now())
                        .runs(PageRequest.first(500))
                        .items())
                .hasSameSizeAs(made);
    }
}
