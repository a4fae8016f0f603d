package org.controlroom.ui.frame;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.controlroom.ui.client.ApiProblem.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The API's reasons in the reader's language. English is what the API itself says, so there are texts for the other
 * languages only; a reason without one stays English.
 */
public final class ReasonTexts {

    private static final String TEXTS = "org.controlroom.ui.reasons";

    /** More than any sentence has. */
    private static final Object[] PLACES = {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}"};

    private ReasonTexts() {}

    /** Whether there are other words than the API's. */
    public static boolean isThereFor(Locale language) {
        return bundle(language).isPresent();
    }

    /** Empty when the reason is said in English only. */
    public static Optional<String> text(@Nullable Reason reason, Locale language) {
        if (reason == null) {
            return Optional.empty();
        }
        return bundle(language)
                .filter(texts -> texts.containsKey(reason.key()))
                .map(texts -> new MessageFormat(texts.getString(reason.key()), language)
                        .format(reason.values().toArray()));
    }

    /** All texts by key as JSON, for scripts; {@code {0}} is the place of the first value. */
    static String json(Locale language) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        bundle(language)
                .ifPresent(texts -> new TreeSet<>(texts.keySet())
                        .forEach(
                                key -> all.add(key, new MessageFormat(texts.getString(key), language).format(PLACES))));
        return all.build().toString();
    }

    private static Optional<ResourceBundle> bundle(Locale language) {
        return language.getLanguage().equals("fr")
                ? Optional.of(ResourceBundle.getBundle(TEXTS, Locale.FRENCH))
                : Optional.empty();
    }
}
