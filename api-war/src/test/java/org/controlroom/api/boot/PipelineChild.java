package org.controlroom.api.boot;

import jakarta.batch.api.Batchlet;
import jakarta.batch.api.listener.JobListener;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.sql.DataSource;
import org.controlroom.core.catalogue.PortionPlan;
import org.controlroom.core.model.LostRuns;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.PromotionRules;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.model.StepPolicy;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.pipelines.BatchPipelines;
import org.controlroom.pipelines.internal.BatchJobs;
import org.controlroom.pipelines.internal.Definitions;
import org.controlroom.pipelines.internal.RunListener;
import org.controlroom.pipelines.internal.StepBatchlet;
import org.controlroom.pipelines.internal.StepRunner;
import org.controlroom.pipelines.internal.StepThreads;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The product's parts and the server's batch runtime in a process without a server, so that it starts in a second. Runs a
 * pipeline to its end, from the beginning or where the process before was killed, and tells what is there then.
 *
 * <p>Arguments: data folder, folder of plugins, folder of the catalogue, command. The command is {@code list} (prints
 * {@code step PIPELINE STEP}), or {@code run PIPELINE [STEP COMMIT]} with the {@link KillPoint}. Prints
 * {@code commits STEP NUMBER}, {@code ended STATUS ERROR} and {@code fact NAME=VALUE}.
 */
final class PipelineChild {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final StepPolicy ONCE = new StepPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), null);

    private static StepRunner runner;

    private PipelineChild() {}

    /** As the server's CDI makes it, with what the batch runtime injects. */
    public static final class Step implements Batchlet {
        @Inject
        JobContext job;

        @Inject
        StepContext step;

        @Override
        public String process() {
            return new StepBatchlet(runner, job, step).process();
        }

        @Override
        public void stop() {
            new StepBatchlet(runner, job, step).stop();
        }
    }

    /** The same for the listener. */
    public static final class Run implements JobListener {
        @Inject
        JobContext job;

        @Override
        public void beforeJob() {
            new RunListener(runner, job).beforeJob();
        }

        @Override
        public void afterJob() {
            new RunListener(runner, job).afterJob();
        }
    }

    /** Has the server's data source and nothing else. */
    public static final class Names implements javax.naming.spi.InitialContextFactory {
        @Override
        public Context getInitialContext(java.util.Hashtable<?, ?> environment) {
            JdbcDataSource jobs = new JdbcDataSource();
            jobs.setURL("jdbc:h2:mem:unused");
            return (Context) Proxy.newProxyInstance(
                    Names.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        if (!String.valueOf(arguments[0]).endsWith("DataSource")) {
                            throw new NameNotFoundException(String.valueOf(arguments[0]));
                        }
                        return jobs;
                    });
        }
    }

    /** Halts at its end, because threads of the batch runtime would keep the process alive. */
    public static void main(String[] args) {
        int exit = 0;
        try {
            work(args);
        } catch (Throwable e) {
            e.printStackTrace();
            exit = 1;
        }
        System.out.flush();
        Runtime.getRuntime().halt(exit);
    }

    private static void work(String[] args) throws Exception {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        KillPoint kill = args.length > 5 ? new KillPoint(args[5], Integer.parseInt(args[6])) : new KillPoint("", 0);
        DataSource[] source = new DataSource[1];
        ControlRoom room = ControlRoom.open(configuration(Path.of(args[0]), Path.of(args[1]), args[2]), opened -> {
            source[0] = opened;
            return kill.watch(opened);
        });
        List<? extends PipelineDefinition> pipelines =
                List.of(room.loadData, room.generateDataset, room.trainModel, room.weekly);
        if (args[3].equals("list")) {
            pipelines.forEach(pipeline ->
                    pipeline.steps().forEach(step -> System.out.println("step " + pipeline.name() + " " + step)));
        } else {
            PipelineRun ended = run(room, pipelines, kill, args[4]);
            kill.commits().forEach((step, number) -> System.out.println("commits " + step + " " + number));
            System.out.println("ended " + ended.status().text() + " " + ended.error());
            new Facts(source[0], Path.of(args[0]))
                    .all()
                    .forEach((name, value) -> System.out.println("fact " + name + "=" + value));
        }
        room.close();
    }

    private static Configuration configuration(Path state, Path plugins, String catalogue) {
        return new Configuration(
                state,
                plugins,
                2,
                1,
                1,
                1,
                new PortionPlan(40, 30, 7, catalogue),
                NodeRoles.ALL,
                null,
                LostRuns.FAIL,
                Duration.ofSeconds(60),
                StepPolicies.of(ONCE, ""),
                null,
                new NotificationSettings(null, Set.of(), null, null),
                new PromotionSettings(PromotionRules.DEFAULT, Duration.ofSeconds(30), null),
                new DatabaseSettings(null, "sa", "", 8, 5, 120),
                new MlflowAccess(null, null, null, null, Duration.ofSeconds(10), Duration.ofSeconds(300), 3));
    }

    private static PipelineRun run(
            ControlRoom room, List<? extends PipelineDefinition> pipelines, KillPoint kill, String pipeline)
            throws InterruptedException {
        Definitions definitions =
                new Definitions(pipelines.stream().map(kill::watch).toList());
        runner = new StepRunner(
                definitions,
                room.runHistory,
                room.telemetry,
                Clock.systemUTC(),
                new StepThreads(Thread::new),
                room.configuration.steps(),
                () -> 0.5);
        JobOperator operator = BatchRuntime.getJobOperator();
        BatchPipelines batch = new BatchPipelines(
                definitions,
                room.runHistory,
                new BatchJobs(operator, Duration.ofSeconds(10)),
                runner,
                NodeRoles.ALL,
                room.node.text(),
                room.owners);
        TreeMap<String, String> failed = new TreeMap<>(Map.of("pipeline", pipeline, "status", RunStatus.FAILED.text()));
        List<PipelineRun> cutOff =
                room.runHistory.runs(new PageRequest(failed, null, null, 1)).items();
        String id = cutOff.isEmpty()
                ? batch.start(pipeline, Map.of(), RunOrigin.API).id()
                : batch.restart(cutOff.get(0).id()).id();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        PipelineRun run = room.runHistory.run(id);
        while (!run.status().ended()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("run " + id + " of " + pipeline + " is " + run.status());
            }
            Thread.sleep(20);
            run = room.runHistory.run(id);
        }
        return run;
    }
}
