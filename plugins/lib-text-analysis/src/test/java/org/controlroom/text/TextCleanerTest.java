package org.controlroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleanerTest {

    private static final Path REAL_DATA = Path.of("../../../shared/data/debcat/X_train_update.csv.gz");

    private final TextCleaner cleaner = new TextCleaner();
    private final CharBuffer raw = new CharBuffer();
    private final CharBuffer out = new CharBuffer();

    private String clean(String text, boolean rules) {
        HtmlEntities.resolveAll(text, raw);
        out.length = 0;
        cleaner.clean(raw, rules, true, out, new Tokens());
        return new String(out.chars, 0, out.length);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            <b>Gros</b><br/>Livre,                  gros livre
            1 < 2 et 3 > 2,                         1 2
            1 < 2 et 3,                             1 < 2 et 3
            `<> vide`,                              <> vide
            &lt;p&gt;Caf&eacute;&nbsp;cr&egrave;me, café crème
            &amp;lt;,                               &lt;
            voir http://a.fr/b?c=d ici,             voir ici
            voir www.a.fr,                          voir
            écrire à jean.dupont@mail.fr svp,       écrire à svp
            réf : AB-1234 neuf,                     neuf
            ref,                                    ref
            modeling set,                           set
            ref <i> </i> abc123 x,                  x
            pile LR-44 neuve,                       pile neuve
            pile LR-44-bis neuve,                   pile neuve
            pile 4LR-44 neuve,                      pile 4 neuve
            ean 1234567890123,                      ``
            lot 123456 pièces,                      lot pièces
            lot 12345 pièces,                       lot 12345 pièces
            """)
    void removesWhatTheOriginalRulesRemove(String text, String expected) {
        assertThat(OriginalRules.clean(text)).isEqualTo(expected);
        assertThat(clean(text, true)).isEqualTo(expected);
    }

    @Test
    void agreesWithTheRegularExpressionsOnHostileTexts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            String text = HostileTexts.next(random);
            if (OriginalRules.unescape(text).codePoints().anyMatch(c -> c > 0xffff && Character.isLetterOrDigit(c))) {
                continue; // glued together from pieces; the next test but one is about these
            }
            // The JDK finds the end of a Greek word by other rules than Unicode's; the next test is about that.
            assertThat(clean(text, true).replace('\u03c2', '\u03c3'))
                    .as("seed %d, text %d: %s", seed, i, escape(text))
                    .isEqualTo(OriginalRules.clean(text).replace('\u03c2', '\u03c3'));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c2",
        "\u039f\u03a3\u039f, \u03bf\u03c3\u03bf",
        "\u039f\u03a3. \u039f, \u03bf\u03c2. \u03bf",
        "\u03a3, \u03c3",
        "\u039f&shy;\u03a3, \u03bf\u00ad\u03c2",
        "\u039f\u03a3&eacute;, \u03bf\u03c3\u00e9"
    })
    void writesTheSigmaThatEndsAWordInItsFinalForm(String text, String expected) {
        assertThat(clean(text, true)).isEqualTo(expected);
    }

    @Test
    void agreesWithTheRegularExpressionsOnTheRealCatalogue() throws IOException {
        Assumptions.assumeTrue(Files.exists(REAL_DATA), "the real data are not beside the checkout");
        int rows = 0;
        try (Reader reader = new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(REAL_DATA)), StandardCharsets.UTF_8);
                var records = CsvReader.builder().ofNamedCsvRecord(reader)) {
            for (var row : records) {
                for (String field : new String[] {"designation", "description"}) {
                    String text = row.getField(field);
                    assertThat(clean(text, true)).as(row.getField("productid")).isEqualTo(OriginalRules.clean(text));
                }
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(40_000);
    }

    @Test
    void takesCharactersBeyondTheBasicPlaneForOneLetterOrDigit() {
        assertThat(clean("\ud801\udc00refill x", true)).isEqualTo("\ud801\udc28refill x");
        String five = "\ud835\udfcf".repeat(5);
        assertThat(clean(five + " x", true)).isEqualTo(five + " x");
        assertThat(clean(five + "\ud835\udfcf x", true)).isEqualTo("x");
    }

    @Test
    void resolvesMarkupOnlyWhenAskedTo() {
        assertThat(clean("<b>R\u00c9F 123456</b> www.a.fr", false)).isEqualTo("r\u00e9f 123456 www.a.fr");
    }

    /** 400,000 pieces take some 50 ms; work that grew with the square of the length would take minutes. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void takesLinearTimeForTextsThatMakeOthersSlow() {
        String[] pieces = {"<", "&", "&lt;", "ref ", "ref - ", "a@", "www.", "x-1", "a.", "@", "http:/", "1", "_"};
        for (String piece : pieces) {
            long before = cpuNanos();
            clean(piece.repeat(400_000), true);
            assertThat(Duration.ofNanos(cpuNanos() - before))
                    .as("time for 400,000 times '%s'", piece)
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < 127 && c >= 32 ? (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }
}
