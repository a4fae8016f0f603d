package org.controlroom.core.model;

/**
 * Where the files of a version are.
 *
 * @param runId run with the files among its artifacts; empty when the registry knows none
 * @param folder path of the files among them
 */
public record ModelPlace(String runId, String folder) {

    /** Of all that was trained here. */
    public static final String USUAL_FOLDER = "model";

    /**
     * Among the artifacts of a run, those of models that MLflow 3 keeps beside its runs: each has a folder with its files,
     * named by its id, and beside that what is said of it, as JSON.
     */
    public static final String LOGGED_MODELS = "logged_models";

    /** Whether an artifact is what is said of such a model, which may change while its files stay the same. */
    public static boolean isDescription(String path) {
        return path.startsWith(LOGGED_MODELS + "/")
                && path.endsWith(".json")
                && path.indexOf('/', LOGGED_MODELS.length() + 1) < 0;
    }
}
