package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** The request that a page answers. */
@RequestScoped
public class Web {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    /** All parameters but those of the framework. */
    public Query query() {
        List<Query.Parameter> parameters = new ArrayList<>();
        faces.getExternalContext().getRequestParameterValuesMap().forEach((name, all) -> {
            if (!name.startsWith("jakarta.faces.") && !name.startsWith("primefaces.")) {
                Arrays.stream(all).forEach(value -> parameters.add(new Query.Parameter(name, value)));
            }
        });
        return new Query(parameters);
    }

    /** A parameter as it was sent, also blank; empty when it was not. */
    public String raw(String name) {
        String value = faces.getExternalContext().getRequestParameterMap().get(name);
        return value == null ? "" : value;
    }

    /** A parameter that names one thing; {@code -}, which names nothing, when there is none: an empty name would be a list's. */
    public String id(String name) {
        String value = raw(name);
        return value.isBlank() ? "-" : value.strip();
    }

    public boolean has(String name) {
        return faces.getExternalContext().getRequestParameterMap().containsKey(name);
    }

    /** The text of this language, with {@code {0}} and so on filled in. */
    String text(String key, Object... values) {
        ResourceBundle texts = faces.getApplication().getResourceBundle(faces, "trainingText");
        if (!texts.containsKey(key)) {
            return key;
        }
        return values.length == 0
                ? texts.getString(key)
                : new java.text.MessageFormat(
                                texts.getString(key), faces.getViewRoot().getLocale())
                        .format(values);
    }

    /** The text, or the other when there is none. */
    String textOr(String key, String otherwise) {
        ResourceBundle texts = faces.getApplication().getResourceBundle(faces, "trainingText");
        return texts.containsKey(key) ? texts.getString(key) : otherwise;
    }

    public java.util.Locale locale() {
        return faces.getViewRoot().getLocale();
    }

    public void redirect(String page) {
        try {
            faces.getExternalContext().redirect(page);
            faces.responseComplete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Value of a cookie of the pages; null when the browser sent none. */
    @Nullable String cookie(String name) {
        return faces.getExternalContext().getRequestCookieMap().get(name) instanceof jakarta.servlet.http.Cookie cookie
                ? cookie.getValue()
                : null;
    }

    /** Kept for a year, for these pages only. */
    void keepCookie(String name, String value) {
        ExternalContext external = faces.getExternalContext();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("path", external.getRequestContextPath());
        attributes.put("maxAge", 365 * 24 * 60 * 60);
        attributes.put("httpOnly", true);
        attributes.put("SameSite", "Lax");
        external.addResponseCookie(name, value, attributes);
    }
}
