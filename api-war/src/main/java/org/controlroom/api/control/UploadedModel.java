package org.controlroom.api.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** The files of a model that was sent as a zip, in a temporary folder until closed. */
record UploadedModel(TemporaryFolder folder) implements AutoCloseable {

    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_FILES = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** @throws ControlRoomException MALFORMED_BODY when it is no zip of plain files, TOO_LARGE */
    static UploadedModel receive(InputStream in) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("model");
        boolean whole = false;
        try (ZipInputStream zip = new ZipInputStream(in)) {
            long left = MAX_BYTES;
            int files = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (entry.isDirectory() || !NAME.matcher(name).matches() || ++files > MAX_FILES) {
                    throw new ControlRoomException(
                            ErrorCode.MALFORMED_BODY,
                            "the zip has the entry '" + name + "'; must be at most " + MAX_FILES
                                    + " files without folders, with names of letters, digits and any of . _ -");
                }
                left -= copy(zip, folder.path().resolve(name), left);
            }
            if (files == 0) {
                throw new ControlRoomException(ErrorCode.MALFORMED_BODY, "the body is no zip, or an empty one");
            }
            whole = true;
            return new UploadedModel(folder);
        } catch (ZipException | EOFException e) {
            throw new ControlRoomException(
                    ErrorCode.MALFORMED_BODY, "the zip is damaged or cut off: " + e.getMessage(), e);
        } finally {
            if (!whole) {
                folder.close();
            }
        }
    }

    private static long copy(InputStream in, Path file, long most) throws IOException {
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > most) {
                    throw new ControlRoomException(
                            ErrorCode.TOO_LARGE,
                            "the model has more; all its files together must be at most " + MAX_BYTES + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void close() {
        folder.close();
    }
}
