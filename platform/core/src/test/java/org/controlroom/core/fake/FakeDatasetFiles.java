package org.controlroom.core.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.controlroom.core.port.DatasetFiles;

/** One line a row: id, label, copy, weight; then the texts. */
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
                        .append('\t')
                        .append(row.designation())
                        .append('\t')
                        .append(row.description())
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

    @Override
    public void read(Path file, Consumer<Row> rows) {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t", -1);
                String[] numbers = parts[0].split(" ");
                rows.accept(new Row(
                        Long.parseLong(numbers[0]),
                        parts[1],
                        parts[2],
                        null,
                        Integer.parseInt(numbers[1]),
                        Integer.parseInt(numbers[2]),
                        Double.parseDouble(numbers[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
