package org.controlroom.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which metrics the files of dashboards and rules name. */
final class Monitoring {

    /** What Prometheus itself makes. */
    private static final Set<String> PROMETHEUS = Set.of("up", "ALERTS", "scrape_duration_seconds");

    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "by", "without", "on", "ignoring");

    private static final Pattern EXPRESSION_LINE = Pattern.compile("^( *)(?:- )?expr: *(.*)$");
    private static final Pattern EXPRESSION_FIELD = Pattern.compile("\"expr\" *: *\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern RECORDED = Pattern.compile("(?m)^ *- record: *(\\S+)$");
    private static final Pattern OURS =
            Pattern.compile("(?<![A-Za-z0-9_:/.-])(?:rakuten|controlroom|jvm|process)_[a-z0-9_]+");
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_:.$])[A-Za-z_:][A-Za-z0-9_:]*(?! *\\()");

    private Monitoring() {}

    /** The files that name metrics, by path. */
    static List<Path> files(Path root) {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("grafana", "prometheus")) {
            try (Stream<Path> found = Files.walk(root.resolve(folder))) {
                found.filter(file -> file.toString().matches(".*\\.(json|yml|md)"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /**
     * Names that no metric has, each with its file; empty when all exist.
     *
     * @param metrics names of metrics as they stand in TYPE lines
     */
    static List<String> unknown(List<Path> files, Set<String> metrics) {
        SortedSet<String> known = new TreeSet<>(PROMETHEUS);
        for (String metric : metrics) {
            known.add(metric);
            for (String part : List.of("_bucket", "_sum", "_count")) {
                known.add(metric + part);
            }
        }
        files.forEach(file -> RECORDED.matcher(read(file)).results().forEach(name -> known.add(name.group(1))));
        List<String> unknown = new ArrayList<>();
        for (Path file : files) {
            String text = read(file);
            SortedSet<String> named = new TreeSet<>();
            OURS.matcher(text).results().forEach(name -> named.add(name.group()));
            expressions(text).forEach(expression -> named.addAll(metrics(expression)));
            named.removeAll(known);
            named.forEach(name -> unknown.add(file + " names " + name));
        }
        return unknown;
    }

    /** The expressions of a rule file or a dashboard. */
    static List<String> expressions(String text) {
        List<String> expressions = new ArrayList<>();
        Matcher field = EXPRESSION_FIELD.matcher(text);
        while (field.find()) {
            expressions.add(field.group(1).replace("\\\"", "\"").replace("\\n", "\n"));
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher start = EXPRESSION_LINE.matcher(lines.get(i));
            if (start.matches()) {
                StringBuilder expression = new StringBuilder(start.group(2));
                if (start.group(2).equals("|")) {
                    expression.setLength(0);
                    String indent = start.group(1) + "  ";
                    while (i + 1 < lines.size() && lines.get(i + 1).startsWith(indent)) {
                        expression.append(lines.get(++i)).append('\n');
                    }
                }
                expressions.add(expression.toString());
            }
        }
        return expressions;
    }

    /** The metrics that an expression asks for: what is left of it without labels, ranges, functions and numbers. */
    static SortedSet<String> metrics(String expression) {
        String bare = expression
                .replaceAll("\"[^\"]*\"|'[^']*'", "")
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^\\]]*]", "")
                .replaceAll("\\b(by|without|on|ignoring|group_left|group_right) *\\([^)]*\\)", "")
                .replaceAll("\\boffset +\\S+", "");
        SortedSet<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            boolean function = bare.substring(name.end()).matches("(?s)[A-Za-z0-9_:]* *\\(.*");
            if (!function && !WORDS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
