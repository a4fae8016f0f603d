package org.controlroom.launcher;

import java.io.PrintStream;

/** Where the launcher talks to the user. On a terminal progress rewrites one line; in a file every change is a line. */
final class Terminal {
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean interactive;
    private String progress = "";

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

    void progress(String line) {
        if (line.equals(progress)) {
            return;
        }
        if (interactive) {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
            out.print("\r" + cut + " ".repeat(Math.max(0, progress.length() - cut.length())));
        } else {
            out.println(line);
        }
        out.flush();
        progress = line;
    }

    /** Leaves the last progress line standing. */
    void endProgress() {
        if (interactive && !progress.isEmpty()) {
            out.println();
        }
        progress = "";
    }
}
