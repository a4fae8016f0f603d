package org.controlroom.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCatalogueTest {
    /** What the default catalogue hashes to; it changes only with the word lists or the generator. */
    private static final String PRODUCTS_SHA256 = "5c245c4945759a23c8971e4e66b1cebab802dfd422059daa5b95c056972d2fd2";

    private static final String LABELS_SHA256 = "3e88bf0cc8fb4396e67bc31b8fd08957990f971307938d7cbcbc05733c18133d";

    @TempDir
    static Path folder;

    private static List<NamedCsvRecord> products = List.of();
    private static List<NamedCsvRecord> labels = List.of();

    @BeforeAll
    static void generate() throws IOException {
        SampleCatalogue.write(folder, SampleCatalogue.DEFAULT_ROWS, SampleCatalogue.DEFAULT_SEED);
        products = read(folder.resolve(SampleCatalogue.PRODUCTS_FILE));
        labels = read(folder.resolve(SampleCatalogue.LABELS_FILE));
    }

    @Test
    void theSameSizeAndSeedGiveTheSameBytesOnEveryMachine() throws Exception {
        assertThat(sha256(folder.resolve(SampleCatalogue.PRODUCTS_FILE))).isEqualTo(PRODUCTS_SHA256);
        assertThat(sha256(folder.resolve(SampleCatalogue.LABELS_FILE))).isEqualTo(LABELS_SHA256);
    }

    @Test
    void anotherSeedGivesAnotherCatalogue(@TempDir Path other) throws IOException {
        SampleCatalogue.write(other, 100, 1);
        byte[] one = Files.readAllBytes(other.resolve(SampleCatalogue.PRODUCTS_FILE));
        SampleCatalogue.write(other, 100, 2);

        assertThat(Files.readAllBytes(other.resolve(SampleCatalogue.PRODUCTS_FILE)))
                .isNotEqualTo(one);
    }

    @Test
    void theFilesHaveTheColumnsAndIndexOfTheChallenge() {
        assertThat(products.get(0).getHeader())
                .containsExactly("", "designation", "description", "productid", "imageid");
        assertThat(labels.get(0).getHeader()).containsExactly("", "prdtypecode");
        assertThat(products).hasSize(SampleCatalogue.DEFAULT_ROWS);
        assertThat(labels).hasSize(SampleCatalogue.DEFAULT_ROWS);
        assertThat(IntStream.range(0, products.size()))
                .allMatch(i -> products.get(i).getField(0).equals(String.valueOf(i))
                        && labels.get(i).getField(0).equals(String.valueOf(i)));
    }

    @Test
    void productIdsAreUniqueAndDesignationsAreInTheLimits() {
        assertThat(products.stream().map(row -> row.getField("productid"))).doesNotHaveDuplicates();
        assertThat(products).allMatch(row -> row.getField("productid").matches("\\d{9,10}"));
        assertThat(products.stream().map(row -> row.getField("designation").length()))
                .allMatch(length -> length >= 1 && length <= 1000);
    }

    @Test
    void all27CodesArePresentAndTheLargestIsManyTimesTheSmallest() {
        Map<String, Long> counts = labels.stream()
                .collect(Collectors.groupingBy(row -> row.getField("prdtypecode"), Collectors.counting()));

        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(
                        "10", "40", "50", "60", "1140", "1160", "1180", "1280", "1281", "1300", "1301", "1302", "1320",
                        "1560", "1920", "1940", "2060", "2220", "2280", "2403", "2462", "2522", "2582", "2583", "2585",
                        "2705", "2905");
        long largest = counts.values().stream().max(Long::compare).orElseThrow();
        long smallest = counts.values().stream().min(Long::compare).orElseThrow();
        assertThat(largest).isGreaterThan(8 * smallest);
        assertThat(smallest).isGreaterThan(20);
    }

    @Test
    void theListingsHaveTheDirtOfRealOnes() {
        assertThat(share("description", String::isEmpty)).isBetween(0.2, 0.4);
        assertThat(share("description", text -> text.contains("<") && text.contains(">")))
                .isGreaterThan(0.3);
        assertThat(share("description", text -> text.indexOf('\n') >= 0)).isGreaterThan(0.1);
        assertThat(share("description", text -> text.contains("&eacute;"))).isGreaterThan(0.02);
        assertThat(share("description", text -> text.matches("(?s).*\\w+@[\\w-]+\\.example.*")))
                .isGreaterThan(0.02);
        assertThat(share("description", text -> text.contains("https://"))).isGreaterThan(0.02);
        assertThat(share("designation", text -> text.matches(".*[A-Z]{2}-\\d{4}[A-Z].*")))
                .isGreaterThan(0.05);
        assertThat(share("designation", text -> text.matches(".*\\d{13}.*"))).isGreaterThan(0.02);
        assertThat(share("designation", text -> text.equals(text.toUpperCase(java.util.Locale.ROOT))))
                .isGreaterThan(0.03);
    }

    @Test
    void someListingsAreNearDuplicatesOfEarlierOnes() {
        Map<String, Long> descriptions = products.stream()
                .map(row -> row.getField("description"))
                .filter(text -> text.length() > 60)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(descriptions.values().stream().filter(count -> count > 1).count())
                .isGreaterThan(20);
    }

    @Test
    void frenchComesFirstWithSomeEnglishAndGerman() {
        double french = share("description", text -> text.matches("(?is).*\\b(de|et|avec|pour|les)\\b.*"));
        double english = share("description", text -> text.matches("(?is).*\\b(and|with|for|the)\\b.*"));
        double german = share("description", text -> text.matches("(?is).*\\b(und|mit|für|der|aus)\\b.*"));

        assertThat(french).isGreaterThan(2 * english);
        assertThat(english).isGreaterThan(german);
        assertThat(german).isGreaterThan(0.01);
    }

    @Test
    void tooFewRowsAreRefusedWithTheLimit() {
        assertThatThrownBy(() -> SampleCatalogue.write(folder, 26, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows=26; must be 27 or more");
    }

    @Test
    void aFolderThatIsAFileIsNamedInTheError(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("file"), "");

        assertThatThrownBy(() -> SampleCatalogue.write(file, 100, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private static double share(String column, Predicate<String> test) {
        long hits =
                products.stream().filter(row -> test.test(row.getField(column))).count();
        return (double) hits / products.size();
    }

    private static List<NamedCsvRecord> read(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
