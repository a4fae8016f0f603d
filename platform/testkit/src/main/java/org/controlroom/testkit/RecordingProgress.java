package org.controlroom.testkit;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;

/** Keeps every report, refuses impossible ones, and can cancel at a chosen look. Thread-safe. */
public final class RecordingProgress implements Progress {

    /** One call of {@link Progress#report}. */
    public record Report(String what, long done, long total) {}

    private final List<Report> reports = new ArrayList<>(); // guarded by this
    private final long cancelAtCheck;
    private long checks; // guarded by this

    public RecordingProgress() {
        this(Long.MAX_VALUE);
    }

    private RecordingProgress(long cancelAtCheck) {
        this.cancelAtCheck = cancelAtCheck;
    }

    /** @param check the call of {@link #throwIfCancelled()} that throws, and all after it; counted from 1 */
    public static RecordingProgress cancellingAtCheck(long check) {
        return new RecordingProgress(check);
    }

    @Override
    public synchronized void report(String what, long done, long total) {
        if (what.isBlank() || done < 0 || total < -1 || (total >= 0 && done > total)) {
            throw new AssertionError("progress: what='" + what + "', done=" + done + ", total=" + total
                    + "; done must be 0..total, total -1 or more");
        }
        reports.add(new Report(what, done, total));
    }

    @Override
    public synchronized void throwIfCancelled() {
        if (++checks >= cancelAtCheck) {
            throw new ControlRoomException(ErrorCode.CANCELLED, "cancelled by the test");
        }
    }

    /** A copy of all reports so far. */
    public synchronized List<Report> reports() {
        return List.copyOf(reports);
    }

    /** How often the worker looked for a cancellation. */
    public synchronized long checks() {
        return checks;
    }
}
