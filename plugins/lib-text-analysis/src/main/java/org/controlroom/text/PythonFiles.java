package org.controlroom.text;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.BringsPython;

/** The Python code of an extractor that uses this text analysis: its own entry, and the analysis once more in Python. */
public final class PythonFiles {

    private PythonFiles() {}

    /** @param plugin class beside whose class file the entry lies */
    public static SortedMap<String, String> of(Class<?> plugin) {
        SortedMap<String, String> files = new TreeMap<>(BringsPython.filesBeside(plugin, BringsPython.ENTRY));
        files.putAll(BringsPython.filesBeside(
                PythonFiles.class,
                "text_analysis.py",
                "stop-words-english.txt",
                "stop-words-french.txt",
                "stop-words-german.txt"));
        return Collections.unmodifiableSortedMap(files);
    }
}
