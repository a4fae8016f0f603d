package org.controlroom.api.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.controlroom.core.model.NodeName;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * The name of a node that was given none: made at its first start and kept in its data folder, so that it stays the same
 * on another address or in a new container, and no two processes have one.
 */
final class KeptNodeName {

    private static final String FILE = "node-name";

    private KeptNodeName() {}

    /** @throws ControlRoomException STORAGE_FAILED */
    static NodeName of(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) {
                    return new NodeName(kept);
                }
            }
            String made = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
            Files.writeString(file, made + "\n");
            return new NodeName(made);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "name of this node in " + file + ": " + e, e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
