package org.controlroom.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.Product;

/**
 * Writes what the HTTP benchmark sends: {@code bodies.jsonl} with requests of products from all over the catalogue, and
 * the whole product file unpacked as {@code products.csv}. Prints the number of products. Arguments: data folder or empty, work folder.
 */
public final class PredictBodies {

    private static final int REQUESTS = 5_000;
    private static final int DESIGNATION_MAX = 1_000;
    private static final int DESCRIPTION_MAX = 10_000;

    private PredictBodies() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[1]);
        Files.createDirectories(work);
        BenchmarkData data = BenchmarkData.find(args[0], work);
        List<Product> products = data.texts();
        int step = Math.max(1, products.size() / REQUESTS);
        try (BufferedWriter out = Files.newBufferedWriter(work.resolve("bodies.jsonl"), StandardCharsets.UTF_8)) {
            for (int i = 0; i < products.size(); i += step) {
                Product product = products.get(i);
                Json body = new Json.Obj(new TreeMap<>(Map.of(
                        "designation", Json.of(cut(product.designation(), DESIGNATION_MAX)),
                        "description", Json.of(cut(product.description(), DESCRIPTION_MAX)))));
                out.write(body.write().strip().replace("\n", " "));
                out.write('\n');
            }
        }
        try (Reader in = BenchmarkData.open(data.products());
                Writer out = Files.newBufferedWriter(work.resolve("products.csv"), StandardCharsets.UTF_8)) {
            in.transferTo(out);
        }
        System.out.println(products.size());
    }

    /** Not in the middle of a character. */
    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
