package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin jar that was uploaded and not installed yet: what it holds and what can be done with it.
 *
 * @param settings how many settings it describes
 * @param needs what the bundle needs from outside
 * @param installed installed versions of the plugin, newest first
 * @param action {@code install}, {@code update}, {@code beside}, {@code none} or {@code refused}
 * @param problems why it cannot be used
 * @param neededBy registered model versions that need the plugin
 */
public record PluginUpload(
        String id,
        String fileName,
        @Nullable Instant receivedAt,
        String plugin,
        String kind,
        String bundle,
        String version,
        String sha256,
        long bytes,
        int settings,
        List<Need> needs,
        List<String> installed,
        String action,
        List<String> problems,
        List<PluginVersion.ModelNeed> neededBy) {

    /** @param met whether it is there */
    public record Need(String text, boolean met) {}

    static PluginUpload of(JsonObject upload) {
        JsonObject check = JsonFields.object(upload, "check");
        return new PluginUpload(
                JsonFields.text(upload, "id"),
                JsonFields.text(upload, "file_name"),
                JsonFields.instantOrNull(upload, "received_at"),
                JsonFields.text(check, "id"),
                JsonFields.text(check, "kind"),
                JsonFields.text(check, "bundle"),
                JsonFields.text(check, "version"),
                JsonFields.text(check, "sha256"),
                JsonFields.number(check, "bytes"),
                JsonFields.objects(JsonFields.object(check, "settings"), "settings", setting -> setting)
                        .size(),
                JsonFields.objects(
                        check, "needs", need -> new Need(JsonFields.text(need, "text"), need.getBoolean("met", false))),
                JsonFields.texts(check, "installed"),
                JsonFields.text(check, "action"),
                JsonFields.texts(check, "problems"),
                JsonFields.objects(upload, "needed_by", PluginVersion.ModelNeed::of));
    }

    /** Without the packages of Java itself that are there, which say nothing about the plugin. */
    public List<Need> tellingNeeds() {
        return needs.stream()
                .filter(need -> !need.met() || !need.text().startsWith("package java."))
                .toList();
    }

    /** Model versions that this plugin version could not load. */
    public List<PluginVersion.ModelNeed> left() {
        return neededBy.stream().filter(need -> !need.accepts()).toList();
    }
}
