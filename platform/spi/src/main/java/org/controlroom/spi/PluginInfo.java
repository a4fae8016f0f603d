package org.controlroom.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Put on the one service component of a plugin: the id under which models remember it. */
@ComponentPropertyType
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface PluginInfo {

    String PREFIX_ = "controlroom.plugin.";

    /** Same as folder, artifact and bundle symbolic name's last part, for example {@code extractor-tfidf}. */
    String id();
}
