package org.controlroom.api.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The files of batch jobs: for each a folder with its state, what was uploaded, and the answers.
 *
 * @param root folder of the folders
 */
record BatchJobFiles(Path root) {

    private static final Logger LOG = Logger.getLogger(BatchJobFiles.class.getName());
    private static final String STATE = "job.properties";

    Path input(String id) {
        return root.resolve(id).resolve("input");
    }

    Path result(String id) {
        return root.resolve(id).resolve("result");
    }

    /**
     * Keeps an uploaded body.
     *
     * @return its bytes
     * @throws ControlRoomException TOO_LARGE, STORAGE_FAILED; nothing is kept then
     */
    long receive(String id, InputStream in, long limit) throws IOException {
        create(id);
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        boolean done = false;
        try (OutputStream out = open(input(id), id)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw new ControlRoomException(
                            ErrorCode.TOO_LARGE,
                            Reason.of("file-over-limit", "the file has more than {0} bytes", limit));
                }
                write(out, buffer, read, id);
            }
            done = true;
        } finally {
            if (!done) {
                delete(id);
            }
        }
        return size;
    }

    private void create(String id) {
        try {
            Files.createDirectories(root.resolve(id));
        } catch (IOException e) {
            throw failed(id, e);
        }
    }

    private static OutputStream open(Path file, String id) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw failed(id, e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length, String id) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw failed(id, e);
        }
    }

    private static ControlRoomException failed(String id, IOException e) {
        return new ControlRoomException(
                ErrorCode.STORAGE_FAILED, "batch " + id + " cannot be written (" + e.getMessage() + ")", e);
    }

    /** Writes the state so that a kill leaves the old one or the new one. */
    void save(BatchJob job) {
        Properties values = new Properties();
        values.setProperty("name", job.name());
        values.setProperty("status", job.status().name());
        values.setProperty("media_type", job.mediaType());
        values.setProperty("created_at", job.createdAt().toString());
        put(values, "started_at", job.startedAt());
        put(values, "ended_at", job.endedAt());
        values.setProperty("bytes", Long.toString(job.bytes()));
        values.setProperty("bytes_read", Long.toString(job.bytesRead()));
        values.setProperty("rows", Long.toString(job.rows()));
        values.setProperty("failed_rows", Long.toString(job.failedRows()));
        values.setProperty("result_bytes", Long.toString(job.resultBytes()));
        put(values, "error", job.error());
        Path state = root.resolve(job.id()).resolve(STATE);
        Path part = state.resolveSibling(STATE + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                values.store(out, null);
            }
            Files.move(part, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(job.id(), e);
        }
    }

    private static void put(Properties values, String key, @Nullable Object value) {
        if (value != null) {
            values.setProperty(key, value.toString());
        }
    }

    /** All jobs, oldest first; a folder without a readable state is removed, because its upload never ended. */
    List<BatchJob> load() {
        List<BatchJob> jobs = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return jobs;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.list(root)) {
            folders = all.sorted().toList();
        } catch (IOException e) {
            throw failed(root.toString(), e);
        }
        for (Path folder : folders) {
            String id = folder.getFileName().toString();
            try (InputStream in = Files.newInputStream(folder.resolve(STATE))) {
                Properties values = new Properties();
                values.load(in);
                jobs.add(job(id, values));
            } catch (IOException | IllegalArgumentException | DateTimeException e) {
                LOG.log(Level.WARNING, e, () -> "batch " + id + " has no state and is removed");
                delete(id);
            }
        }
        return jobs;
    }

    private static BatchJob job(String id, Properties values) {
        return new BatchJob(
                id,
                values.getProperty("name", ""),
                BatchJob.Status.valueOf(values.getProperty("status", "").toUpperCase(Locale.ROOT)),
                values.getProperty("media_type", ""),
                Instant.parse(values.getProperty("created_at", "")),
                instant(values, "started_at"),
                instant(values, "ended_at"),
                Long.parseLong(values.getProperty("bytes", "")),
                Long.parseLong(values.getProperty("bytes_read", "")),
                Long.parseLong(values.getProperty("rows", "")),
                Long.parseLong(values.getProperty("failed_rows", "")),
                Long.parseLong(values.getProperty("result_bytes", "")),
                values.getProperty("error"));
    }

    private static @Nullable Instant instant(Properties values, String key) {
        String text = values.getProperty(key);
        return text == null ? null : Instant.parse(text);
    }

    /** Removes what a job has, as far as that goes. */
    void delete(String id) {
        try {
            SafeFiles.delete(root.resolve(id));
        } catch (ControlRoomException e) {
            LOG.log(Level.WARNING, e, () -> "batch " + id + " cannot be removed: " + e.getMessage());
        }
    }

    void deleteInput(String id) {
        try {
            Files.deleteIfExists(input(id));
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "the upload of batch " + id + " cannot be removed: " + e.getMessage());
        }
    }
}
