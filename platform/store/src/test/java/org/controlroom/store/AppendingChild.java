package org.controlroom.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.controlroom.spi.ControlRoomException;

/** A process that appends until it is killed or cannot, and prints each id once it is confirmed. */
final class AppendingChild {

    private AppendingChild() {}

    public static void main(String[] args) {
        InferenceLog log = new InferenceLog(Path.of(args[0]), 1L << 30, InstantSource.system());
        try {
            for (int i = 0; ; i++) {
                log.append(Predictions.of("pred_" + i, "Chaise \"pliante\"", "text\n".repeat(100)));
                System.out.println("pred_" + i);
            }
        } catch (ControlRoomException e) {
            System.out.println(e.code() + " " + e.getMessage());
        }
    }
}
