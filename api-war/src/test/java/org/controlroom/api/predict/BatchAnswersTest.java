package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.controlroom.api.json.JsonBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchAnswersTest {

    private final BatchThreads threads = new BatchThreads(4);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void partsAreWrittenInOrderWhateverTheirThreadsDo() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BatchAnswers answers = threads.open(out);
        StringBuilder expected = new StringBuilder();
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            int number = i;
            int work = random.nextInt(5000);
            answers.add(() -> {
                double sum = 0;
                for (int k = 0; k < work; k++) {
                    sum += Math.sqrt(k);
                }
                return new JsonBytes(8).number(sum < 0 ? -1 : number).raw('\n');
            });
            expected.append(i).append('\n');
        }
        answers.finish();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
    }

    @Test
    void anAnswerIsSentWhileTheNextRowsHaveNotArrived() throws Exception {
        CountDownLatch flushed = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                if (size() > 0) {
                    flushed.countDown();
                }
            }
        };
        BatchAnswers answers = threads.open(out);
        answers.add(() -> new JsonBytes(8).raw("first\n"));
        assertThat(flushed.await(20, TimeUnit.SECONDS)).isTrue();
        answers.finish();
    }

    @Test
    void aClientThatHasGoneStopsTheRows() throws Exception {
        BatchAnswers answers = threads.open(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("connection reset");
            }
        });
        assertThatThrownBy(() -> {
                    while (true) {
                        answers.add(() -> new JsonBytes(8).raw("row\n"));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void aPartThatFailsEndsTheBatchAndDoesNotHang() throws Exception {
        BatchAnswers answers = threads.open(new ByteArrayOutputStream());
        // the part may have failed before add looks, or only after
        assertThatThrownBy(() -> {
                    answers.add(() -> {
                        throw new IllegalStateException("broken");
                    });
                    answers.finish();
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken");
    }
}
