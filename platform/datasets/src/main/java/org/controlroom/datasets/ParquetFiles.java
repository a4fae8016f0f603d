package org.controlroom.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.controlroom.core.port.DatasetFiles;

/** Datasets as Parquet files with the columns of the catalogue, {@code copy_number} and {@code weight}. */
public final class ParquetFiles implements DatasetFiles {

    /** Not {@code copy}, as it was once: that is a method of pandas' frames, which hides such a column as an attribute. */
    static final String COPY = "copy_number";

    static final String COPY_ONCE = "copy";

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public Rows create(Path file, Map<String, String> about) {
        return new ParquetWriter(file, about);
    }

    @Override
    public void read(Path file, Consumer<Row> rows) {
        new ParquetReader(file).forEach(rows);
    }
}
