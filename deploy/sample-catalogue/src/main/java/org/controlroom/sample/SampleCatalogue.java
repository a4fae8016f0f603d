package org.controlroom.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a generated catalogue as {@code X_train_update.csv} and {@code Y_train_CVw08PX.csv}. */
public final class SampleCatalogue {
    /** How many listings are written when nobody says. */
    public static final int DEFAULT_ROWS = 4_000;

    /** The seed that is used when nobody says. */
    public static final long DEFAULT_SEED = 20_240_527L;

    /** The file with the texts: unnamed index, designation, description, productid, imageid. */
    public static final String PRODUCTS_FILE = "X_train_update.csv";

    /** The file with the labels: unnamed index, prdtypecode. */
    public static final String LABELS_FILE = "Y_train_CVw08PX.csv";

    private SampleCatalogue() {}

    /**
     * Writes both files into a folder, which is made when it is missing; files that are there are replaced.
     *
     * @param rows 27 or more, so that every product type has a listing
     * @throws IllegalArgumentException if there are too few rows
     * @throws UncheckedIOException if the folder cannot be written; no half file is left under the final names
     */
    public static void write(Path folder, int rows, long seed) {
        List<Listing> listings = new ListingGenerator(WordLists.bundled(), seed).generate(rows);
        try {
            Files.createDirectories(folder);
            Path products = folder.resolve(PRODUCTS_FILE + ".part");
            Path labels = folder.resolve(LABELS_FILE + ".part");
            writeProducts(products, listings);
            writeLabels(labels, listings);
            Files.move(products, folder.resolve(PRODUCTS_FILE), StandardCopyOption.REPLACE_EXISTING);
            // the labels come last: a folder that has them is complete
            Files.move(labels, folder.resolve(LABELS_FILE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the sample catalogue into " + folder, e);
        }
    }

    private static void writeProducts(Path file, List<Listing> listings) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(",designation,description,productid,imageid\n");
            for (int i = 0; i < listings.size(); i++) {
                Listing listing = listings.get(i);
                out.write(i + "," + quoted(listing.designation()) + "," + quoted(listing.description()) + ","
                        + listing.productId() + "," + listing.imageId() + "\n");
            }
        }
    }

    private static void writeLabels(Path file, List<Listing> listings) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(",prdtypecode\n");
            for (int i = 0; i < listings.size(); i++) {
                out.write(i + "," + listings.get(i).code() + "\n");
            }
        }
    }

    /** Quotes only what needs it, as the challenge's own files do. */
    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** {@code FOLDER [ROWS [SEED]]} */
    public static void main(String[] args) {
        if (args.length < 1 || args.length > 3) {
            System.err.println("usage: SampleCatalogue FOLDER [ROWS [SEED]]");
            System.exit(2);
        }
        try {
            int rows = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ROWS;
            long seed = args.length > 2 ? Long.parseLong(args[2]) : DEFAULT_SEED;
            write(Path.of(args[0]), rows, seed);
            System.out.println(rows + " products written to " + args[0]);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
