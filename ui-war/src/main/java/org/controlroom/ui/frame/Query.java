package org.controlroom.ui.frame;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of an address after the question mark, in its order; a new one for each change. */
record Query(List<Parameter> parameters) {

    record Parameter(String name, String value) {}

    Query {
        parameters = List.copyOf(parameters);
    }

    /** @param text null and empty for none; what cannot be decoded is left out */
    static Query of(@Nullable String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            try {
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (!name.isEmpty()) {
                    parameters.add(new Parameter(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))));
                }
            } catch (IllegalArgumentException e) {
                // a broken escape names no value that could be kept
            }
        }
        return new Query(parameters);
    }

    Query without(String name) {
        return new Query(parameters.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** @param value null and empty take it away */
    Query with(String name, @Nullable String value) {
        Query rest = without(name);
        if (value == null || value.isEmpty()) {
            return rest;
        }
        List<Parameter> all = new ArrayList<>(rest.parameters());
        all.add(new Parameter(name, value));
        return new Query(all);
    }

    /** The first value; empty when there is none. */
    String value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** As a link from the page to itself: with its question mark, which drops the old query when nothing follows. */
    String link() {
        StringBuilder link = new StringBuilder("?");
        for (Parameter parameter : parameters) {
            if (link.length() > 1) {
                link.append('&');
            }
            link.append(encoded(parameter.name())).append('=').append(encoded(parameter.value()));
        }
        return link.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
