package org.controlroom.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what this start of the server wrote to its log. */
final class ServerLog {
    private static final int AT_MOST_BYTES = 4 << 20;
    private static final String READY = "Payara Micro";

    /** How our own application says in plain words what the container then wraps several times. */
    private static final String OWN_WORDS = "CONTROL ROOM CANNOT START: ";

    private static final int LINE_LENGTH = 500;

    private final Path file;
    private final long start;

    private ServerLog(Path file, long start) {
        this.file = file;
        this.start = start;
    }

    /** The log is appended to; what is there now belongs to earlier starts. */
    static ServerLog fromNow(Path file) {
        return new ServerLog(file, size(file));
    }

    /** Whether Payara has finished with all applications, whether they came up or not. */
    boolean saysReady() {
        return text().lines().anyMatch(line -> line.contains(READY) && line.contains(" ready in "));
    }

    /** Whether our application gave up; some routes answer all the same. */
    boolean saysFailed() {
        return text().contains(OWN_WORDS);
    }

    /**
     * What our application said when it could not start; otherwise the first errors and the innermost causes, at most
     * {@code lines} lines; empty if there is no error.
     */
    List<String> reason(int lines) {
        List<String> errors = new ArrayList<>();
        List<String> causes = new ArrayList<>();
        for (String each : text().lines().toList()) {
            String line = each.length() > LINE_LENGTH ? each.substring(0, LINE_LENGTH) : each;
            if (line.contains(OWN_WORDS)) {
                return List.of(each.substring(each.indexOf(OWN_WORDS) + OWN_WORDS.length()));
            }
            if (line.contains(" SEVERE ")) {
                errors.add(line.strip());
            } else if (line.startsWith("Caused by: ")) {
                causes.add(line.strip());
            }
        }
        List<String> reason = new ArrayList<>(errors.subList(0, Math.min(2, errors.size())));
        // the last cause of a trace is the one that started it
        int room = Math.max(0, lines - reason.size());
        List<String> distinct = causes.stream().distinct().toList();
        reason.addAll(distinct.subList(Math.max(0, distinct.size() - room), distinct.size()));
        return reason;
    }

    private String text() {
        long end = size(file);
        long from = end < start ? 0 : start;
        int length = (int) Math.min(AT_MOST_BYTES, end - from);
        byte[] bytes = new byte[length];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            in.readFully(bytes);
        } catch (IOException e) {
            return ""; // not written yet, or rotated away under our hands: the next look finds it
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
