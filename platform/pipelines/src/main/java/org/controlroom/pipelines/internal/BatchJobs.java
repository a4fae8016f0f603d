package org.controlroom.pipelines.internal;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobExecutionAlreadyCompleteException;
import jakarta.batch.operations.JobExecutionNotMostRecentException;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.JobInstance;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The batch runtime, asked by run id. The run id is the only job parameter, so the execution of a run of an earlier
 * process is found by it.
 */
public final class BatchJobs {

    /** Job parameter with the run id; the job files hand it on as a job property of the same name. */
    public static final String RUN_ID = "run.id";

    private static final Logger LOG = Logger.getLogger(BatchJobs.class.getName());
    private static final int PAGE = 100;
    private static final Set<BatchStatus> ENDED =
            EnumSet.of(BatchStatus.FAILED, BatchStatus.STOPPED, BatchStatus.COMPLETED, BatchStatus.ABANDONED);

    private final JobOperator operator;
    private final Duration patience;

    /** Executions started by this process, by run id. */
    private final Map<String, Long> ours = new ConcurrentHashMap<>();

    /** @param patience how long to wait for an execution whose last step is over to be written down as ended */
    public BatchJobs(JobOperator operator, Duration patience) {
        this.operator = operator;
        this.patience = patience;
    }

    public void start(String pipeline, String runId) {
        ours.put(runId, operator.start(pipeline, parameters(runId)));
    }

    /** Asks the execution to stop. No error when it has ended or was never seen. */
    public void stop(String runId) {
        Long execution = ours.get(runId);
        if (execution == null) {
            return;
        }
        try {
            operator.stop(execution);
        } catch (JobExecutionNotRunningException | NoSuchJobExecutionException e) {
            LOG.log(Level.FINE, "run {0} has ended already", runId);
        }
    }

    /**
     * Runs on at the step that did not complete. When the batch repository does not allow it (it was lost, or it thinks
     * that a killed process still runs the job, or it could not write down the job's end), a new job starts under the
     * same run id, and {@link StepRunner} skips the completed steps.
     */
    public void restart(String pipeline, String runId) {
        Long own = ours.get(runId);
        OptionalLong last = own == null ? lastExecution(pipeline, runId) : OptionalLong.of(own);
        if (last.isEmpty() || (own != null && !awaitEnd(own))) {
            start(pipeline, runId);
            return;
        }
        try {
            ours.put(runId, operator.restart(last.getAsLong(), parameters(runId)));
        } catch (JobRestartException | JobExecutionAlreadyCompleteException | JobExecutionNotMostRecentException e) {
            LOG.log(Level.INFO, "run " + runId + ": a new job runs its remaining steps", e);
            start(pipeline, runId);
        }
    }

    private BatchStatus status(long execution) {
        return operator.getJobExecution(execution).getBatchStatus();
    }

    /** The history has a run as ended shortly before the batch repository has. @return whether that has it too */
    private boolean awaitEnd(long execution) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ENDED.contains(status(execution))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BatchRuntimeException("interrupted while waiting for batch execution " + execution, e);
            }
        }
        return true;
    }

    private OptionalLong lastExecution(String pipeline, String runId) {
        try {
            for (int from = 0; ; from += PAGE) {
                List<JobInstance> instances = operator.getJobInstances(pipeline, from, PAGE);
                OptionalLong found = instances.stream()
                        .flatMap(instance -> operator.getJobExecutions(instance).stream())
                        .filter(execution -> runId.equals(runId(execution)))
                        .mapToLong(JobExecution::getExecutionId)
                        .max();
                if (found.isPresent() || instances.size() < PAGE) {
                    return found;
                }
            }
        } catch (NoSuchJobException e) {
            return OptionalLong.empty();
        }
    }

    private static String runId(JobExecution execution) {
        Properties parameters = execution.getJobParameters();
        return parameters == null ? "" : parameters.getProperty(RUN_ID, "");
    }

    private static Properties parameters(String runId) {
        Properties properties = new Properties();
        properties.setProperty(RUN_ID, runId);
        return properties;
    }
}
