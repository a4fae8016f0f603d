package org.controlroom.ui.about;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Something by others that is in the distribution.
 *
 * @param jars starts of the names of its jars
 * @param name what it is called
 * @param licence its terms, by SPDX identifier
 * @param home address of its project
 */
public record Licence(String jars, String name, String licence, String home) {

    static final List<Licence> ALL = read();

    private static List<Licence> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Licence.class.getResourceAsStream("licences.txt"), "licences.txt"),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Licence::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("licences.txt cannot be read", e);
        }
    }

    private static Licence of(String line) {
        String[] parts = line.split(" \\| ");
        if (parts.length != 4) {
            throw new IllegalStateException("licences.txt: '" + line + "'; must be jars | name | licence | home");
        }
        return new Licence(parts[0], parts[1], parts[2], parts[3]);
    }
}
