package org.controlroom.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.controlroom.sample.SampleCatalogue;
import org.controlroom.spi.Product;

/**
 * The catalogue that everything is measured on.
 *
 * @param products file with the texts, plain or gzipped
 * @param labels file with the labels, plain or gzipped
 */
record BenchmarkData(Path products, Path labels) {

    private static final int SAMPLE_ROWS = 20_000;

    /** One row of both files. */
    record Row(Product product, String imageId, String label) {}

    /**
     * Finds the catalogue, or writes a generated one.
     *
     * @param data folder in the challenge's layout; an empty name means that a sample is generated
     * @param work where the sample goes
     */
    static BenchmarkData find(String data, Path work) {
        if (!data.isEmpty()) {
            return of(Path.of(data));
        }
        Path sample = work.resolve("sample");
        if (!Files.exists(sample.resolve(SampleCatalogue.LABELS_FILE))) {
            SampleCatalogue.write(sample, SAMPLE_ROWS, SampleCatalogue.DEFAULT_SEED);
        }
        return of(sample);
    }

    static BenchmarkData of(Path folder) {
        return new BenchmarkData(
                file(folder, SampleCatalogue.PRODUCTS_FILE), file(folder, SampleCatalogue.LABELS_FILE));
    }

    private static Path file(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path zipped = folder.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(zipped)) {
            throw new IllegalArgumentException(folder + " has neither " + name + " nor " + name + ".gz");
        }
        return Files.exists(plain) ? plain : zipped;
    }

    /** All rows, in file order. */
    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> texts = CsvReader.builder().ofNamedCsvRecord(open(products));
                CsvReader<NamedCsvRecord> codes = CsvReader.builder().ofNamedCsvRecord(open(labels))) {
            var code = codes.iterator();
            for (NamedCsvRecord text : texts) {
                rows.add(new Row(
                        new Product(text.getField("designation"), text.getField("description")),
                        text.getField("imageid"),
                        code.next().getField("prdtypecode")));
            }
        }
        return rows;
    }

    List<Product> texts() throws IOException {
        return rows().stream().map(Row::product).toList();
    }

    /** The text of a file, plain or gzipped. */
    static BufferedReader open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
