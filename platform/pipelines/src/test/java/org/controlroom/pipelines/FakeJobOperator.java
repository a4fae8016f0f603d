package org.controlroom.pipelines;

import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import jakarta.batch.runtime.JobInstance;
import jakarta.batch.runtime.StepExecution;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A batch runtime that runs nothing by itself: a test sets the states. It refuses what a real one refuses: restarting
 * what has not failed or stopped, stopping what does not run, listing jobs that were never started.
 */
public final class FakeJobOperator implements JobOperator {

    /** One job execution; also its own instance, so that a restart is one more execution of {@code instance}. */
    public static final class Job implements JobExecution, JobInstance {
        private final String name;
        private final long id;
        private final long instance;
        private final Properties parameters;
        public volatile BatchStatus status = BatchStatus.STARTED;
        public volatile boolean stopAsked;

        Job(String name, long id, long instance, Properties parameters) {
            this.name = name;
            this.id = id;
            this.instance = instance;
            this.parameters = parameters;
        }

        public boolean isRestart() {
            return id != instance;
        }

        @Override
        public long getExecutionId() {
            return id;
        }

        @Override
        public long getInstanceId() {
            return instance;
        }

        @Override
        public String getJobName() {
            return name;
        }

        @Override
        public BatchStatus getBatchStatus() {
            return status;
        }

        @Override
        public Properties getJobParameters() {
            return parameters;
        }

        @Override
        public Date getStartTime() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Date getEndTime() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getExitStatus() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Date getCreateTime() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Date getLastUpdatedTime() {
            throw new UnsupportedOperationException();
        }
    }

    public final List<Job> jobs = new ArrayList<>();

    /** What {@link #start} throws; null when it starts jobs. */
    public RuntimeException refusal;

    public Job last() {
        return jobs.get(jobs.size() - 1);
    }

    private long add(String name, long instance, Properties parameters) {
        long id = jobs.size() + 1L;
        jobs.add(new Job(name, id, instance < 0 ? id : instance, parameters));
        return id;
    }

    @Override
    public long start(String jobXmlName, Properties jobParameters) {
        if (refusal != null) {
            throw refusal;
        }
        return add(jobXmlName, -1, jobParameters);
    }

    @Override
    public long restart(long executionId, Properties restartParameters) {
        Job old = (Job) getJobExecution(executionId);
        if (old.status != BatchStatus.FAILED && old.status != BatchStatus.STOPPED) {
            throw new JobRestartException("execution " + executionId + " is " + old.status);
        }
        return add(old.name, old.instance, restartParameters);
    }

    @Override
    public void stop(long executionId) {
        Job job = (Job) getJobExecution(executionId);
        if (job.status != BatchStatus.STARTED) {
            throw new JobExecutionNotRunningException();
        }
        job.stopAsked = true;
    }

    @Override
    public JobExecution getJobExecution(long executionId) {
        return jobs.get((int) executionId - 1);
    }

    @Override
    public List<JobInstance> getJobInstances(String jobName, int start, int count) {
        List<JobInstance> found = new ArrayList<>();
        jobs.stream()
                .filter(job -> job.name.equals(jobName) && !job.isRestart())
                .forEach(job -> found.add(0, job));
        if (found.isEmpty()) {
            throw new NoSuchJobException("job " + jobName);
        }
        return found.stream().skip(start).limit(count).toList();
    }

    @Override
    public List<JobExecution> getJobExecutions(JobInstance instance) {
        List<JobExecution> found = new ArrayList<>();
        jobs.stream().filter(job -> job.instance == instance.getInstanceId()).forEach(found::add);
        return found;
    }

    @Override
    public Set<String> getJobNames() {
        return new TreeMap<String, String>().keySet();
    }

    @Override
    public int getJobInstanceCount(String jobName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> getRunningExecutions(String jobName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Properties getParameters(long executionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abandon(long executionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobInstance getJobInstance(long executionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StepExecution> getStepExecutions(long jobExecutionId) {
        throw new UnsupportedOperationException();
    }
}
