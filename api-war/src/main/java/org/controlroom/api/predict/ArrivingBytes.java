package org.controlroom.api.predict;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that says before it makes its reader wait for the client. */
final class ArrivingBytes extends FilterInputStream {

    private final Waiting beforeWaiting;

    ArrivingBytes(InputStream in, Waiting beforeWaiting) {
        super(in);
        this.beforeWaiting = beforeWaiting;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (in.available() <= 0) {
            beforeWaiting.run();
        }
        return in.read(bytes, offset, length);
    }

    /** What to do before waiting. */
    interface Waiting {
        void run() throws IOException;
    }
}
