package org.controlroom.api.boot;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives memory back that training or long serving has left behind. The serial and the parallel collector, which serve
 * fastest on few processors, let the old generation grow to the largest heap, which is meant for training, before they
 * look at it; so this asks for a full collection when there is garbage to gain. It waits for a second without
 * predictions, but not beyond {@link #URGENT_MB}, and for a moment in which no control request is answered, but not beyond
 * {@link #LAST_MB}: a page that searches the log gains much, and its query would stand still for some 0.3 s. It never acts
 * while a pipeline runs. Other collectors do all this by themselves: then this does nothing.
 */
final class HeapReturn implements AutoCloseable {

    /** MB that the old generation has grown by since the last full collection, from which one is worth its pause. */
    static final int WORTHWHILE_MB = 48;

    /** MB from which it is worth its pause in the middle of traffic. */
    static final int URGENT_MB = 64;

    /** MB from which it is worth its pause in the middle of a control request. */
    static final int LAST_MB = 256;

    private static final Logger LOG = Logger.getLogger(HeapReturn.class.getName());
    private static final Set<String> OLD_GENERATIONS = Set.of("Tenured Gen", "PS Old Gen");
    private static final long LOOK_EVERY_MS = 1_000;

    private final MemoryPoolMXBean oldGeneration;
    private final DoubleSupplier predictions;
    private final BooleanSupplier underWay;
    private final BooleanSupplier pipelineRuns;
    private final Repeated looking;
    private double predictionsBefore;

    private HeapReturn(
            MemoryPoolMXBean oldGeneration,
            DoubleSupplier predictions,
            BooleanSupplier underWay,
            BooleanSupplier pipelineRuns) {
        this.oldGeneration = oldGeneration;
        this.predictions = predictions;
        this.underWay = underWay;
        this.pipelineRuns = pipelineRuns;
        looking = Repeated.start("heap-return", LOOK_EVERY_MS, LOOK_EVERY_MS, this::look);
    }

    /**
     * Starts the thread where the collector needs it.
     *
     * @param predictions answered so far
     * @param underWay whether somebody waits for the answer to a control request
     * @param pipelineRuns whether a pipeline runs now; asked only when there is something to gain
     */
    static Optional<HeapReturn> start(
            DoubleSupplier predictions, BooleanSupplier underWay, BooleanSupplier pipelineRuns) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> OLD_GENERATIONS.contains(pool.getName()) && pool.getCollectionUsage() != null)
                .findFirst()
                .map(pool -> new HeapReturn(pool, predictions, underWay, pipelineRuns));
    }

    /**
     * Whether to collect now.
     *
     * @param quiet whether nobody predicts
     */
    static boolean isDue(long gainMb, boolean quiet, BooleanSupplier underWay, BooleanSupplier pipelineRuns) {
        return gainMb >= (quiet ? WORTHWHILE_MB : URGENT_MB)
                && (gainMb >= LAST_MB || !underWay.getAsBoolean())
                && !pipelineRuns.getAsBoolean();
    }

    private void look() {
        try {
            double now = predictions.getAsDouble();
            boolean quiet = now == predictionsBefore;
            predictionsBefore = now;
            MemoryUsage afterLast = oldGeneration.getCollectionUsage();
            long gainMb = (oldGeneration.getUsage().getUsed() - afterLast.getUsed()) >> 20;
            if (isDue(gainMb, quiet, underWay, pipelineRuns)) {
                System.gc();
            }
        } catch (RuntimeException e) {
            // An unreachable database, for example: the next look may succeed.
            LOG.log(Level.FINE, "the heap could not be looked at", e);
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
