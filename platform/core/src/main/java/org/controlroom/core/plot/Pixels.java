package org.controlroom.core.plot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** The pixels of a picture with smooth edges, and their PNG file (RFC 2083). All places are in pixels from the top left corner. */
final class Pixels {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHANNELS = 3;
    private static final byte FILTER_UP = 2;

    private final int width;
    private final int height;
    private final byte[] colours;

    /** All white. */
    Pixels(int width, int height) {
        this.width = width;
        this.height = height;
        colours = new byte[width * height * CHANNELS];
        Arrays.fill(colours, (byte) 255);
    }

    int width() {
        return width;
    }

    /** A rectangle; a pixel that it covers in part gets as much of the colour. */
    void rectangle(Color color, double left, double top, double right, double bottom) {
        for (int y = Math.max(0, (int) Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++) {
            double rows = Math.min(y + 1, bottom) - Math.max(y, top);
            for (int x = Math.max(0, (int) Math.floor(left)); x < Math.min(width, Math.ceil(right)); x++) {
                blend(color, x, y, rows * (Math.min(x + 1, right) - Math.max(x, left)));
            }
        }
    }

    /**
     * Draws lines with a round pen, as one: where they cross it is no darker.
     *
     * @param lines each as x, y, x, y and so on
     * @param from no pixel left of it is drawn
     * @param to nor any from there on
     */
    void lines(Color color, double thickness, List<double[]> lines, double from, double to) {
        double radius = thickness / 2;
        int[] box = box(lines, radius + 1, from, to);
        int columns = box[2] - box[0];
        if (columns <= 0 || box[3] <= box[1]) {
            return;
        }
        float[] covered = new float[columns * (box[3] - box[1])];
        for (double[] line : lines) {
            for (int i = 0; i + 3 < line.length; i += 2) {
                cover(covered, box, radius, line[i], line[i + 1], line[i + 2], line[i + 3]);
            }
        }
        for (int i = 0; i < covered.length; i++) {
            blend(color, box[0] + i % columns, box[1] + i / columns, covered[i]);
        }
    }

    /** Left, upper, right and lower end of what the lines can touch. */
    private int[] box(List<double[]> lines, double margin, double from, double to) {
        double left = to;
        double right = from;
        double top = height;
        double bottom = 0;
        for (double[] line : lines) {
            for (int i = 0; i + 1 < line.length; i += 2) {
                left = Math.min(left, line[i] - margin);
                right = Math.max(right, line[i] + margin);
                top = Math.min(top, line[i + 1] - margin);
                bottom = Math.max(bottom, line[i + 1] + margin);
            }
        }
        return new int[] {
            (int) Math.max(Math.max(0, from), Math.floor(left)),
            (int) Math.max(0, Math.floor(top)),
            (int) Math.min(Math.min(width, to), Math.ceil(right)),
            (int) Math.min(height, Math.ceil(bottom))
        };
    }

    private static void cover(float[] covered, int[] box, double radius, double x1, double y1, double x2, double y2) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double square = dx * dx + dy * dy;
        double margin = radius + 1;
        int left = (int) Math.max(box[0], Math.floor(Math.min(x1, x2) - margin));
        int right = (int) Math.min(box[2], Math.ceil(Math.max(x1, x2) + margin));
        int top = (int) Math.max(box[1], Math.floor(Math.min(y1, y2) - margin));
        int bottom = (int) Math.min(box[3], Math.ceil(Math.max(y1, y2) + margin));
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double px = x + 0.5 - x1;
                double py = y + 0.5 - y1;
                double along = square == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                double ox = px - along * dx;
                double oy = py - along * dy;
                float share = (float) Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(ox * ox + oy * oy)));
                int at = (y - box[1]) * (box[2] - box[0]) + x - box[0];
                covered[at] = Math.max(covered[at], share);
            }
        }
    }

    private void blend(Color color, int x, int y, double share) {
        if (share > 0) {
            int at = (y * width + x) * CHANNELS;
            colours[at] = mixed(colours[at], color.red(), share);
            colours[at + 1] = mixed(colours[at + 1], color.green(), share);
            colours[at + 2] = mixed(colours[at + 2], color.blue(), share);
        }
    }

    private static byte mixed(byte before, int wanted, double share) {
        int now = before & 255;
        return (byte) Math.round(now + (wanted - now) * share);
    }

    void writePng(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(header);
        head.writeInt(width);
        head.writeInt(height);
        head.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits a channel, red, green and blue, nothing interlaced
        chunk(data, "IHDR", header.toByteArray());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(packed)) {
            int bytes = width * CHANNELS;
            byte[] row = new byte[bytes + 1];
            row[0] = FILTER_UP;
            for (int y = 0; y < height; y++) {
                for (int i = 0; i < bytes; i++) {
                    int above = y == 0 ? 0 : colours[(y - 1) * bytes + i];
                    row[i + 1] = (byte) (colours[y * bytes + i] - above);
                }
                deflated.write(row);
            }
        }
        chunk(data, "IDAT", packed.toByteArray());
        chunk(data, "IEND", new byte[0]);
        data.flush();
    }

    private static void chunk(DataOutputStream out, String name, byte[] content) throws IOException {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(type);
        sum.update(content);
        out.writeInt(content.length);
        out.write(type);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }
}
