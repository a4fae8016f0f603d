package org.controlroom.ui.client;

import jakarta.json.JsonObject;

/** Calls of one plugin version since the server's start. */
public record PluginCalls(String version, long leases, long calls, long errors) {

    static PluginCalls of(JsonObject calls) {
        return new PluginCalls(
                JsonFields.text(calls, "version"),
                JsonFields.number(calls, "leases"),
                JsonFields.number(calls, "calls"),
                JsonFields.number(calls, "errors"));
    }
}
