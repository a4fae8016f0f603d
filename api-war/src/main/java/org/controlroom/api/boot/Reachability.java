package org.controlroom.api.boot;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks something again and again whether it answers, in a thread of its own, so that nobody who wants to know has to wait
 * for it.
 */
final class Reachability implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Reachability.class.getName());

    private final String name;
    private final Runnable question;
    private final Repeated asking;
    private volatile double reachable = Double.NaN;
    private volatile @Nullable String problem;
    private volatile boolean closed;

    private Reachability(String name, Runnable question, long everyMs) {
        this.name = name;
        this.question = question;
        asking = Repeated.start("reachability-" + name, 0, everyMs, this::ask);
    }

    /** @param question returns when there was an answer, throws when there was none */
    static Reachability watch(String name, Runnable question, long everyMs) {
        return new Reachability(name, question, everyMs);
    }

    /** 1 when the last question was answered, 0 when it was not, NaN before the first has ended. */
    double now() {
        return reachable;
    }

    /** Why the last question was not answered; empty when it was, or none has ended. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void ask() {
        try {
            question.run();
            problem = null;
            if (reachable == 0) {
                LOG.info(name + " answers again");
            }
            reachable = 1;
        } catch (RuntimeException e) {
            if (reachable != 0 && !closed) {
                LOG.log(Level.WARNING, () -> name + " does not answer: " + e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
            reachable = 0;
        }
    }

    @Override
    public void close() {
        closed = true;
        asking.close();
    }
}
