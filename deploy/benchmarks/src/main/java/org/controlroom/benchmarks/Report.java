package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.controlroom.core.json.Json;

/**
 * Makes one table of what the parts measured: to the terminal, {@code bench.md} and {@code bench.json}. Arguments: folder
 * with the parts' figures, folder for the table, machine and versions in words, parts in the order of the table.
 */
public final class Report {

    private Report() {}

    /** @param ratio how far the target is surpassed: 1 or more is reached; not a number without a target */
    private record Line(
            String part,
            Instant measured,
            String name,
            double value,
            String unit,
            String target,
            double ratio,
            String note) {

        static Line of(String part, Instant measured, String text) {
            String[] field = text.split("\t", -1);
            double value = Double.parseDouble(field[1]);
            double ratio = Double.NaN;
            String target = "";
            if (!field[2].equals("info")) {
                double wanted = Double.parseDouble(field[3]);
                ratio = field[2].equals("min") ? value / wanted : ofMost(value, wanted);
                target = (field[2].equals("min") ? ">= " : "<= ") + readable(wanted);
            }
            return new Line(part, measured, field[0], value, field[4], target, ratio, field[5]);
        }

        /** Nothing, or less than nothing where something is allowed, is as far from the limit as can be. */
        private static double ofMost(double value, double wanted) {
            if (value <= 0 && wanted >= 0) {
                return value == wanted ? 1 : Double.POSITIVE_INFINITY;
            }
            return wanted / value;
        }

        String verdict() {
            if (Double.isNaN(ratio)) {
                return target.isEmpty() ? "" : "MISSED";
            }
            return ratio >= 1 ? "reached" : "MISSED";
        }

        String ratioText() {
            return Double.isNaN(ratio) ? "" : ratio > 1e6 ? "large" : String.format(Locale.ROOT, "%.3f", ratio);
        }

        Json json() {
            TreeMap<String, Json> members = new TreeMap<>();
            members.put("part", Json.of(part));
            members.put("measured_at", Json.of(measured.toString()));
            members.put("figure", Json.of(name));
            members.put("unit", Json.of(unit));
            members.put("note", Json.of(note));
            if (Double.isFinite(value)) {
                members.put("ours", Json.of(value));
            }
            if (!target.isEmpty()) {
                members.put("target", Json.of(target));
                members.put("reached", new Json.Bool(verdict().equals("reached")));
            }
            if (Double.isFinite(ratio)) {
                members.put("ratio", Json.of(ratio));
            }
            return new Json.Obj(members);
        }
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path out = Path.of(args[1]);
        List<Line> lines = new ArrayList<>();
        for (String part : args[3].strip().split("\\s+")) {
            Path file = Path.of(args[0]).resolve(part + ".tsv");
            if (Files.exists(file)) {
                Instant measured = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
                Files.readAllLines(file).forEach(text -> lines.add(Line.of(part, measured, text)));
            }
        }
        Files.createDirectories(out);
        TreeMap<String, Json> document = new TreeMap<>();
        document.put("machine", Json.of(args[2]));
        document.put("figures", new Json.Arr(lines.stream().map(Line::json).toList()));
        Files.writeString(out.resolve("bench.json"), new Json.Obj(document).write());
        Files.writeString(out.resolve("bench.md"), markdown(args[2], lines));
        System.out.println();
        System.out.println(args[2]);
        print(lines);
    }

    private static String markdown(String machine, List<Line> lines) {
        StringBuilder text = new StringBuilder(machine).append("\n\n");
        text.append("| part | figure | ours | target | ratio | | note |\n|---|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            text.append("| ").append(String.join(" | ", cells(line))).append(" |\n");
        }
        return text.toString();
    }

    private static List<String> cells(Line line) {
        return List.of(
                line.part(),
                line.name(),
                (readable(line.value()) + " " + line.unit()).strip(),
                line.target(),
                line.ratioText(),
                line.verdict(),
                line.note());
    }

    private static void print(List<Line> lines) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("part", "figure", "ours", "target", "ratio", "", "note"));
        lines.forEach(line -> table.add(cells(line)));
        int columns = table.get(0).size();
        for (List<String> row : table) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int column = i;
                int width = table.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                text.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            System.out.println(text.toString().stripTrailing());
        }
    }

    private static String readable(double value) {
        if (Math.abs(value) >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.4f", value);
    }
}
