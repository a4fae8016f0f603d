package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.ui.client.Catalogue.ProductLine;
import org.jspecify.annotations.Nullable;

/**
 * What a load did to a product.
 *
 * @param operation {@code insert} or {@code update}
 * @param values of the fields that it made another; of an insert, what it added; empty when they are not known
 */
public record Revision(
        long productId,
        long loadId,
        String operation,
        @Nullable Instant time,
        boolean rolledBack,
        List<FieldChange> values) {

    private static final List<String> FIELDS = List.of("designation", "description", "imageid", "prdtypecode");

    public Revision {
        values = List.copyOf(values);
    }

    static Revision of(JsonObject json) {
        ProductLine before = json.isNull("before") ? null : ProductLine.of(json.getJsonObject("before"));
        ProductLine after = json.isNull("after") ? null : ProductLine.of(json.getJsonObject("after"));
        String operation = json.getString("operation");
        List<FieldChange> values = new ArrayList<>();
        for (String field : operation.equals("insert") ? FIELDS : JsonFields.texts(json, "fields")) {
            FieldChange change = new FieldChange(
                    field, before == null ? "" : value(before, field), after == null ? "" : value(after, field));
            if (operation.equals("update") || !change.after().isEmpty()) {
                values.add(change);
            }
        }
        return new Revision(
                JsonFields.number(json, "product_id"),
                JsonFields.number(json, "load_id"),
                operation,
                JsonFields.instantOrNull(json, "time"),
                json.getBoolean("rolled_back"),
                values);
    }

    private static String value(ProductLine line, String field) {
        Object value = switch (field) {
            case "designation" -> line.designation();
            case "description" -> line.description();
            case "imageid" -> line.imageId();
            default -> line.label();
        };
        return value == null ? "" : value.toString();
    }

    /** @param before empty when there was none, or when it is not known */
    public record FieldChange(String field, String before, String after) {}
}
