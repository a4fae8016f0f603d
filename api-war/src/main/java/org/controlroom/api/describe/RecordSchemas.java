package org.controlroom.api.describe;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.controlroom.api.json.JsonMapping;
import org.jspecify.annotations.Nullable;

/** Schemas of what Jackson writes and reads, asked of Jackson itself; records become components. Not thread-safe. */
final class RecordSchemas {

    private final JsonMapper mapper;
    private final Map<String, ObjectNode> components = new TreeMap<>();

    RecordSchemas(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** All records that were asked for so far, and those in them. */
    Map<String, ObjectNode> components() {
        return components;
    }

    /** @param sent whether the server writes it; then every field is there, with null where nothing is known */
    ObjectNode schema(Type type, boolean sent) {
        return schema(mapper.constructType(type), sent);
    }

    private ObjectNode schema(JavaType type, boolean sent) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class) {
            return typed("string");
        } else if (raw == Instant.class) {
            return typed("string").put("format", "date-time");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return typed("boolean");
        } else if (raw == int.class || raw == Integer.class || raw == short.class || raw == Short.class) {
            return typed("integer").put("format", "int32");
        } else if (raw == long.class || raw == Long.class) {
            return typed("integer").put("format", "int64");
        } else if (raw == float.class || raw == Float.class) {
            return typed("number").put("format", "float");
        } else if (raw == double.class || raw == Double.class || raw == BigDecimal.class) {
            return typed("number").put("format", "double");
        } else if (raw.isEnum()) {
            ObjectNode schema = typed("string");
            ArrayNode values = schema.putArray("enum");
            Arrays.stream(raw.getEnumConstants()).forEach(value -> values.add(mapper.valueToTree(value)));
            return schema;
        } else if (type.isMapLikeType()) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", schema(type.getContentType(), sent));
            return schema;
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            ObjectNode schema = typed("array");
            schema.set("items", schema(type.getContentType(), sent));
            return schema;
        } else if (raw.isRecord()) {
            return record(type, sent);
        }
        return mapper.createObjectNode();
    }

    private ObjectNode typed(String type) {
        return mapper.createObjectNode().put("type", type);
    }

    private ObjectNode record(JavaType type, boolean sent) {
        String name = name(type);
        if (!components.containsKey(name)) {
            ObjectNode schema = typed("object");
            components.put(name, schema); // before its fields, which may contain it again
            fill(schema, type, sent);
        }
        return mapper.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private static String name(JavaType type) {
        Class<?> raw = type.getRawClass();
        StringBuilder name = new StringBuilder();
        for (Class<?> outer = raw.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            name.insert(0, outer.getSimpleName().replaceFirst("Resource$", ""));
        }
        name.append(raw.getSimpleName());
        if (type.hasGenericTypes()) {
            name.append("Of")
                    .append(type.getBindings().getTypeParameters().stream()
                            .map(RecordSchemas::name)
                            .collect(Collectors.joining("And")));
        }
        return name.toString();
    }

    private void fill(ObjectNode schema, JavaType type, boolean sent) {
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = mapper.createArrayNode();
        Map<String, RecordComponent> byName = Arrays.stream(type.getRawClass().getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, component -> component));
        for (BeanPropertyDefinition property : properties(type, sent)) {
            RecordComponent component = byName.get(property.getInternalName());
            boolean nullable = (component == null ? derivedNullable(property) : nullable(component.getAnnotatedType()))
                    || negativeAsNull(property);
            if (property.getPrimaryMember() != null
                    && property.getPrimaryMember().hasAnnotation(JsonUnwrapped.class)) {
                ObjectNode inner = typed("object");
                fill(inner, property.getPrimaryType(), sent);
                properties.setAll((ObjectNode) inner.get("properties"));
                required.addAll(inner.withArray("required"));
                continue;
            }
            ObjectNode value = schema(property.getPrimaryType(), sent);
            properties.set(property.getName(), nullable ? orNull(value) : value);
            if (sent || !nullable) {
                required.add(property.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private List<BeanPropertyDefinition> properties(JavaType type, boolean sent) {
        List<BeanPropertyDefinition> properties = sent
                ? mapper.getSerializationConfig().introspect(type).findProperties()
                : mapper.getDeserializationConfig().introspect(type).findProperties();
        return properties.stream()
                .filter(property -> !sent || property.couldSerialize())
                .sorted(Comparator.comparing(BeanPropertyDefinition::getName))
                .toList();
    }

    private static boolean negativeAsNull(BeanPropertyDefinition property) {
        JsonSerialize how = property.getPrimaryMember() == null
                ? null
                : property.getPrimaryMember().getAnnotation(JsonSerialize.class);
        return how != null && how.using() == JsonMapping.NegativeAsNull.class;
    }

    /** Of what a method of the record tells besides its components. */
    private static boolean derivedNullable(BeanPropertyDefinition property) {
        return property.getPrimaryMember() != null
                && property.getPrimaryMember().getMember() instanceof Method method
                && nullable(method.getAnnotatedReturnType());
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /** A reference may have nothing beside it. */
    private ObjectNode orNull(ObjectNode schema) {
        if (!schema.has("$ref")) {
            return schema.put("nullable", true);
        }
        ObjectNode wrapped = mapper.createObjectNode().put("nullable", true);
        wrapped.putArray("allOf").add(schema);
        return wrapped;
    }
}
