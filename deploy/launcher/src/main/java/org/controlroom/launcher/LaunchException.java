package org.controlroom.launcher;

/** Something the user can put right. The message says what failed, the remedy what to do. */
class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    LaunchException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
