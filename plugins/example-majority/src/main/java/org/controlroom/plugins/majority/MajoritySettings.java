package org.controlroom.plugins.majority;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the majority baseline. */
@ObjectClassDefinition(
        name = "Majority baseline",
        description = "Answers the same for every product: how frequent each label was in training.")
public @interface MajoritySettings {

    /** Rows added to every label before counting (additive smoothing). */
    @AttributeDefinition(
            name = "Smoothing",
            description = "Rows added to the count of every label, so that rare labels are not ruled out. Unit: rows.",
            min = "0",
            max = "1000000")
    double smoothing() default 1.0;
}
