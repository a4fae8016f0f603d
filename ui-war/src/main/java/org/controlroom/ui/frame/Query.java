package org.controlroom.ui.frame;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of an address after the question mark, in its order; a new one for each change. A name may stand there several
 * times; blank values are not kept.
 */
public record Query(List<Parameter> parameters) {

    /** No parameters. */
    public static final Query NONE = new Query(List.of());

    /** One name with one value. */
    public record Parameter(String name, String value) {}

    public Query {
        parameters = parameters.stream()
                .filter(parameter -> !parameter.value().isBlank())
                .toList();
    }

    /** @param text null and empty for none; what cannot be decoded is left out */
    public static Query of(@Nullable String text) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : text == null ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            try {
                if (equals > 0) {
                    parameters.add(
                            new Parameter(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
                }
            } catch (IllegalArgumentException e) {
                // a broken escape names no value that could be kept
            }
        }
        return new Query(parameters);
    }

    /** Only those parameters. */
    public Query only(Set<String> names) {
        return new Query(parameters.stream()
                .filter(parameter -> names.contains(parameter.name()))
                .toList());
    }

    public Query without(String name) {
        return new Query(parameters.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** @param value null and blank take it away */
    public Query with(String name, @Nullable String value) {
        Query rest = without(name);
        if (value == null) {
            return rest;
        }
        List<Parameter> all = new ArrayList<>(rest.parameters());
        all.add(new Parameter(name, value));
        return new Query(all);
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** The first value; null when there is none. */
    public @Nullable String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** The first value; empty when there is none. */
    public String value(String name) {
        String first = get(name);
        return first == null ? "" : first;
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** As it stands in an address, without the question mark; empty when there is nothing. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Parameter parameter : parameters) {
            text.append(text.isEmpty() ? "" : "&")
                    .append(encoded(parameter.name()))
                    .append('=')
                    .append(encoded(parameter.value()));
        }
        return text.toString();
    }

    /** As a link from the page to itself: with its question mark, which drops the old query when nothing follows. */
    public String link() {
        return "?" + text();
    }

    /** The page with these parameters. */
    public String link(String page) {
        return isEmpty() ? page : page + link();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
