package org.controlroom.core.model;

/**
 * A plugin version that was replaced and whose jar is kept, so that it can be put back.
 *
 * @param id plugin id
 * @param kind as in {@link PluginState}
 * @param bundle symbolic name
 * @param version bundle version
 * @param bytes size of the jar
 */
public record KeptPlugin(String id, String kind, String bundle, String version, long bytes) {}
