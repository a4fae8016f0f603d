package org.controlroom.api.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.PipelineDefinition;

/**
 * Ends the process as {@code kill -9} does, in the middle of a step: at one of its commits, or after its last line and
 * before anybody has written down that it is done. Counts the commits of every step on the way.
 */
final class KillPoint {

    private final String step;
    private final int commit;
    private final Map<String, Integer> commits = new TreeMap<>();

    private volatile String current = "";
    private volatile Thread thread = Thread.currentThread();

    /**
     * @param step in which; empty for never
     * @param commit before which, from 1 on; at the end of the step when it has fewer
     */
    KillPoint(String step, int commit) {
        this.step = step;
        this.commit = commit;
    }

    /** How many commits each step that ended had. */
    synchronized Map<String, Integer> commits() {
        return new TreeMap<>(commits);
    }

    private static void kill(String where) {
        System.out.println("killed " + where);
        System.out.flush();
        Runtime.getRuntime().halt(137);
    }

    private synchronized void beforeCommit() {
        if (current.isEmpty() || Thread.currentThread() != thread) {
            return;
        }
        int number = commits.merge(current, 1, Integer::sum);
        if (current.equals(step) && number == commit) {
            kill(step + " before its commit " + number);
        }
    }

    DataSource watch(DataSource source) {
        return wrap(
                DataSource.class,
                source,
                result -> result instanceof Connection connection
                        ? wrap(Connection.class, connection, answer -> answer)
                        : result);
    }

    private <T> T wrap(Class<T> type, T wrapped, UnaryOperator<Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                KillPoint.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        beforeCommit();
                    }
                    try {
                        return answers.apply(method.invoke(wrapped, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** The pipeline, killed at this point. */
    PipelineDefinition watch(PipelineDefinition pipeline) {
        return new Watched(pipeline);
    }

    private final class Watched implements PipelineDefinition, PipelineDefinition.Closing {
        private final PipelineDefinition pipeline;

        Watched(PipelineDefinition pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public String name() {
            return pipeline.name();
        }

        @Override
        public List<String> steps() {
            return pipeline.steps();
        }

        @Override
        public Map<String, String> complete(Map<String, String> parameters) {
            return pipeline.complete(parameters);
        }

        @Override
        public void run(String name, StepContext context) {
            thread = Thread.currentThread();
            current = name;
            pipeline.run(name, context);
            current = "";
            if (name.equals(step)) {
                kill(step + " at its end");
            }
        }

        @Override
        public void ended(String runId, RunStatus status, String reason) {
            if (pipeline instanceof Closing closing) {
                closing.ended(runId, status, reason);
            }
        }
    }
}
