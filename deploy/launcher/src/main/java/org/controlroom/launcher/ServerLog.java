package org.controlroom.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what this start of the server wrote to its log. */
final class ServerLog {
    private static final int AT_MOST_BYTES = 4 << 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSZ");
    private static final int TIME_LENGTH = "2026-01-01T00:00:00.000+0000".length();
    private static final String READY = "Payara Micro";

    /** How our own application says in plain words what the container then wraps several times. */
    private static final String OWN_WORDS = "CONTROL ROOM CANNOT START: ";

    private static final String DEPLOYED = "\"Deployed\": [";

    /** Seen on a busy machine: the thread that loads an application has lost its class loader. */
    private static final Pattern RACE_LOST = Pattern.compile("getContextClassLoader\\(\\)\"? is null");

    /** The line after an error that names what was thrown. */
    private static final Pattern THROWN = Pattern.compile("[a-z][\\w.]*\\.[A-Z]\\w*(Exception|Error)\\b.*");

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

    /** What a process that started then wrote; what it wrote before the log was rotated is gone. */
    static ServerLog since(Path file, Instant processStart) {
        ServerLog whole = new ServerLog(file, Math.max(0, size(file) - AT_MOST_BYTES));
        long offset = whole.start;
        for (String line : whole.text().split("\n", -1)) {
            if (!timeOf(line).isBefore(processStart)) {
                return new ServerLog(file, offset);
            }
            offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return fromNow(file);
    }

    private static Instant timeOf(String line) {
        try {
            return line.length() < TIME_LENGTH
                    ? Instant.MIN
                    : OffsetDateTime.parse(line.substring(0, TIME_LENGTH), TIME).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MIN; // a line of a trace
        }
    }

    /** Whether Payara has finished with all applications, whether they came up or not. */
    boolean saysReady() {
        return text().lines().anyMatch(line -> line.contains(READY) && line.contains(" ready in "));
    }

    /**
     * Whether Payara's list of what it runs, written when it is ready, has this application. Of one that failed some routes
     * may answer all the same.
     */
    boolean lists(String application) {
        String text = text();
        int list = text.lastIndexOf(DEPLOYED);
        return list >= 0
                && text.substring(list, Math.max(list, text.indexOf(']', list)))
                        .contains("\"Name\": \"" + application + "\"");
    }

    /** Whether Payara lost a race with itself while it loaded an application, which the next start does not. */
    boolean saysRaceLost() {
        return RACE_LOST.matcher(text()).find();
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
        boolean afterError = false;
        for (String each : text().lines().toList()) {
            String line = each.length() > LINE_LENGTH ? each.substring(0, LINE_LENGTH) : each;
            if (line.contains(OWN_WORDS)) {
                return List.of(each.substring(each.indexOf(OWN_WORDS) + OWN_WORDS.length()));
            }
            if (line.contains(" SEVERE ")) {
                errors.add(line.strip());
            } else if (line.startsWith("Caused by: ")
                    || (afterError && THROWN.matcher(line).matches())) {
                causes.add(line.strip());
            }
            afterError = line.contains(" SEVERE ");
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
