package org.controlroom.ui.training;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of an address: read from one, changed, and written into the next. Immutable; blank values are not kept. */
public record Query(Map<String, List<String>> values) {

    public Query {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            List<String> filled = all.stream().filter(value -> !value.isBlank()).toList();
            if (!filled.isEmpty()) {
                kept.put(name, filled);
            }
        });
        values = kept;
    }

    /** Reads {@code a=1&b=2}; what cannot be decoded is passed over. */
    static Query parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                try {
                    values.computeIfAbsent(decode(part.substring(0, equals)), name -> new ArrayList<>())
                            .add(decode(part.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    // a broken escape names no value that could be kept
                }
            }
        }
        return new Query(values);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Nullable String get(String name) {
        List<String> all = values.get(name);
        return all == null ? null : all.get(0);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Only those parameters. */
    Query only(List<String> names) {
        Map<String, List<String>> kept = new LinkedHashMap<>(values);
        kept.keySet().retainAll(names);
        return new Query(kept);
    }

    /** With another value; null or blank takes the parameter away. */
    Query with(String name, @Nullable String value) {
        return with(name, value == null ? List.of() : List.of(value));
    }

    Query with(String name, List<String> all) {
        Map<String, List<String>> changed = new LinkedHashMap<>(values);
        changed.remove(name);
        changed.put(name, all);
        return new Query(changed);
    }

    /** As it stands in an address, without the question mark; empty when there is nothing. */
    public String text() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, all) -> all.forEach(value -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return text.toString();
    }

    /** The page with these parameters. */
    public String link(String page) {
        String text = text();
        return text.isEmpty() ? page : page + "?" + text;
    }
}
