package org.controlroom.api.problem;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.controlroom.spi.ErrorCode;

/** Error code to HTTP status, title and waiting time: the only place where they meet. */
public final class ProblemTable {

    private static final Map<ErrorCode, Entry> ENTRIES = new EnumMap<>(ErrorCode.class);

    static {
        put(ErrorCode.INVALID_INPUT, 422, "Input outside its limits");
        put(ErrorCode.MALFORMED_BODY, 400, "Body cannot be read");
        put(ErrorCode.TOO_LARGE, 413, "Content too large");
        put(ErrorCode.UNSUPPORTED_MEDIA_TYPE, 415, "Unsupported media type");
        put(ErrorCode.NOT_ACCEPTABLE, 406, "Not acceptable");
        put(ErrorCode.METHOD_NOT_ALLOWED, 405, "Method not allowed");
        put(ErrorCode.NOT_FOUND, 404, "Not found");
        put(ErrorCode.CONFLICT, 409, "Not possible in the present state");
        put(ErrorCode.SETTINGS_INVALID, 422, "Settings outside their limits");
        put(ErrorCode.CATALOGUE_INVALID, 422, "Catalogue cannot be used");
        put(ErrorCode.TRAINING_DATA_INVALID, 422, "Data cannot be trained on");
        put(ErrorCode.CANCELLED, 409, "Cancelled");
        put(ErrorCode.PLUGIN_MISSING, 409, "Plugin missing");
        put(ErrorCode.PLUGIN_INVALID, 422, "Plugin cannot be installed");
        put(ErrorCode.PLUGIN_IN_USE, 409, "Plugin in use");
        put(ErrorCode.PLUGIN_FAILED, 500, "Plugin failed");
        put(ErrorCode.ARTIFACT_INVALID, 500, "Model artifact damaged");
        put(ErrorCode.DATABASE_UNAVAILABLE, 503, "Database unavailable", 5);
        put(ErrorCode.REGISTRY_UNAVAILABLE, 503, "Model registry unavailable", 5);
        put(ErrorCode.RECEIVER_UNAVAILABLE, 502, "Receiver unavailable");
        put(ErrorCode.NO_LIVE_MODEL, 503, "No model is live", 5);
        put(ErrorCode.STORAGE_FAILED, 507, "Storage failed", 30);
        put(ErrorCode.OVERLOADED, 503, "Overloaded", 1);
        put(ErrorCode.INTERNAL, 500, "Internal error");
    }

    private ProblemTable() {}

    private static void put(ErrorCode code, int status, String title) {
        put(code, status, title, 0);
    }

    private static void put(ErrorCode code, int status, String title, int retryAfterSeconds) {
        ENTRIES.put(code, new Entry(status, title, retryAfterSeconds));
    }

    public static Entry entry(ErrorCode code) {
        return Objects.requireNonNull(ENTRIES.get(code), () -> "no entry for " + code);
    }

    /** All entries by code, for the documentation. */
    public static Map<ErrorCode, Entry> entries() {
        return Collections.unmodifiableMap(ENTRIES);
    }

    /** The code that says best what a status of the server itself means. */
    public static ErrorCode codeOf(int status) {
        for (Map.Entry<ErrorCode, Entry> entry : ENTRIES.entrySet()) {
            if (entry.getValue().status() == status && status < 500 && status != 409) {
                return entry.getKey();
            }
        }
        if (status == 503) {
            return ErrorCode.OVERLOADED;
        }
        return status >= 500 ? ErrorCode.INTERNAL : ErrorCode.MALFORMED_BODY;
    }

    /**
     * How one error code is answered.
     *
     * @param status HTTP status
     * @param title short and always the same for the code
     * @param retryAfterSeconds when trying again may help; 0 when it will not
     */
    public record Entry(int status, String title, int retryAfterSeconds) {}
}
