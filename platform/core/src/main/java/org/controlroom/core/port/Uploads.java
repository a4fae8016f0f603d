package org.controlroom.core.port;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.FilePreview;
import org.controlroom.core.model.Upload;

/**
 * Catalogue files that people send, kept until they are loaded. Thread-safe. There are a bounded number; the oldest that
 * are loaded or expired make room for new ones.
 *
 * <p>Methods with an id throw {@link org.controlroom.spi.ControlRoomException} NOT_FOUND when there is no such upload, all
 * methods STORAGE_FAILED when the data folder cannot be written.
 */
public interface Uploads {

    /** The two files of a load. */
    enum Part {
        PRODUCTS,
        LABELS
    }

    /** @throws org.controlroom.spi.ControlRoomException CONFLICT when there are too many that nobody has loaded yet */
    Upload begin();

    /**
     * Receives a file, plain or gzipped, to its end; one that is there is replaced.
     *
     * @param name how the file is called; letters, digits, dots, hyphens and underscores of it are kept
     * @param content read to its end, not closed
     * @throws org.controlroom.spi.ControlRoomException TOO_LARGE; OVERLOADED when too many files arrive at once; CONFLICT
     *     while a run loads the upload
     */
    Upload receive(String id, Part part, String name, InputStream content);

    Upload upload(String id);

    /** Newest first. */
    List<Upload> uploads();

    /**
     * Reads the first rows of each file that has arrived.
     *
     * @param rows rows to show of each, 1..100
     */
    List<FilePreview> preview(String id, int rows);

    /**
     * Parameters for pipeline {@code load-data}.
     *
     * @throws org.controlroom.spi.ControlRoomException CONFLICT when the product file is missing
     */
    Map<String, String> parameters(String id);

    /** Remembers the run that loads it. */
    void started(String id, String runId);

    /** @throws org.controlroom.spi.ControlRoomException CONFLICT while a run loads it */
    void remove(String id);
}
