package org.controlroom.api.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks something again and again whether it answers, in a thread of its own, so that nobody who wants to know has to wait
 * for it.
 */
final class Reachability implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Reachability.class.getName());

    private final String name;
    private final Runnable question;
    private final long everyMs;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile double reachable = Double.NaN;

    private Reachability(String name, Runnable question, long everyMs) {
        this.name = name;
        this.question = question;
        this.everyMs = everyMs;
    }

    /** @param question returns when there was an answer, throws when there was none */
    static Reachability watch(String name, Runnable question, long everyMs) {
        Reachability watched = new Reachability(name, question, everyMs);
        Thread thread = new Thread(watched::run, "reachability-" + name);
        thread.setDaemon(true);
        thread.start();
        return watched;
    }

    /** 1 when the last question was answered, 0 when it was not, NaN before the first has ended. */
    double now() {
        return reachable;
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closed.await(everyMs, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            question.run();
            if (reachable == 0) {
                LOG.info(name + " answers again");
            }
            reachable = 1;
        } catch (RuntimeException e) {
            if (reachable != 0 && closed.getCount() > 0) {
                LOG.log(Level.WARNING, () -> name + " does not answer: " + e.getMessage());
            }
            reachable = 0;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
