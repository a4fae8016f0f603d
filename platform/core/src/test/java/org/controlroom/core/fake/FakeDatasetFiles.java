package org.controlroom.core.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.port.DatasetFiles;

/** One line a row: id, label, copy, weight. */
public final class FakeDatasetFiles implements DatasetFiles {

    /** Runs when the first file is begun. */
    public Runnable atCreate = () -> {};

    @Override
    public String ending() {
        return ".txt";
    }

    @Override
    public Rows create(Path file, Map<String, String> about) {
        atCreate.run();
        StringBuilder lines = new StringBuilder();
        return new Rows() {
            @Override
            public void add(Row row) {
                lines.append(row.productId()).append(' ').append(row.label());
                lines.append(' ')
                        .append(row.copy())
                        .append(' ')
                        .append(row.weight())
                        .append('\n');
            }

            @Override
            public void finish() {
                try {
                    Files.writeString(file, lines);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() {}
        };
    }
}
