package org.controlroom.registry.mlflow;

import java.net.URI;
import java.util.function.BooleanSupplier;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A file to fetch.
 *
 * @param owner of it, for people
 * @param path as we call it
 * @param at path on the server
 * @param sum null when nobody wrote it down
 * @param there looks whether the server has the file
 * @param text its content, when that is no file of the server; null when it is
 */
record StoredFile(
        String owner,
        String path,
        String at,
        @Nullable String sum,
        BooleanSupplier there,
        @Nullable String text) {

    private static final String PROXIED = "mlflow-artifacts";

    /** For people. */
    String where() {
        return "artifact '" + path + "' of " + owner;
    }

    /**
     * Path on the server of the folder with this address.
     *
     * @throws ControlRoomException STORAGE_FAILED when the server does not pass its files on
     */
    static String root(String owner, String address) {
        URI uri = URI.create(address);
        if (!PROXIED.equals(uri.getScheme())) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    owner + " keeps its artifacts at " + address
                            + ", which MLflow does not pass on; start it with --serve-artifacts and"
                            + " --artifacts-destination, and use an experiment made after that");
        }
        String path = uri.getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
