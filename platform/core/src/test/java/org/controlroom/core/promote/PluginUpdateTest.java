package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.controlroom.core.fake.Room;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.spi.Product;
import org.controlroom.testkit.FakeClassifierTrainer;
import org.controlroom.testkit.FakeExtractorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginUpdateTest {

    private static final int CALLERS = 4;

    @TempDir
    Path folder;

    private Room room;

    @BeforeEach
    void train() {
        room = new Room(folder);
        room.train("1");
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String runningOn() {
        return room.live.live().orElseThrow().model().plugins().toString();
    }

    @Test
    void theLiveModelIsNamedAsUserOfBothPlugins() {
        assertThat(room.plugins.modelsOn("fake-extractor", "1.0.0")).containsExactly("rakuten_classifier 1");
        assertThat(room.plugins.modelsOn("fake-classifier", "1.0.0")).hasSize(1);
        assertThat(room.plugins.modelsOn("fake-classifier", "1.1.0")).isEmpty();
    }

    @Test
    void noCallFailsDuringUpdatesOfBothKinds() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                float[] out = new float[3];
                while (!stop.get()) {
                    try (LiveModel live = room.live.acquire()) {
                        live.model().probabilities(new Product("abcdef", ""), out);
                        calls.incrementAndGet();
                    } catch (RuntimeException | Error e) {
                        failures.add(e);
                    }
                }
            });
        }
        String classifier = "1.0.0";
        String extractor = "1.0.0";
        for (int round = 1; round < 10; round++) {
            room.plugins.updateBlueGreen(
                    "fake-classifier", classifier, "1." + round + ".0", new FakeClassifierTrainer());
            classifier = "1." + round + ".0";
            room.plugins.updateInPlace("fake-extractor", extractor, "1." + round + ".0", new FakeExtractorFactory());
            extractor = "1." + round + ".0";
        }
        stop.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(failures).isEmpty();
        assertThat(calls.get()).isGreaterThan(100);
        assertThat(runningOn()).isEqualTo("[fake-extractor 1.9.0, fake-classifier 1.9.0]");
        assertThat(room.plugins.openLeases()).isEqualTo(2);
    }

    @Test
    void aBlueGreenUpdateThatAnswersOtherwiseLeavesTheOldVersionServing() {
        assertThatThrownBy(() ->
                        room.plugins.updateBlueGreen("fake-extractor", "1.0.0", "1.1.0", new HalvingExtractorFactory()))
                .hasMessageContaining("smoke input");
        assertThat(runningOn()).contains("fake-extractor 1.0.0");
        assertThat(room.plugins.openLeases("fake-extractor", "1.1.0")).isZero();
    }

    @Test
    void anInPlaceUpdateThatAnswersOtherwiseComesBackToTheOldVersion() {
        assertThatThrownBy(() ->
                        room.plugins.updateInPlace("fake-extractor", "1.0.0", "1.1.0", new HalvingExtractorFactory()))
                .hasMessageContaining("smoke input");
        assertThat(runningOn()).contains("fake-extractor 1.0.0");
        assertThat(room.plugins.openLeases("fake-extractor", "1.1.0")).isZero();
    }

    @Test
    void anUpdateToTheNextMajorVersionIsRefused() {
        assertThatThrownBy(() ->
                        room.plugins.updateBlueGreen("fake-extractor", "1.0.0", "2.0.0", new FakeExtractorFactory()))
                .hasMessageContaining("cannot use fake-extractor 2.0.0");
        assertThat(runningOn()).contains("fake-extractor 1.0.0");
    }

    @Test
    void anUpdateOfAPluginThatNobodyUsesChangesNothing() {
        room.plugins.with("other", "1.0.0", new FakeExtractorFactory());
        room.plugins.updateInPlace("other", "1.0.0", "1.1.0", new FakeExtractorFactory());
        assertThat(List.of(runningOn())).containsExactly("[fake-extractor 1.0.0, fake-classifier 1.0.0]");
    }
}
