package org.controlroom.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.FilePreview;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Upload;
import org.controlroom.core.model.Upload.UploadedFile;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.Uploads;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Uploads as folders: {@code ID/created}, {@code ID/products/NAME}, {@code ID/labels/NAME} and {@code ID/run}. A file that
 * still arrives has another place and is moved when it is whole, so what is seen is whole.
 */
public final class UploadFolder implements Uploads {

    /** Bytes of one file at most, as it is sent. */
    public static final long MAX_BYTES = 512L << 20;

    /** Uploads at once. */
    static final int MOST = 10;

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int ARRIVING_AT_ONCE = 2;

    /** Space that is left to the database; asked for at each step of so many bytes. */
    private static final long SPARE_BYTES = 256L << 20;

    private static final long STEP_BYTES = 16L << 20;

    private static final String CREATED = "created";
    private static final String RUN = "run";

    private final Path root;
    private final RunHistory runs;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final long maxBytes;
    private final Semaphore arriving = new Semaphore(ARRIVING_AT_ONCE);

    public UploadFolder(Path root, RunHistory runs, InstantSource clock, RandomGenerator random) {
        this(root, runs, clock, random, MAX_BYTES);
    }

    UploadFolder(Path root, RunHistory runs, InstantSource clock, RandomGenerator random, long maxBytes) {
        this.root = root;
        this.runs = runs;
        this.clock = clock;
        this.random = random;
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized Upload begin() {
        try {
            Files.createDirectories(root);
            makeRoom();
            String id = String.format(Locale.ROOT, "%016x", random.nextLong());
            Path folder = Files.createDirectory(root.resolve(id));
            Files.writeString(folder.resolve(CREATED), clock.instant().toString());
            return upload(id);
        } catch (IOException e) {
            throw failed("begin an upload", e);
        }
    }

    private void makeRoom() {
        List<Upload> kept = new ArrayList<>();
        for (Upload upload : uploads()) {
            if (upload.expiresAt().isBefore(clock.instant()) && !isLoading(upload)) {
                SafeFiles.delete(folder(upload.id()));
            } else {
                kept.add(0, upload);
            }
        }
        for (Upload oldest : List.copyOf(kept)) {
            if (kept.size() >= MOST && status(oldest) == RunStatus.COMPLETED) {
                SafeFiles.delete(folder(oldest.id()));
                kept.remove(oldest);
            }
        }
        if (kept.size() >= MOST) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "uploads-full",
                            "{0} uploads wait to be loaded; must be at most {1}; load or remove one",
                            kept.size(),
                            MOST));
        }
    }

    private boolean isLoading(Upload upload) {
        RunStatus status = status(upload);
        return status == RunStatus.QUEUED || status == RunStatus.RUNNING;
    }

    private @Nullable RunStatus status(Upload upload) {
        String run = upload.runId();
        if (run == null) {
            return null;
        }
        try {
            return runs.run(run).status();
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public Upload receive(String id, Part part, String name, InputStream content) {
        Path folder = folder(id);
        refuseWhileLoading(id);
        if (!arriving.tryAcquire()) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of("uploads-busy", "{0} files arrive already; wait for the end of one", ARRIVING_AT_ONCE));
        }
        Path partial = folder.resolve(".arriving-" + part);
        try {
            boolean zipped = write(content, partial);
            Path place = Files.createDirectories(folder.resolve(folderOf(part)));
            try (Stream<Path> earlier = Files.list(place)) {
                for (Path file : earlier.toList()) {
                    Files.delete(file);
                }
            }
            Files.move(partial, place.resolve(fileName(part, name, zipped)), StandardCopyOption.ATOMIC_MOVE);
            return upload(id);
        } catch (IOException e) {
            throw failed("upload " + id + ": receive " + part, e);
        } finally {
            arriving.release();
            deleteQuietly(partial);
        }
    }

    private void refuseWhileLoading(String id) {
        Upload upload = upload(id);
        if (isLoading(upload)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "upload-loading",
                            "upload {0} is being loaded by {1}; wait for its end",
                            id,
                            upload.runId()));
        }
    }

    /** @return whether the content is gzipped, by its first two bytes */
    private boolean write(InputStream content, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        boolean zipped = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream in = new BufferedInputStream(content, buffer.length);
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (size == 0) {
                    zipped = read > 1 && buffer[0] == 0x1f && buffer[1] == (byte) 0x8b;
                }
                if (size / STEP_BYTES != (size + read) / STEP_BYTES || size == 0) {
                    requireSpace();
                }
                size += read;
                if (size > maxBytes) {
                    throw new ControlRoomException(
                            ErrorCode.TOO_LARGE,
                            Reason.of("file-too-large", "the file has more; must be at most {0} bytes", maxBytes));
                }
                out.write(buffer, 0, read);
            }
        }
        return zipped;
    }

    private void requireSpace() throws IOException {
        long usable = Files.getFileStore(root).getUsableSpace();
        if (usable < SPARE_BYTES + STEP_BYTES) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    "the disk of the data folder has " + usable + " bytes left; uploads leave " + SPARE_BYTES
                            + " to the database; free space");
        }
    }

    /** The name without folders and odd characters, ending as the content is. */
    static String fileName(Part part, String name, boolean zipped) {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceAll("(?i)(\\.csv)?(\\.gz)?$", "")
                .replaceAll("^[.]+", "");
        String base = plain.isEmpty() ? folderOf(part) : plain.substring(0, Math.min(100, plain.length()));
        return base + (zipped ? ".csv.gz" : ".csv");
    }

    private static String folderOf(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Upload upload(String id) {
        Path folder = folder(id);
        try {
            Instant created = Instant.parse(Files.readString(folder.resolve(CREATED)));
            Path run = folder.resolve(RUN);
            return new Upload(
                    id,
                    created,
                    created.plus(KEPT),
                    uploaded(file(id, Part.PRODUCTS)),
                    uploaded(file(id, Part.LABELS)),
                    Files.exists(run) ? Files.readString(run) : null);
        } catch (IOException e) {
            throw failed("read upload " + id, e);
        }
    }

    private static @Nullable UploadedFile uploaded(@Nullable Path file) throws IOException {
        return file == null ? null : new UploadedFile(String.valueOf(file.getFileName()), Files.size(file));
    }

    @Override
    public List<Upload> uploads() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve(CREATED)))
                    .map(folder -> upload(String.valueOf(folder.getFileName())))
                    .sorted(Comparator.comparing(Upload::createdAt).reversed())
                    .toList();
        } catch (IOException e) {
            throw failed("list uploads", e);
        }
    }

    @Override
    public List<FilePreview> preview(String id, int rows) {
        folder(id);
        List<FilePreview> previews = new ArrayList<>();
        for (Part part : Part.values()) {
            Path file = file(id, part);
            if (file != null) {
                previews.add(FilePreviews.of(part, file, rows));
            }
        }
        return previews;
    }

    @Override
    public Map<String, String> parameters(String id) {
        folder(id);
        Path products = file(id, Part.PRODUCTS);
        if (products == null) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of("upload-no-products", "upload {0} has no product file yet; send it to …/products", id));
        }
        Map<String, String> parameters = new TreeMap<>(Map.of("products", products.toString()));
        Path labels = file(id, Part.LABELS);
        if (labels != null) {
            parameters.put("labels", labels.toString());
        }
        return parameters;
    }

    private @Nullable Path file(String id, Part part) {
        Path place = folder(id).resolve(folderOf(part));
        if (!Files.isDirectory(place)) {
            return null;
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.findFirst().orElse(null);
        } catch (IOException e) {
            throw failed("read upload " + id, e);
        }
    }

    @Override
    public void started(String id, String runId) {
        try {
            Files.writeString(folder(id).resolve(RUN), runId);
        } catch (IOException e) {
            throw failed("upload " + id + ": keep its run", e);
        }
    }

    @Override
    public synchronized void remove(String id) {
        refuseWhileLoading(id);
        SafeFiles.delete(folder(id));
    }

    private Path folder(String id) {
        // only names that begin() gives can lead to a folder
        if (id.matches("[0-9a-f]{16}") && Files.exists(root.resolve(id).resolve(CREATED))) {
            return root.resolve(id);
        }
        throw new ControlRoomException(
                ErrorCode.NOT_FOUND, Reason.of("upload-unknown", "upload '{0}' does not exist, or has expired", id));
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it goes with its folder
            System.getLogger(UploadFolder.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + file, e);
        }
    }

    private static ControlRoomException failed(String what, IOException cause) {
        return new ControlRoomException(ErrorCode.STORAGE_FAILED, what + " failed (" + cause + ")", cause);
    }
}
