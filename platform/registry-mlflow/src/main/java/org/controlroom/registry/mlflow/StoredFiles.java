package org.controlroom.registry.mlflow;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.RegistryNames;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Reads files of the server and compares them with their checksums, where somebody wrote these down. */
final class StoredFiles {

    private final MlflowHttp http;

    StoredFiles(MlflowHttp http) {
        this.http = http;
    }

    /** Reads them where they are. */
    void verify(List<StoredFile> files) {
        AFewAtOnce.run(files.stream()
                .filter(each -> each.text() == null)
                .<Runnable>map(each -> () -> {
                    RegistryNames.checkPath(each.path());
                    check(each, read(each, Sha256Subscriber::new));
                })
                .toList());
    }

    /** Copies each to its path below the folder. */
    void bring(List<StoredFile> files, Path folder) {
        AFewAtOnce.run(
                files.stream().<Runnable>map(each -> () -> bring(each, folder)).toList());
    }

    private void bring(StoredFile file, Path folder) {
        // The server lists whatever others called their files.
        RegistryNames.checkPath(file.path());
        Path copy = folder.resolve(file.path());
        try {
            Files.createDirectories(copy.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write " + copy + ": " + e, e);
        }
        String text = file.text();
        if (text != null) {
            SafeFiles.write(copy, text);
            return;
        }
        read(file, () -> MlflowHttp.ofNewFile(copy));
        try {
            check(file, SafeFiles.sha256(copy));
        } catch (ControlRoomException e) {
            SafeFiles.delete(copy);
            throw e;
        }
    }

    /** @param reader what becomes of its bytes; made anew for each attempt */
    private <T> T read(StoredFile file, Supplier<BodySubscriber<T>> reader) {
        Optional<T> found;
        try {
            found = http.get("fetch " + file.where(), file.at(), reader);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE || file.there().getAsBoolean()) {
                throw e;
            }
            found = Optional.empty();
        }
        return found.orElseThrow(() -> new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID,
                file.where() + " is missing"
                        + (file.sum() == null ? "" : "; it was logged with SHA-256 " + file.sum())));
    }

    private static void check(StoredFile file, String actual) {
        if (file.sum() != null && !file.sum().equals(actual)) {
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID,
                    file.where() + " is damaged: SHA-256 " + actual + "; must be " + file.sum());
        }
    }
}
