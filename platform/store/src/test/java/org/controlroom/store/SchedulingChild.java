package org.controlroom.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.schedule.RunSchedules;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ErrorCode;
import org.postgresql.ds.PGSimpleDataSource;

/** A node that looks after the schedules of a shared database and prints the runs that it makes; for it a second is a minute. */
final class SchedulingChild {

    private SchedulingChild() {}

    /** @param args address of the database, name of the node, time in ms at which the nodes' clocks began, runs to be made */
    public static void main(String[] args) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(args[0]);
        Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
        long began = Long.parseLong(args[2]);
        InstantSource clock = () -> Instant.ofEpochMilli(began + (System.currentTimeMillis() - began) * 60);
        JdbcRunHistory history = new JdbcRunHistory(database, clock);
        JdbcSchedules schedules = new JdbcSchedules(database);
        RunSchedules node = new RunSchedules(
                schedules, text -> new EveryMinute(), new AtOnce(history, args[1]), history, Telemetry.NONE, clock);
        int wanted = Integer.parseInt(args[3]);
        while (history.runs(PageRequest.first(500)).items().size() < wanted) {
            node.tick();
        }
    }

    private static final class EveryMinute implements CronExpressions.CronExpression {
        @Override
        public Optional<LocalDateTime> nextAfter(LocalDateTime time) {
            return Optional.of(time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1));
        }

        @Override
        public boolean everyHour() {
            return true;
        }

        @Override
        public String describe(Locale locale) {
            return "every minute";
        }
    }

    /** Runs that are over when they begin. */
    private record AtOnce(JdbcRunHistory history, String node) implements Pipelines {

        @Override
        public List<Description> pipelines() {
            return List.of(new Description("shared", List.of("step")));
        }

        @Override
        public PipelineRun start(String pipeline, Map<String, String> parameters, RunOrigin origin) {
            Optional<PipelineRun> made =
                    history.create(pipeline, List.of("step"), new TreeMap<>(parameters), origin, node);
            if (made.isEmpty()) {
                return history.ofOrigin(origin).orElseThrow();
            }
            System.out.println(origin.key());
            history.setStatus(made.get().id(), RunStatus.COMPLETED, null);
            return history.run(made.get().id());
        }

        @Override
        public void cancel(String runId) {}

        @Override
        public PipelineRun restart(String runId) {
            throw new UnsupportedOperationException();
        }
    }
}
