package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry itself shows a run.
 *
 * @param registry embedded or mlflow
 * @param url null when it has no pages
 */
public record RunPage(String registry, @Nullable String url) {

    static RunPage of(JsonObject page) {
        return new RunPage(page.getString("registry", ""), JsonFields.textOrNull(page, "url"));
    }
}
