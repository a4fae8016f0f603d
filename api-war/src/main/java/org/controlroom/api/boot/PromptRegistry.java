package org.controlroom.api.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.registry.mlflow.MlflowModelRegistry;
import org.controlroom.registry.mlflow.MlflowSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A registry on another machine as requests see it: one that is known not to answer, or that has just let another request
 * wait in vain, is not asked. So whoever looks at a page learns it at once, and the few threads that answer predictions do
 * not wait with them. Runs of pipelines ask the registry itself, which tries longer.
 */
final class PromptRegistry {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Asks nobody. */
    private static final Set<String> OWN = Set.of("kind", "address");

    /** Until it is known whether the registry answers: who asks it in the background has had a turn by then. */
    private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(8).toNanos();

    private final ModelRegistry registry;
    private final Supplier<Optional<String>> problem;
    private final long patienceNanos;
    private final LongSupplier nanos;

    /** The newest question that waited in vain; null when none did. */
    private volatile @Nullable Wait last;

    private record Wait(long endedNanos, String problem) {}

    private PromptRegistry(
            ModelRegistry registry, Supplier<Optional<String>> problem, Duration patience, LongSupplier nanos) {
        this.registry = registry;
        this.problem = problem;
        this.patienceNanos = patience.toNanos();
        this.nanos = nanos;
    }

    /** The registry for requests: a server by a client of its own that waits less; the embedded one as it is. */
    static ModelRegistry open(
            MlflowAccess mlflow,
            ModelRegistry registry,
            Supplier<Optional<String>> problem,
            Deque<AutoCloseable> closing) {
        MlflowSettings settings = mlflow.registry().orElse(null);
        if (settings == null) {
            return registry;
        }
        MlflowModelRegistry prompt = new MlflowModelRegistry(settings.within(PATIENCE), Clock.systemUTC());
        closing.push(prompt);
        return of(prompt, problem, PATIENCE, System::nanoTime);
    }

    /**
     * The same registry for requests.
     *
     * @param registry waits no longer than {@code patience} for one answer
     * @param problem why it is known not to answer; empty when it does
     * @param patience a question that failed after three quarters of it has waited in vain; attempts at one that is answered by errors take less
     * @param nanos as {@link System#nanoTime()}
     */
    static ModelRegistry of(
            ModelRegistry registry, Supplier<Optional<String>> problem, Duration patience, LongSupplier nanos) {
        PromptRegistry prompt = new PromptRegistry(registry, problem, patience, nanos);
        return (ModelRegistry) Proxy.newProxyInstance(
                PromptRegistry.class.getClassLoader(),
                new Class<?>[] {ModelRegistry.class},
                (self, method, arguments) -> prompt.call(method, arguments));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        if (OWN.contains(method.getName()) || method.getDeclaringClass() == Object.class) {
            return invoke(method, arguments);
        }
        refuseWhatWouldWait();
        long start = nanos.getAsLong();
        try {
            return invoke(method, arguments);
        } catch (ControlRoomException e) {
            long end = nanos.getAsLong();
            // An error that came quickly keeps nobody waiting, and may be of this question alone.
            if (e.code() == ErrorCode.REGISTRY_UNAVAILABLE && end - start >= patienceNanos / 4 * 3) {
                last = new Wait(end, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private void refuseWhatWouldWait() {
        Wait wait = last;
        if (wait != null && nanos.getAsLong() - wait.endedNanos < LEFT_ALONE_NANOS) {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, wait.problem);
        }
        String known = problem.get().orElse(null);
        if (known != null) {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, known);
        }
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(registry, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        }
    }
}
