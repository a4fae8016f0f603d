package org.controlroom.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extra ability of the service of an extractor or classifier plugin: brings the Python code that reads the states which
 * this version of it saves. It becomes a part of each model trained with it, so that the model can be opened by {@code
 * mlflow.pyfunc.load_model} where nothing of the platform is.
 *
 * <p>The files make a package whose entry {@value #ENTRY} has a function {@code load(state: bytes)}, and which imports its
 * siblings relatively ({@code from .other import name}), the standard library and numpy; what else it needs stands in a file
 * {@value #REQUIREMENTS} among them.
 * <ul>
 *   <li>An extractor's answers an object with {@code size}, the number of features, and {@code extract(designation: str,
 *       description: str)}, which answers the indices (int64 array) and values (float32 array) of {@link
 *       org.controlroom.spi.feature.FeatureExtractor#extract}, in any order.
 *   <li>A classifier's answers an object with {@code labels}, ascending codes, {@code features}, the number of features, and
 *       {@code score(indices, values)}, which answers the scores of {@link
 *       org.controlroom.spi.classify.Classifier#score} (float32 array).
 *   <li>One for models that take text answers an object with {@code labels} and {@code score_text(designation: str,
 *       description: str)}, which answers the scores of {@link org.controlroom.spi.classify.RawTextClassifier#score}.
 * </ul>
 *
 * Values and scores may differ from the Java ones only as far as no probability differs by more than 1e-5.
 */
public interface BringsPython {

    /** Name of the file that has the function {@code load}. */
    String ENTRY = "plugin.py";

    /** Name of the optional file with the packages that the code needs beside numpy, one a line, as pip reads it. */
    String REQUIREMENTS = "requirements.txt";

    /**
     * The files, always the same for the same plugin version.
     *
     * @return text by file name; a name is letters, digits, {@code _}, {@code -} and {@code .}, without folders
     */
    SortedMap<String, String> pythonFiles();

    /** Reads files that lie beside a class file in a plugin's jar, for {@link #pythonFiles}. */
    static SortedMap<String, String> filesBeside(Class<?> beside, String... names) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String name : names) {
            try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
                files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
        return Collections.unmodifiableSortedMap(files);
    }
}
