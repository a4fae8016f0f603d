package org.controlroom.spi;

/** How far a long operation is, told by the one who works to the one who waits. Thread-safe; cheap enough for each row. */
public interface Progress {

    /** Ignores reports and never cancels. */
    Progress NONE = new Progress() {
        @Override
        public void report(String what, long done, long total) {}

        @Override
        public void throwIfCancelled() {}
    };

    /**
     * Reports the position reached.
     *
     * @param what what is being done, in a few words, for example {@code "reading rows"}
     * @param done units done so far, 0 or more
     * @param total units in all, or -1 while unknown
     */
    void report(String what, long done, long total);

    /**
     * To be called at least once a second by whoever works.
     *
     * @throws ControlRoomException CANCELLED when somebody asked to stop
     */
    void throwIfCancelled();
}
