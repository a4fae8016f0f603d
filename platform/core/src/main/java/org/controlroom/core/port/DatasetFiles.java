package org.controlroom.core.port;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The format in which the rows of a dataset are handed out. Thread-safe; the same rows give the same bytes. */
public interface DatasetFiles {

    /** Ending of the file names, with the dot. */
    String ending();

    /**
     * Begins a file.
     *
     * @param about what is written into the file beside its rows
     * @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED
     */
    Rows create(Path file, Map<String, String> about);

    /**
     * Gives the rows of a file back that was made here, in their order. Memory does not grow with the rows.
     *
     * @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED when it is no such file, or a damaged one
     */
    void read(Path file, Consumer<Row> rows);

    /** A file that is being written, of one thread. Memory does not grow with the rows. */
    interface Rows extends AutoCloseable {

        /** @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED */
        void add(Row row);

        /**
         * Ends the file; without this it is none.
         *
         * @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED
         */
        void finish();

        @Override
        void close();
    }

    /**
     * One row.
     *
     * @param copy 0 for the product itself, above for its repetitions by oversampling, which follow it
     * @param weight of the row in a training
     */
    record Row(
            long productId,
            String designation,
            String description,
            @Nullable Long imageId,
            int label,
            int copy,
            double weight) {}
}
