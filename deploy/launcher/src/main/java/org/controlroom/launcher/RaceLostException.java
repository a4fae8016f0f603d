package org.controlroom.launcher;

/** An application did not come up because Payara lost a race with itself; another start may well pass. */
final class RaceLostException extends LaunchException {
    private static final long serialVersionUID = 1L;

    RaceLostException(String message, String remedy) {
        super(message, remedy);
    }
}
