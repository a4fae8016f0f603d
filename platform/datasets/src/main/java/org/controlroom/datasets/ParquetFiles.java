package org.controlroom.datasets;

import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.port.DatasetFiles;

/** Datasets as Parquet files with the columns of the catalogue, {@code copy} and {@code weight}. */
public final class ParquetFiles implements DatasetFiles {

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public Rows create(Path file, Map<String, String> about) {
        return new ParquetWriter(file, about);
    }
}
