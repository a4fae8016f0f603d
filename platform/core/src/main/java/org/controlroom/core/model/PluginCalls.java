package org.controlroom.core.model;

/**
 * How much one plugin version was used since this process started; also of versions that are gone by now.
 *
 * @param id plugin id
 * @param version bundle version
 * @param leases leases that are open now
 * @param calls calls for predictions, and trainings; trials of a model before it becomes live do not count
 * @param errors those of the calls that threw
 */
public record PluginCalls(String id, String version, long leases, long calls, long errors) {}
