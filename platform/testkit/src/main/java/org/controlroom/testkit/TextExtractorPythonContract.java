package org.controlroom.testkit;

import java.util.Map;
import org.controlroom.spi.Settings;

/** {@link PythonContract} for an extractor of words and characters, with each kind of term and all stop words on. */
public abstract class TextExtractorPythonContract extends PythonContract {

    /** The plugin's settings. */
    protected abstract Class<?> annotation();

    @Override
    protected final Settings settings() {
        return PluginSettings.schemaOf(annotation())
                .complete(
                        annotation().getSimpleName(),
                        Map.of(
                                "descriptionWordsWeight",
                                "0.5",
                                "titleCharactersWeight",
                                "0.7",
                                "textCharactersWeight",
                                "0.5",
                                "stopWords",
                                "ALL"));
    }
}
