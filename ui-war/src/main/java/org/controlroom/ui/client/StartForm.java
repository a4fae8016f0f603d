package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Settings of a training, and the presets. */
public record StartForm(List<Setting> settings, List<Preset> presets) {

    /** @param parameters by key, for example {@code extractor.maxDf} */
    public record Preset(String name, Map<String, String> parameters) {}

    static StartForm of(JsonObject form) {
        return new StartForm(
                JsonFields.objects(form, "settings", Setting::of),
                JsonFields.objects(
                        form,
                        "presets",
                        preset -> new Preset(
                                JsonFields.text(preset, "name"), JsonFields.textsByKey(preset, "parameters"))));
    }
}
