package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.controlroom.spi.Setting;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;

/** Compares a plugin's settings annotation with the Metatype document that the build made of it. */
public final class PluginSettings {

    private PluginSettings() {}

    /** The schema in the plugin's own classes, as its bundle will carry it. */
    public static SettingsSchema schemaOf(Class<?> annotation) {
        String path = "/OSGI-INF/metatype/" + annotation.getName() + ".xml";
        try (InputStream xml = annotation.getResourceAsStream(path)) {
            assertThat(xml)
                    .as("%s: is the annotation named in @Designate?", path)
                    .isNotNull();
            return SettingsSchema.readMetatype(xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Demands that schema and annotation have the same keys and defaults, and that a form can be drawn: each setting has
     * a name and help, each number a range, each enumeration its options.
     */
    public static void assertDescribes(SettingsSchema schema, Class<?> annotation) {
        assertThat(schema.name()).as("name").isNotBlank();
        assertThat(schema.help()).as("help").isNotBlank();
        Map<String, Method> methods = Arrays.stream(annotation.getDeclaredMethods())
                .collect(Collectors.toMap(Method::getName, method -> method));
        assertThat(schema.settings().stream().map(Setting::key)).containsExactlyInAnyOrderElementsOf(methods.keySet());
        Object own = Settings.of(Map.of()).as(annotation);
        Object fromSchema = schema.defaults().as(annotation);
        for (Setting setting : schema.settings()) {
            Method method = Objects.requireNonNull(methods.get(setting.key()));
            assertThat(setting.name()).as("name of %s", setting.key()).isNotBlank();
            assertThat(setting.help()).as("help of %s", setting.key()).isNotBlank();
            assertThat(shown(method, fromSchema))
                    .as("default of %s", setting.key())
                    .isEqualTo(shown(method, own));
            Class<?> type = method.getReturnType().isArray()
                    ? method.getReturnType().getComponentType()
                    : method.getReturnType();
            if (type.isEnum()) {
                assertThat(setting.options())
                        .as("options of %s", setting.key())
                        .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                                .map(Object::toString)
                                .toList());
            } else if (type.isPrimitive()
                    && type != boolean.class
                    && setting.options().isEmpty()) {
                assertThat(setting.min()).as("min of %s", setting.key()).isNotNull();
                assertThat(setting.max()).as("max of %s", setting.key()).isNotNull();
            }
        }
    }

    private static String shown(Method method, Object settings) {
        try {
            method.setAccessible(true); // the annotation need not be public
            Object value = method.invoke(settings);
            return value.getClass().isArray()
                    ? IntStream.range(0, Array.getLength(value))
                            .mapToObj(i -> Array.get(value, i).toString())
                            .toList()
                            .toString()
                    : value.toString();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(method + " cannot be read", e);
        }
    }
}
