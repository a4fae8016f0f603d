package org.controlroom.api.control;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Uploaded plugin jars that wait for a decision: at most ten, each for an hour. Thread-safe. */
public final class StagedJars implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StagedJars.class.getName());
    private static final int MOST = 10;
    private static final Duration WAITS = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<String, Staged> staged = new LinkedHashMap<>(); // oldest first; guarded by this

    public StagedJars(InstantSource clock) {
        this.clock = clock;
    }

    /** @param fileName as the user calls it */
    Staged add(InputStream jar, String fileName) throws IOException {
        Staged added =
                new Staged(UUID.randomUUID().toString(), UploadedJar.receive(jar, fileName), fileName, clock.instant());
        synchronized (this) {
            staged.put(added.id(), added);
            tidy();
        }
        return added;
    }

    synchronized Staged get(String id) {
        tidy();
        Staged found = staged.get(id);
        if (found == null) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of(
                            "plugin-upload-unknown",
                            "plugin upload '{0}'; an upload waits for {1} minutes, at most until the server stops; upload the jar again",
                            id,
                            WAITS.toMinutes()));
        }
        return found;
    }

    synchronized void remove(String id) {
        Staged gone = staged.remove(id);
        if (gone != null) {
            delete(gone);
        }
    }

    private synchronized void tidy() {
        Instant oldest = clock.instant().minus(WAITS);
        List<Staged> all = new ArrayList<>(staged.values());
        for (int i = 0; i < all.size(); i++) {
            if (all.size() - i > MOST || all.get(i).receivedAt().isBefore(oldest)) {
                remove(all.get(i).id());
            }
        }
    }

    private static void delete(Staged gone) {
        try {
            gone.jar().close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "cannot delete " + gone.jar().file());
        }
    }

    @Override
    public synchronized void close() {
        staged.values().forEach(StagedJars::delete);
        staged.clear();
    }

    /** One jar that waits. */
    record Staged(String id, UploadedJar jar, String fileName, Instant receivedAt) {}
}
