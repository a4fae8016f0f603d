package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.controlroom.core.model.FilePreview;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Upload;
import org.controlroom.core.port.Uploads.Part;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {

    private static final String X_HEADER = ",designation,description,productid,imageid\n";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private TestDatabase test;
    private JdbcRunHistory runs;
    private UploadFolder uploads;

    @BeforeEach
    void open() {
        test = new TestDatabase(folder);
        runs = new JdbcRunHistory(test.database, () -> now);
        uploads = new UploadFolder(folder.resolve("uploads"), runs, () -> now, new Random(5), 1_000);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String send(String products) {
        String id = uploads.begin().id();
        uploads.receive(id, Part.PRODUCTS, "X.csv", bytes(products));
        return id;
    }

    private ControlRoomException refused(Runnable action) {
        return catchThrowableOfType(ControlRoomException.class, action::run);
    }

    @Test
    void filesKeepTheirNamesAndAreHandedToTheLoadPipeline() {
        String id = uploads.begin().id();
        assertThat(refused(() -> uploads.parameters(id)).code()).isEqualTo(ErrorCode.CONFLICT);
        uploads.receive(id, Part.PRODUCTS, "C:\\my files\\Été 2026.csv", bytes(X_HEADER));
        Upload upload = uploads.receive(id, Part.LABELS, "../../Y_train.csv", bytes(",prdtypecode\n"));

        assertThat(upload.products()).isEqualTo(new Upload.UploadedFile("_t__2026.csv", X_HEADER.length()));
        assertThat(upload.labels().name()).isEqualTo("Y_train.csv");
        Map<String, String> parameters = uploads.parameters(id);
        assertThat(parameters).containsOnlyKeys("labels", "products");
        assertThat(parameters.values())
                .allSatisfy(path -> assertThat(Path.of(path))
                        .startsWith(folder.resolve("uploads").resolve(id))
                        .isRegularFile());
        uploads.receive(id, Part.PRODUCTS, "other", bytes(X_HEADER));
        assertThat(uploads.upload(id).products().name()).isEqualTo("other.csv");
    }

    @Test
    void aNameNeverLeavesItsFolderAndEndsAsTheContentIs() {
        assertThat(UploadFolder.fileName(Part.PRODUCTS, "../..", false)).isEqualTo("products.csv");
        assertThat(UploadFolder.fileName(Part.LABELS, "", true)).isEqualTo("labels.csv.gz");
        assertThat(UploadFolder.fileName(Part.LABELS, "y.csv.gz", false)).isEqualTo("y.csv");
        assertThat(UploadFolder.fileName(Part.LABELS, "a".repeat(300), false)).hasSizeLessThan(120);
        for (String id : List.of("../x", "0123456789abcdef", "")) {
            assertThat(refused(() -> uploads.upload(id)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefusedAndLeavesTheOneBefore() throws IOException {
        String id = send(X_HEADER);
        assertThat(refused(() -> uploads.receive(id, Part.PRODUCTS, "big.csv", bytes("x".repeat(1_001))))
                        .code())
                .isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(uploads.upload(id).products().name()).isEqualTo("X.csv");
        try (Stream<Path> left = Files.walk(folder.resolve("uploads"))) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void thePreviewShowsTheFirstRowsAndWhatIsWrongWithThem() {
        String id = send(X_HEADER + "0,A,\"two\nlines\",100,\n1,,,101,\n2,B,,100,\n2,C,,102,\n3,D,,x,\n");
        uploads.receive(id, Part.LABELS, "Y.csv", bytes(",prdtypecode\n0,10\n0,20\n1,abc\n"));

        List<FilePreview> previews = uploads.preview(id, 2);

        FilePreview products = previews.get(0);
        assertThat(products.part()).isEqualTo("products");
        assertThat(products.columns()).containsExactly("", "designation", "description", "productid", "imageid");
        assertThat(products.rows())
                .extracting(FilePreview.PreviewRow::line, row -> row.fields().get(1))
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(2L, "A"), org.assertj.core.api.Assertions.tuple(4L, ""));
        assertThat(products.rowsChecked()).isEqualTo(5);
        assertThat(products.whole()).isTrue();
        assertThat(products.problem()).isNull();
        assertThat(products.mistakes())
                .extracting(mistake -> mistake.line() + " " + mistake.reason())
                .containsExactly(
                        "4 designation is blank; must have 1..10000 characters",
                        "5 productid 100 was in this file before; must be unique",
                        "6 row index 2 was in this file before; must be unique",
                        "7 productid 'x'; must be a whole number from 0 to 9223372036854775807");
        assertThat(previews.get(1).mistakes())
                .extracting(FilePreview.RowMistake::reason)
                .containsExactly(
                        "second label for row index 0; must have one", "prdtypecode 'abc'; must be 1..2147483647");
    }

    @Test
    void aFileThatCannotBeLoadedIsShownWithItsColumnsAndTheReason() throws IOException {
        FilePreview twice = uploads.preview(send(",designation,description,designation,imageid\n0,A,,1,\n"), 5)
                .get(0);
        assertThat(twice.columns()).contains("designation");
        assertThat(twice.problem())
                .isEqualTo("X.csv line 1: more than one column 'designation'; must be"
                        + " ',designation,description,productid,imageid'");
        assertThat(uploads.preview(send(""), 5).get(0).problem())
                .contains("X.csv is empty; must start with the columns ',designation");
        assertThat(uploads.preview(send(X_HEADER), 5).get(0).problem()).contains("has no rows after its header");

        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write((X_HEADER + "0,A,,100,\n").getBytes(StandardCharsets.UTF_8));
        }
        String id = uploads.begin().id();
        uploads.receive(id, Part.PRODUCTS, "X.csv", new ByteArrayInputStream(zipped.toByteArray()));
        FilePreview whole = uploads.preview(id, 5).get(0);
        assertThat(whole.name()).isEqualTo("X.csv.gz");
        assertThat(whole.problem()).isNull();
        assertThat(whole.rows()).hasSize(1);
    }

    @Test
    void loadedAndExpiredUploadsMakeRoomForNewOnesAndOthersDoNot() {
        String first = uploads.begin().id();
        for (int i = 1; i < UploadFolder.MOST; i++) {
            now = now.plusSeconds(1);
            uploads.begin();
        }
        assertThat(refused(uploads::begin)).hasMessageContaining("10 uploads wait to be loaded");

        String run =
                runs.create("load-data", List.of("load-catalogue"), Map.of()).id();
        uploads.started(first, run);
        assertThat(refused(uploads::begin).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused(() -> uploads.remove(first))).hasMessageContaining("is being loaded by " + run);
        assertThat(refused(() -> uploads.receive(first, Part.PRODUCTS, "x", bytes("")))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        runs.setStatus(run, RunStatus.COMPLETED, null);
        uploads.begin();
        assertThat(uploads.uploads())
                .hasSize(UploadFolder.MOST)
                .extracting(Upload::id)
                .doesNotContain(first);

        now = now.plus(Duration.ofHours(25));
        uploads.begin();
        assertThat(uploads.uploads()).hasSize(1);
    }
}
