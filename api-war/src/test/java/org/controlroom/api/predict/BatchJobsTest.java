package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BatchJobsTest {

    private static final BatchJobs.Limits SMALL = new BatchJobs.Limits(2_000, 1, 2, 1_000_000, Duration.ofDays(1));

    @TempDir
    Path folder;

    private final BatchThreads threads = new BatchThreads(2);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        threads.close();
    }

    private BatchJobs jobs(Function<Product, Prediction> predictions) {
        return new BatchJobs(
                folder.resolve("batches"),
                (products, answers) -> {
                    for (int row = 0; row < products.size(); row++) {
                        try {
                            answers.predicted(row, predictions.apply(products.get(row)));
                        } catch (RuntimeException e) {
                            answers.failed(row, e);
                        }
                    }
                },
                () -> {},
                Telemetry.NONE,
                threads,
                InstantSource.system(),
                SMALL);
    }

    private static Prediction answer(Product product) {
        if (product.designation().equals("bad")) {
            throw new ControlRoomException(ErrorCode.PLUGIN_FAILED, "no luck");
        }
        return new Prediction(
                "pred_" + product.designation(),
                Instant.EPOCH,
                product,
                Labels.of(10, 20),
                new float[] {0.75f, 0.25f},
                0,
                "m",
                "1",
                "Production");
    }

    private Prediction atTheGate(Product product) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new ControlRoomException(ErrorCode.CANCELLED, "interrupted", e);
        }
        return answer(product);
    }

    private static BatchJob submit(BatchJobs jobs, String body) throws IOException {
        return jobs.submit(
                "x.csv",
                "text/csv",
                "name=x.csv&top=1",
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void anUploadedFileIsAnsweredAndKeptOverARestart() throws IOException {
        String id;
        try (BatchJobs jobs = jobs(BatchJobsTest::answer)) {
            BatchJob job = submit(jobs, "designation\na\nbad\nc\n");
            id = job.id();
            assertThat(job.status()).isEqualTo(BatchJob.Status.QUEUED);
            await(() -> jobs.job(id).status().isEnded());
        }
        try (BatchJobs jobs = jobs(BatchJobsTest::answer)) {
            BatchJob done = jobs.job(id);
            assertThat(done.status()).isEqualTo(BatchJob.Status.COMPLETED);
            assertThat(done.rows()).isEqualTo(3);
            assertThat(done.failedRows()).isEqualTo(1);
            assertThat(done.bytesRead()).isEqualTo(done.bytes()).isEqualTo(20);
            assertThat(done.resultBytes()).isEqualTo(Files.size(jobs.result(id)));
            assertThat(Files.readAllLines(jobs.result(id)))
                    .hasSize(4)
                    .contains("2,,10,0.75,10:0.75,pred_a,m,1,,")
                    .anyMatch(line -> line.startsWith("3,") && line.contains("PLUGIN_FAILED"));
            try (Stream<Path> kept = Files.list(folder.resolve("batches").resolve(id))) {
                assertThat(kept).as("the upload is removed").hasSize(2);
            }
            jobs.remove(id);
            assertThatThrownBy(() -> jobs.job(id)).hasMessageContaining("is not kept");
            assertThat(folder.resolve("batches").resolve(id)).doesNotExist();
        }
    }

    @Test
    void aJobCutOffByTheEndOfTheProcessSaysSo() throws IOException {
        BatchJobs cutOff = jobs(this::atTheGate);
        String id = submit(cutOff, "designation\na\n").id();
        await(() -> cutOff.job(id).status() == BatchJob.Status.RUNNING);
        await(() -> state(id).contains("RUNNING"));
        // The first process is not closed, as a kill does not close it.
        try (BatchJobs jobs = jobs(BatchJobsTest::answer)) {
            assertThat(jobs.job(id).status()).isEqualTo(BatchJob.Status.FAILED);
            assertThat(jobs.job(id).error()).contains("upload the file again");
            assertThatThrownBy(() -> jobs.result(id))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        }
        cutOff.close();
    }

    private String state(String id) {
        try {
            return Files.readString(folder.resolve("batches").resolve(id).resolve("job.properties"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aRunningJobAndAWaitingOneAreCancelled() throws IOException {
        try (BatchJobs jobs = jobs(this::atTheGate)) {
            String running = submit(jobs, "designation\na\n").id();
            await(() -> jobs.job(running).status() == BatchJob.Status.RUNNING);
            String waiting = submit(jobs, "designation\nb\n").id();
            assertThatThrownBy(() -> submit(jobs, "designation\nc\n"))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
            jobs.remove(waiting);
            assertThat(jobs.job(waiting).status()).isEqualTo(BatchJob.Status.CANCELLED);
            jobs.remove(running);
            await(() -> jobs.job(running).status() == BatchJob.Status.CANCELLED);
        }
    }

    @Test
    void aFileThatCannotBeUsedIsRefusedAtOnceAndNotKept() throws IOException {
        try (BatchJobs jobs = jobs(BatchJobsTest::answer)) {
            assertThatThrownBy(() -> submit(jobs, "title\na\n")).hasMessageContaining("designation: is missing");
            assertThatThrownBy(() -> submit(jobs, "designation\n" + "a".repeat(3_000)))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
            assertThat(jobs.list()).isEmpty();
            try (Stream<Path> kept = Files.list(folder.resolve("batches"))) {
                assertThat(kept).isEmpty();
            }
        }
    }

    @Test
    void theOldestEndedJobsMakeRoom() throws IOException {
        try (BatchJobs jobs = jobs(BatchJobsTest::answer)) {
            String last = "";
            for (int i = 0; i < 5; i++) {
                last = submit(jobs, "designation\n" + i + "\n").id();
                String now = last;
                await(() -> jobs.job(now).status().isEnded());
            }
            assertThat(jobs.list()).hasSize(3).first().extracting(BatchJob::id).isEqualTo(last);
        }
    }
}
