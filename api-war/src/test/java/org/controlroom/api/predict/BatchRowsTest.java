package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void everyLineIsOneRowHoweverTheBytesArrive(int bytesAtATime) throws IOException {
        String body = "\uFEFF{\"designation\":\"é1\"}\r\n\n  \n{broken\n{\"designation\":\"4\"}";
        List<BatchRow> rows = ndjson(body.getBytes(StandardCharsets.UTF_8), bytesAtATime);

        assertThat(rows).extracting(BatchRow::line).containsExactly(1L, 4L, 5L);
        assertThat(rows.get(0).product()).isEqualTo(new Product("é1", ""));
        assertThatThrownBy(() -> rows.get(1).product()).hasMessageContaining("line 4, column 2");
        assertThat(rows.get(2).product()).isEqualTo(new Product("4", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {65_000, 65_537, 131_072, 131_073, 500_000})
    void aLineThatIsTooLongCostsOnlyItself(int length) throws IOException {
        String body =
                "{\"designation\":\"1\"}\n{\"designation\":\"" + "a".repeat(length) + "\"}\n{\"designation\":\"3\"}\n";
        List<BatchRow> rows = ndjson(body.getBytes(StandardCharsets.UTF_8), 8192);

        assertThat(rows).extracting(BatchRow::line).containsExactly(1L, 2L, 3L);
        ErrorCode expected = length > 65_500 ? ErrorCode.TOO_LARGE : ErrorCode.INVALID_INPUT;
        assertThat(failure(rows.get(1)).code()).isEqualTo(expected);
        assertThat(rows.get(2).product()).isEqualTo(new Product("3", ""));
    }

    @Test
    void manyLinesPassThroughOneBuffer() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = 1; i <= 5000; i++) {
            body.append("{\"designation\":\"")
                    .append(i)
                    .append("\",\"description\":\"")
                    .append("x".repeat(i % 300));
            body.append("\"}\n");
        }
        List<BatchRow> rows = ndjson(body.toString().getBytes(StandardCharsets.UTF_8), 8192);
        assertThat(rows).hasSize(5000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).product().designation()).isEqualTo(Integer.toString(i + 1));
        }
    }

    @Test
    void theColumnsOfTheChallengeFileAreFoundByName() throws IOException {
        List<BatchRow> rows = csv(",designation,description,productid,imageid\n"
                + "0,\"Livre, \"\"beau\"\"\",\"a\nb\",3804725264,1263597046\n1,Titre,,2,3\n");

        assertThat(rows).extracting(BatchRow::line).containsExactly(2L, 4L);
        assertThat(rows).extracting(BatchRow::productId).containsExactly("3804725264", "2");
        assertThat(rows.get(0).product()).isEqualTo(new Product("Livre, \"beau\"", "a\nb"));
        assertThat(rows.get(1).product()).isEqualTo(new Product("Titre", ""));
    }

    @Test
    void aRowWithAnotherNumberOfFieldsCostsOnlyItself() throws IOException {
        List<BatchRow> rows = csv("designation,description\na\nb,c,d\ne,f\n");
        assertThat(failure(rows.get(0))).hasMessageContaining("line 2: 1 fields; must be 2");
        assertThat(failure(rows.get(1))).hasMessageContaining("line 3: 3 fields; must be 2");
        assertThat(rows.get(2).product()).isEqualTo(new Product("e", "f"));
    }

    @Test
    void aColumnThatIsThereTwiceIsRefusedByItsName() {
        assertThatThrownBy(() -> csv("designation,productid,designation\na,1,b\n"))
                .hasMessageContaining("designation: is there more than once");
    }

    @Test
    void anUnclosedQuoteEndsTheRowsWithAnError() throws IOException {
        List<BatchRow> rows = csv("designation\na\n\"b\nc\n");
        assertThat(rows).hasSize(2);
        assertThat(failure(rows.get(1)).code()).isEqualTo(ErrorCode.MALFORMED_BODY);
    }

    @Test
    void bytesThatAreNotUtf8CostTheirRowOnly() throws IOException {
        byte[] body = "designation,productid\nok,1\ncaf\u00e9,2\nok,3\n".getBytes(StandardCharsets.ISO_8859_1);
        List<BatchRow> rows = all(new CsvRows(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
        assertThat(rows).extracting(BatchRow::productId).containsExactly("1", "2", "3");
        assertThat(failure(rows.get(1))).hasMessage("CSV, line 3: bytes that are not UTF-8");
        assertThat(rows.get(2).product()).isEqualTo(new Product("ok", ""));
    }

    @Test
    void anotherEncodingThatIsNamedIsRead() throws IOException {
        byte[] body = "designation\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Charset named = RequestBody.charset("text/csv; charset=\"ISO-8859-1\"");
        List<BatchRow> rows = all(new CsvRows(new ByteArrayInputStream(body), named));
        assertThat(rows.get(0).product().designation()).isEqualTo("caf\u00e9");
        assertThatThrownBy(() -> RequestBody.charset("text/csv;charset=klingon"))
                .hasMessageContaining("charset 'klingon'");
    }

    @Test
    void aCharacterBeyondTheBasicPlaneIsNoDamage() throws IOException {
        String odd = Character.toString(0x103FF);
        assertThat(odd.charAt(1)).isEqualTo('\uDFFF');
        assertThat(csv("designation\n" + odd + "\n").get(0).product().designation())
                .isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "title,text\na,b\n"})
    void aHeaderWithoutDesignationIsRefusedAtOnce(String body) {
        assertThatThrownBy(() -> csv(body))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("designation: is missing");
    }

    private static ControlRoomException failure(BatchRow row) {
        return catchThrowableOfType(ControlRoomException.class, row::product);
    }

    private static List<BatchRow> ndjson(byte[] body, int bytesAtATime) throws IOException {
        InputStream slow = new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, bytesAtATime));
            }
        };
        return all(new NdjsonRows(slow, new ProductReader()));
    }

    private static List<BatchRow> csv(String body) throws IOException {
        return all(
                new CsvRows(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    private static List<BatchRow> all(BatchRows rows) throws IOException {
        List<BatchRow> all = new ArrayList<>();
        for (BatchRow row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }

    @Test
    void aFieldThatNeverEndsIsToldInTheWordsOfTheCaller() throws IOException {
        String body = "designation\nok\n\"" + "x".repeat(300_000) + "\n";
        CsvRows rows =
                new CsvRows(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        assertThat(rows.next()).isNotNull();
        assertThat(failure(rows.next()))
                .hasMessage("CSV, after line 2: a field has more than 262144 characters, or its quotation mark is not"
                        + " closed; nothing after this was read");
        assertThat(rows.next()).isNull();
    }
}
