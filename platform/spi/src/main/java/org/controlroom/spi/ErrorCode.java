package org.controlroom.spi;

/** Every error the platform reports. The REST edge maps each one to an HTTP status in one table. */
public enum ErrorCode {
    /** A request or file field is outside its limits; the problems name each one. */
    INVALID_INPUT(ErrorKind.USER),
    /** The body is not JSON, or not the JSON that is expected; the message gives line and column. */
    MALFORMED_BODY(ErrorKind.USER),
    /** The body or file is larger than allowed. */
    TOO_LARGE(ErrorKind.USER),
    /** The content type is not one that the route reads. */
    UNSUPPORTED_MEDIA_TYPE(ErrorKind.USER),
    /** None of the accepted response types can be written. */
    NOT_ACCEPTABLE(ErrorKind.USER),
    /** The HTTP method is not one that the route answers. */
    METHOD_NOT_ALLOWED(ErrorKind.USER),
    /** What was looked for does not exist (it was possible to look). */
    NOT_FOUND(ErrorKind.USER),
    /** The state of the thing does not allow this now, for example a second run of the same kind. */
    CONFLICT(ErrorKind.USER),
    /** Settings are unknown, of a wrong type or out of range; the problems name each one. */
    SETTINGS_INVALID(ErrorKind.USER),
    /** The catalogue files or rows cannot be used: wrong columns, no rows, bad encoding. */
    CATALOGUE_INVALID(ErrorKind.USER),
    /** The data cannot be trained on: too few rows, one class only. */
    TRAINING_DATA_INVALID(ErrorKind.USER),
    /** The run was cancelled on request. */
    CANCELLED(ErrorKind.USER),
    /** No plugin with the id and a version in the range is installed and active. */
    PLUGIN_MISSING(ErrorKind.PLUGIN),
    /** A plugin file cannot be installed: no zip, damaged, no bundle, unresolved imports, duplicate id. */
    PLUGIN_INVALID(ErrorKind.USER),
    /** A plugin is needed by the live model and cannot be stopped or removed. */
    PLUGIN_IN_USE(ErrorKind.USER),
    /** A plugin threw, or broke its contract. */
    PLUGIN_FAILED(ErrorKind.PLUGIN),
    /** A model artifact is damaged, incomplete or of an unknown format version. */
    ARTIFACT_INVALID(ErrorKind.DEPENDENCY),
    /** The database did not answer. */
    DATABASE_UNAVAILABLE(ErrorKind.DEPENDENCY),
    /** The model registry did not answer. */
    REGISTRY_UNAVAILABLE(ErrorKind.DEPENDENCY),
    /** Whoever was to be told something did not take the message: a webhook, a mail server, a callback. */
    RECEIVER_UNAVAILABLE(ErrorKind.DEPENDENCY),
    /** No model is live yet. */
    NO_LIVE_MODEL(ErrorKind.CAPACITY),
    /** No space left, or the data folder cannot be written. */
    STORAGE_FAILED(ErrorKind.CAPACITY),
    /** The server is at its limit; try again. */
    OVERLOADED(ErrorKind.CAPACITY),
    /** A mistake of our own; the log has the details under the id in the message. */
    INTERNAL(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ErrorCode(ErrorKind kind) {
        this.kind = kind;
    }

    public ErrorKind kind() {
        return kind;
    }
}
