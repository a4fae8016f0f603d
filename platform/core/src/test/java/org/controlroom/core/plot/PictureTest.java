package org.controlroom.core.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.controlroom.core.plot.Picture.Anchor;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void aTextStandsWhereItsAnchorIs() throws IOException {
        String text = "The quick brown fox jumps over the lazy dog, 0123456789 (95.5 %): a-b+c/d=e'";
        int width = (int) Math.ceil(Picture.textWidth(text, 16));
        Picture picture = new Picture(width + 100, 60);
        picture.text(text, width + 60, 30, 16, Anchor.RIGHT);

        BufferedImage image = read(picture);
        assertThat(inked(image, 0, 58)).isZero();
        assertThat(inked(image, 58, 80)).isPositive();
        assertThat(inked(image, width + 40, width + 63)).isPositive();
        assertThat(inked(image, width + 63, width + 100)).isZero();
    }

    @Test
    void everyLetterLooksDifferent() throws IOException {
        String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-+=/()%'";
        assertThat(all.chars().mapToObj(letter -> pixels((char) letter)).distinct())
                .hasSize(all.length());
    }

    @Test
    void aLetterThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Picture(9, 9).text("\u00e9", 0, 0, 9, Anchor.LEFT))
                .hasMessageContaining("no glyph for '\u00e9'");
    }

    @Test
    void numbersAtAnAxisAreRound() {
        assertThat(Frame.tick(5_150)).isEqualTo(1_000);
        assertThat(Frame.end(5_150)).isEqualTo(6_000);
        assertThat(Frame.end(6_000)).isEqualTo(6_000);
        assertThat(Frame.end(1)).isEqualTo(1);
        assertThat(Frame.end(0.031)).isEqualTo(0.04);
        assertThat(Frame.tick(7)).isEqualTo(2);
    }

    @Test
    void aFrameGoesFromItsLowerLeftToItsUpperRightCorner() {
        Frame frame = new Frame(new Picture(9, 9), 10, 20, 100, 50, 4, 2);
        assertThat(frame.atX(0)).isEqualTo(10);
        assertThat(frame.atX(4)).isEqualTo(110);
        assertThat(frame.atY(0)).isEqualTo(70);
        assertThat(frame.atY(2)).isEqualTo(20);
    }

    private static String pixels(char letter) {
        Picture picture = new Picture(30, 40);
        picture.text(Character.toString(letter), 5, 18, 20, Anchor.LEFT);
        try {
            BufferedImage image = read(picture);
            assertThat(inked(image, 0, 30)).as("ink of %s", letter).isPositive();
            StringBuilder pixels = new StringBuilder();
            for (int i = 0; i < 30 * 40; i++) {
                pixels.append(image.getRGB(i % 30, i / 30)).append(' ');
            }
            return pixels.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long inked(BufferedImage image, int from, int to) {
        long inked = 0;
        for (int x = from; x < to; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                inked += new Color(image.getRGB(x, y)).getRed() < 128 ? 1 : 0;
            }
        }
        return inked;
    }

    private static BufferedImage read(Picture picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        picture.writePng(bytes);
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
