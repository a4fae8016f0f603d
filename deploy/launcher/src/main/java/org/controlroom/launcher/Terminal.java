package org.controlroom.launcher;

import java.io.PrintStream;

/** Where the launcher talks to the user. On a terminal progress rewrites one line. */
final class Terminal {
    private static final int WIDTH = 110;
    private static final long BETWEEN_LINES_NS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean interactive;
    private String progress = "";
    private long printedAtNs;

    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    boolean isInteractive() {
        return interactive;
    }

    void say(String line) {
        endProgress();
        out.println(line);
        out.flush();
    }

    /**
     * Shows how far something has come.
     *
     * @param what a new line in a file when it changes
     * @param count changes all the time; in a file it is written every few seconds only
     */
    void progress(String what, String count) {
        String line = count.isEmpty() ? what : what + "  " + count;
        if (interactive) {
            if (!line.equals(progress)) {
                String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
                out.print("\r" + cut + " ".repeat(Math.max(0, progress.length() - cut.length())));
                out.flush();
                progress = cut;
            }
            return;
        }
        long now = System.nanoTime();
        if (!what.equals(progress) || now - printedAtNs > BETWEEN_LINES_NS) {
            out.println(line);
            out.flush();
            progress = what;
            printedAtNs = now;
        }
    }

    /** Leaves the last progress line standing. */
    void endProgress() {
        if (interactive && !progress.isEmpty()) {
            out.println();
        }
        progress = "";
    }
}
