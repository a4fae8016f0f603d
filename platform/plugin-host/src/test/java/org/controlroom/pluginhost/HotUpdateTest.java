package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.controlroom.core.model.PluginState.Status;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HotUpdateTest {

    private static final String ID = "classifier-hot";
    private static final int UPDATES = 100;
    private static final int CALLING_THREADS = 8;

    @TempDir
    static Path jars;

    private static Path first;
    private static Path broken;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeAll
    static void build() throws Exception {
        first = TestBundle.classifier("org.test." + ID, ID).build(jars, "1.0.0");
        for (int i = 1; i <= UPDATES; i++) {
            TestBundle.withVersion(first, jars, "1.0." + i);
        }
        TestBundle.withVersion(first, jars, "2.0.0");
        String source = TestBundle.classifierSource(
                ID, "@Activate public TestTrainer() { throw new IllegalStateException(\"no licence\"); }", "");
        broken = TestBundle.named("org.test." + ID)
                .source("test.plugin.TestTrainer", source)
                .build(jars, "3.0.0");
    }

    @BeforeEach
    void open() {
        host = FelixPluginHost.open(
                PluginHostOptions.of(folder.resolve("plugins"), null).withDrainTimeout(Duration.ofSeconds(5)));
        host.install(first);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static Path jar(String version) {
        return jars.resolve("org.test." + ID + "-" + version + ".jar");
    }

    @ParameterizedTest
    @EnumSource(UpdateMode.class)
    void aHundredUpdatesUnderEightCallingThreadsFailNoCallAndLeaveNoClassLoader(UpdateMode mode) throws Exception {
        FakeListener serving = new FakeListener(host, ID);
        serving.take();
        host.addListener(serving);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        AtomicLong calls = new AtomicLong();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(CALLING_THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < CALLING_THREADS; t++) {
            boolean longLease = t % 2 == 0;
            Thread thread = new Thread(() -> {
                running.countDown();
                while (!stop.get()) {
                    try {
                        if (longLease) {
                            serving.call();
                        } else {
                            callOnce();
                        }
                        calls.incrementAndGet();
                        LockSupport.parkNanos(200_000); // leaves the updating thread a share of two cores
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        running.await();
        long started = System.nanoTime();
        try {
            for (int i = 1; i <= UPDATES; i++) {
                loaders.add(new WeakReference<>(loader()));
                host.update(ID, jar("1.0." + i), mode);
                assertThat(serving.version()).isEqualTo("1.0." + i);
            }
        } finally {
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        long millis = (System.nanoTime() - started) / 1_000_000;
        System.out.println(mode + ": " + UPDATES + " updates in " + millis + " ms under " + calls + " calls");

        assertThat(failures).isEmpty();
        assertThat(calls.get()).isGreaterThan(UPDATES);
        assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number("1.0." + UPDATES));
        assertOnlyNewestLeft();
        assertCollected(loaders);
        assertThat(loader()).isNotNull();
        serving.release();
    }

    private void callOnce() {
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "[1.0.0,2.0.0)")) {
            if (label(lease) != TestBundle.number(lease.version())) {
                throw new IllegalStateException(label(lease) + " from " + lease.version());
            }
        }
    }

    private ClassLoader loader() {
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "0")) {
            return lease.service().getClass().getClassLoader();
        }
    }

    private void assertOnlyNewestLeft() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (host.list().size() > 1 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(versions(host, ID)).containsExactly("1.0." + UPDATES + " ACTIVE");
        assertThat(HostAssertions.files(folder.resolve("plugins/jars"))).hasSize(1);
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        long alive = loaders.size();
        while (alive > 0 && System.nanoTime() < deadline) {
            System.gc();
            alive = loaders.stream().filter(loader -> loader.get() != null).count();
        }
        assertThat(alive).as("class loaders of replaced versions still alive").isZero();
    }

    @ParameterizedTest
    @EnumSource(UpdateMode.class)
    void anUpdateToAVersionThatDoesNotStartLeavesTheOldOneServing(UpdateMode mode) throws Exception {
        FakeListener serving = new FakeListener(host, ID);
        serving.take();
        host.addListener(serving);

        assertFails(() -> host.update(ID, broken, mode), ErrorCode.PLUGIN_INVALID, "3.0.0", "no licence");

        serving.call();
        assertThat(serving.version()).isEqualTo("1.0.0");
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        assertThat(HostAssertions.files(folder.resolve("plugins/jars"))).hasSize(1);
        serving.release();
        host.close();
        open();
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
    }

    @ParameterizedTest
    @EnumSource(UpdateMode.class)
    void aListenerThatCannotMoveUndoesTheUpdateForAll(UpdateMode mode) throws Exception {
        FakeListener flexible = new FakeListener(host, ID);
        flexible.take();
        host.addListener(flexible);
        FakeListener strict = new FakeListener(host, ID) {
            @Override
            String range() {
                return "[1.0.0,2.0.0)";
            }
        };
        strict.take();
        host.addListener(strict);

        assertFails(() -> host.update(ID, jar("2.0.0"), mode), ErrorCode.PLUGIN_MISSING, "undone", "[1.0.0,2.0.0)");

        flexible.call();
        strict.call();
        assertThat(flexible.version()).isEqualTo("1.0.0");
        assertThat(strict.version()).isEqualTo("1.0.0");
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(HostAssertions.files(folder.resolve("plugins/jars"))).hasSize(1);
        host.update(ID, jar("1.0.1"), mode);
        assertThat(strict.version()).isEqualTo("1.0.1");
        flexible.release();
        strict.release();
    }

    @Test
    void everySuspendedListenerIsResumedOnce() {
        FakeListener serving = new FakeListener(host, ID);
        serving.take();
        host.addListener(serving);

        host.update(ID, jar("1.0.1"), UpdateMode.IN_PLACE);

        assertThat(serving.told).containsExactly("suspend " + ID + " 1.0.0", "resume " + ID);
        serving.release();
    }

    @Test
    void anInPlaceUpdateIsRefusedWhileALeaseStaysOpen() {
        host.close();
        host = FelixPluginHost.open(
                PluginHostOptions.of(folder.resolve("plugins"), null).withDrainTimeout(Duration.ofMillis(200)));
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "0")) {
            assertFails(
                    () -> host.update(ID, jar("1.0.1"), UpdateMode.IN_PLACE),
                    ErrorCode.PLUGIN_IN_USE,
                    "1 uses",
                    "200 ms");
            assertThat(label(lease)).isEqualTo(1_000_000);
        }
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void aReplacedVersionStaysUntilItsLastLeaseEnds() {
        Plugins.Lease<ClassifierTrainer> training = host.lease(ClassifierTrainer.class, ID, "0");
        host.update(ID, jar("1.0.1"), UpdateMode.BLUE_GREEN);

        assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number("1.0.1"));
        assertThat(label(training)).isEqualTo(1_000_000);
        assertThat(versions(host, ID)).containsExactly("1.0.1 ACTIVE", "1.0.0 STOPPED");
        assertThat(host.list().get(1).reason()).contains("replaced by 1.0.1");
        assertFails(() -> host.install(first), ErrorCode.CONFLICT, "replaced by 1.0.1");

        training.close();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (host.list().size() > 1 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(versions(host, ID)).containsExactly("1.0.1 ACTIVE");
    }

    @Test
    void aCallThatTheUpdateExcludesWaitsUntilItIsUndone() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        host.addListener(new FakeListener(host, ID) {
            @Override
            public void replaced(String pluginId, String oldVersion, String newVersion) {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new ControlRoomException(ErrorCode.CONFLICT, "not now");
            }
        });
        ConcurrentLinkedQueue<Throwable> updateFailures = new ConcurrentLinkedQueue<>();
        Thread updating = new Thread(() -> {
            try {
                host.update(ID, jar("2.0.0"), UpdateMode.BLUE_GREEN);
            } catch (ControlRoomException e) {
                updateFailures.add(e);
            }
        });
        updating.start();
        inside.await();
        AtomicInteger label = new AtomicInteger();
        Thread calling = new Thread(() -> label.set(label(host, ID, "[1.0.0,2.0.0)")));
        calling.start();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (calling.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        leave.countDown();
        calling.join();
        updating.join();

        assertThat(label).hasValue(1_000_000);
        assertThat(updateFailures).singleElement().asString().contains("not now");
    }

    /** Who waits for the plugin may hold what the listener needs to go on: the two must not wait for each other. */
    @Test
    void aLeaseThatWaitsForAnInPlaceUpdateIsServedBeforeTheListenersGoOn() throws Exception {
        CountDownLatch suspended = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(1);
        AtomicBoolean servedBeforeResume = new AtomicBoolean();
        Thread calling = new Thread(() -> {
            label(host, ID, "[1.0.1,2.0.0)");
            served.countDown();
        });
        host.addListener(new FakeListener(host, ID) {
            @Override
            public void suspend(String pluginId, String version) {
                suspended.countDown();
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (calling.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void resume(String pluginId) {
                try {
                    servedBeforeResume.set(served.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        Thread updating = new Thread(() -> host.update(ID, jar("1.0.1"), UpdateMode.IN_PLACE));
        updating.start();
        suspended.await();
        calling.start();
        updating.join();
        calling.join();

        assertThat(servedBeforeResume).isTrue();
    }

    @Test
    void storedSettingsThatTheNewVersionDoesNotKnowRefuseTheUpdate() {
        String settings = """
                @org.osgi.service.metatype.annotations.ObjectClassDefinition
                @interface TestSettings { int size() default 5; }
                """;
        Path withSize = TestBundle.named("org.test.classifier-set")
                .source("test.plugin.TestTrainer", TestBundle.classifierSource("classifier-set", "", settings))
                .build(folder, "1.0.0");
        Path withoutSize = TestBundle.named("org.test.classifier-set")
                .source(
                        "test.plugin.TestTrainer",
                        TestBundle.classifierSource("classifier-set", "", settings.replace("size", "length")))
                .build(folder, "1.1.0");
        host.install(withSize);
        host.configure("classifier-set", java.util.Map.of("size", "7"));

        assertFails(
                () -> host.update("classifier-set", withoutSize, UpdateMode.BLUE_GREEN),
                ErrorCode.SETTINGS_INVALID,
                "stored settings",
                "size");
        host.configure("classifier-set", java.util.Map.of());
        assertThat(host.update("classifier-set", withoutSize, UpdateMode.BLUE_GREEN)
                        .status())
                .isEqualTo(Status.ACTIVE);
    }
}
