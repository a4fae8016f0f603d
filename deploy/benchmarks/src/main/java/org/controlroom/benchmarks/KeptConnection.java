package org.controlroom.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that posts the same prediction again and again, so that one thread can have many requests under way. Not by
 * {@link java.net.http.HttpClient}: as often as its threads hand connections to each other under such load, it now and then
 * closes one that it has just written to, and reports that the server sent nothing. Not thread-safe.
 */
final class KeptConnection implements AutoCloseable {

    private static final int TIMEOUT_MS = 60_000;
    private static final String GOOD = "HTTP/1.1 200 ";
    private static final String EMPTY_LINE = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("\\r\\nContent-Length: (\\d+)\\r\\n");

    private final Socket socket;
    private final byte[] request;
    private final byte[] buffer = new byte[4096];
    private int phase;

    /** @param body in ASCII */
    KeptConnection(String url, String body) throws IOException {
        URI server = URI.create(url);
        request = ("POST /predict HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
    }

    /**
     * @param now what {@link #phase()} says until the next
     * @throws IOException the connection is closed then
     */
    KeptConnection send(int now) throws IOException {
        phase = now;
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            close();
            throw e;
        }
        return this;
    }

    /** The phase that the last request was sent in. */
    int phase() {
        return phase;
    }

    /**
     * Waits for the answer to the last request.
     *
     * @return its body, which is in ASCII
     * @throws IOException when there is none, or it is no prediction; the connection is closed then
     */
    String receive() throws IOException {
        try {
            String answer = more("");
            int head;
            while ((head = answer.indexOf(EMPTY_LINE)) < 0) {
                answer = more(answer);
            }
            Matcher length = LENGTH.matcher(answer).region(0, head + EMPTY_LINE.length());
            if (!answer.startsWith(GOOD) || !length.find()) {
                throw new IOException("not answered with a prediction: " + answer);
            }
            int start = head + EMPTY_LINE.length();
            int end = start + Integer.parseInt(length.group(1));
            while (answer.length() < end) {
                answer = more(answer);
            }
            return answer.substring(start, end);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private String more(String before) throws IOException {
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection after " + before.length() + " bytes of an answer");
        }
        return before + new String(buffer, 0, count, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // What it was for has failed already, or is done.
        }
    }
}
