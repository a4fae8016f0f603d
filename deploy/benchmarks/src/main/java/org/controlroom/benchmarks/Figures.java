package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * The file that a part of the benchmarks leaves its figures in: lines of name, value, sense ({@code min}, {@code max} or
 * {@code info}), target, unit and note, separated by tabs. {@link Report} makes the table of them.
 */
final class Figures {

    private final Path file;

    private Figures(Path file) {
        this.file = file;
    }

    static Figures in(Path file) {
        return new Figures(file);
    }

    /** A figure that must not be below the target. */
    void atLeast(String name, double value, double target, String unit, String note) throws IOException {
        add(name, value, "min", Double.toString(target), unit, note);
    }

    /** A figure that must not be above the target. */
    void atMost(String name, double value, double target, String unit, String note) throws IOException {
        add(name, value, "max", Double.toString(target), unit, note);
    }

    /** A figure without a target. */
    void info(String name, double value, String unit, String note) throws IOException {
        add(name, value, "info", "", unit, note);
    }

    private void add(String name, double value, String sense, String target, String unit, String note)
            throws IOException {
        String line = String.join("\t", name, Double.toString(value), sense, target, unit, note);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.printf(Locale.ROOT, "  %s: %.4g %s %s%n", name, value, unit, note);
    }

    /** The one in the middle; of an even number the lower. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
