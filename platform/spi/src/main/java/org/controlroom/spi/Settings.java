package org.controlroom.spi;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one training run for one plugin: keys and texts, checked against the plugin's {@link SettingsSchema}.
 *
 * <p>A key is the name of a method of the plugin's settings annotation, for example {@code maxFeatures}.
 */
public final class Settings {

    private final SortedMap<String, String> values;
    private final Set<String> secrets;

    private Settings(SortedMap<String, String> values, Set<String> secrets) {
        this.values = values;
        this.secrets = secrets;
    }

    /** Settings as given, without a check; {@link SettingsSchema#complete} is the checked way. */
    public static Settings of(Map<String, String> values) {
        return of(values, Set.of());
    }

    /** @param secrets keys whose values are masked where the settings are printed */
    static Settings of(Map<String, String> values, Set<String> secrets) {
        return new Settings(Collections.unmodifiableSortedMap(new TreeMap<>(values)), Set.copyOf(secrets));
    }

    /** All settings by key, ascending. Unmodifiable. */
    public SortedMap<String, String> values() {
        return values;
    }

    /**
     * A typed view: each method of the annotation answers its setting, or its default where none is set. All values are
     * converted now, so that a wrong one is found here and not at its first use. Types: boolean, int, long, float,
     * double, String, enum and arrays of these (comma-separated).
     *
     * @throws ControlRoomException SETTINGS_INVALID naming every unknown key and every text that does not convert
     */
    public <A> A as(Class<A> annotation) {
        Map<String, Object> converted = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        SortedMap<String, String> unknown = new TreeMap<>(values);
        for (Method method : annotation.getDeclaredMethods()) {
            String key = method.getName();
            String text = unknown.remove(key);
            Object value =
                    text == null ? method.getDefaultValue() : convert(key, text, method.getReturnType(), problems);
            if (value != null) {
                converted.put(key, value);
            } else if (text == null) {
                problems.add(new Problem(key, "is missing and has no default"));
            }
        }
        unknown.keySet()
                .forEach(key -> problems.add(new Problem(
                        key,
                        "is not a setting of " + annotation.getSimpleName() + "; known are "
                                + new java.util.TreeSet<>(converted.keySet()))));
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, annotation.getSimpleName(), problems);
        }
        return annotation.cast(Proxy.newProxyInstance(
                annotation.getClassLoader(), new Class<?>[] {annotation}, (proxy, method, arguments) -> {
                    Object value = converted.get(method.getName());
                    if (value == null) {
                        return switch (method.getName()) {
                            case "toString" -> annotation.getSimpleName() + this;
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> arguments != null && proxy == arguments[0];
                            case "annotationType" -> annotation;
                            default -> throw new UnsupportedOperationException(method.toString());
                        };
                    }
                    return value;
                }));
    }

    private static @Nullable Object convert(String key, String text, Class<?> type, List<Problem> problems) {
        try {
            if (type.isArray()) {
                String[] parts = text.isBlank() ? new String[0] : text.split(",", -1);
                Object array = java.lang.reflect.Array.newInstance(type.getComponentType(), parts.length);
                for (int i = 0; i < parts.length; i++) {
                    java.lang.reflect.Array.set(array, i, single(parts[i].strip(), type.getComponentType()));
                }
                return array;
            }
            return single(text.strip(), type);
        } catch (IllegalArgumentException e) {
            String allowed =
                    type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : "a " + type.getSimpleName();
            problems.add(new Problem(key, "'" + text + "' is not " + allowed));
            return null;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object single(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == int.class) {
            return Integer.parseInt(text);
        } else if (type == long.class) {
            return Long.parseLong(text);
        } else if (type == float.class) {
            return Float.parseFloat(text);
        } else if (type == double.class) {
            return Double.parseDouble(text);
        } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        } else if (type.isEnum()) {
            return Enum.valueOf((Class<? extends Enum>) type, text);
        }
        throw new IllegalArgumentException(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Secrets masked. */
    @Override
    public String toString() {
        SortedMap<String, String> shown = new TreeMap<>(values);
        shown.replaceAll((key, value) -> secrets.contains(key) ? "***" : value);
        return shown.toString();
    }
}
