package org.controlroom.core.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by the limited-memory BFGS method with backtracking (Nocedal and Wright, Numerical
 * Optimization, 2nd edition, algorithms 7.4 and 3.1).
 */
final class LimitedMemoryBfgs {

    private static final int MEMORY = 8;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MAX_HALVINGS = 40;

    private LimitedMemoryBfgs() {}

    /** A function with its gradient. */
    interface Function {

        /** @param gradient overwritten with the gradient at {@code at} */
        double value(double[] at, double[] gradient);
    }

    /** One step taken, and how the gradient changed by it. */
    private record Step(double[] move, double[] change, double product) {}

    /**
     * @param start not changed
     * @param enough a step that improves the value by less than this is the last
     */
    static double[] minimise(Function function, double[] start, int maxSteps, double enough) {
        Deque<Step> memory = new ArrayDeque<>();
        double[] at = start.clone();
        double[] gradient = new double[at.length];
        double value = function.value(at, gradient);
        for (int step = 0; step < maxSteps; step++) {
            double[] direction = direction(memory, gradient);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                return at;
            }
            double length = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = at;
            double[] nextGradient = new double[at.length];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halving = 0; halving < MAX_HALVINGS; halving++) {
                next = moved(at, direction, length);
                nextValue = function.value(next, nextGradient);
                if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) {
                    break;
                }
                length /= 2;
            }
            double gain = value - nextValue;
            if (!(gain > 0)) {
                return at;
            }
            remember(memory, difference(next, at), difference(nextGradient, gradient));
            at = next;
            gradient = nextGradient;
            value = nextValue;
            if (gain < enough) {
                return at;
            }
        }
        return at;
    }

    private static void remember(Deque<Step> memory, double[] move, double[] change) {
        double product = dot(move, change);
        // A step along which the function is not convex would spoil the approximation.
        if (product > 1e-12 * dot(change, change)) {
            memory.addLast(new Step(move, change, product));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    /** The two-loop recursion. */
    private static double[] direction(Deque<Step> memory, double[] gradient) {
        double[] direction = gradient.clone();
        double[] weights = new double[memory.size()];
        int i = weights.length;
        for (Iterator<Step> newestFirst = memory.descendingIterator(); newestFirst.hasNext(); ) {
            Step step = newestFirst.next();
            weights[--i] = dot(step.move(), direction) / step.product();
            add(direction, -weights[i], step.change());
        }
        if (!memory.isEmpty()) {
            Step newest = memory.getLast();
            scale(direction, newest.product() / dot(newest.change(), newest.change()));
        }
        for (Step step : memory) {
            add(direction, weights[i++] - dot(step.change(), direction) / step.product(), step.move());
        }
        scale(direction, -1);
        return direction;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        add(to, length, direction);
        return to;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }
}
