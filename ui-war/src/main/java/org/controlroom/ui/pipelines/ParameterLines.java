package org.controlroom.ui.pipelines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parameters as people write them: one {@code key=value} a line. */
final class ParameterLines {

    private ParameterLines() {}

    /** @param wrong gets the lines that are none */
    static Map<String, String> read(String text, List<String> wrong) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String line :
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                wrong.add(line);
            } else {
                parameters.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    static String write(Map<String, String> parameters) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(parameters).forEach((key, value) -> lines.add(key + "=" + value));
        return String.join("\n", lines);
    }
}
