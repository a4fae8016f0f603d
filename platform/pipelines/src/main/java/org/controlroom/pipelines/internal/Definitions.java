package org.controlroom.pipelines.internal;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** All pipelines by name. */
public final class Definitions {

    private final SortedMap<String, PipelineDefinition> byName = new TreeMap<>();

    /** @throws IllegalArgumentException when two have the same name */
    public Definitions(Iterable<? extends PipelineDefinition> definitions) {
        for (PipelineDefinition definition : definitions) {
            PipelineDefinition other = byName.put(definition.name(), definition);
            if (other != null) {
                throw new IllegalArgumentException(
                        "pipeline " + definition.name() + " is defined twice: " + other + " and " + definition);
            }
        }
    }

    /** By name, ascending. */
    public List<PipelineDefinition> all() {
        Collection<PipelineDefinition> values = byName.values();
        return List.copyOf(values);
    }

    /** @throws ControlRoomException NOT_FOUND naming the pipelines there are */
    public PipelineDefinition get(String name) {
        PipelineDefinition definition = byName.get(name);
        if (definition == null) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of(
                            "pipeline-unknown",
                            "pipeline '{0}'; must be one of {1}",
                            name,
                            String.join(", ", byName.keySet())));
        }
        return definition;
    }
}
