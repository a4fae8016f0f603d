package org.controlroom.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server for tests that keeps what it is given: SMTP with EHLO, AUTH LOGIN and DATA, one
 * connection after the other.
 */
public final class MailSink implements AutoCloseable {

    /**
     * One mail as it came.
     *
     * @param user who signed in, as {@code user:password}; empty for nobody
     * @param source headers and body
     */
    public record Mail(String user, String from, List<String> to, String source) {}

    private final ServerSocket listening;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";

    private MailSink(ServerSocket listening) {
        this.listening = listening;
    }

    /**
     * Listens on this machine only.
     *
     * @param port 0 for any that is free
     */
    public static MailSink listen(int port) throws IOException {
        MailSink sink = new MailSink(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(sink::serve, "mail-sink");
        thread.setDaemon(true);
        thread.start();
        return sink;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** In the order in which they came. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** From now on recipients are answered with this; empty to take them. */
    public void refuse(String answer) {
        refusal = answer;
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                socket.setSoTimeout(30_000);
                talk(socket);
            } catch (IOException e) {
                // the client went away, or the test is over
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        String user = "";
        String from = "";
        List<String> to = new ArrayList<>();
        say(out, "220 sink ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("EHLO") || command.startsWith("HELO")) {
                say(out, "250-sink\r\n250-8BITMIME\r\n250 AUTH LOGIN");
            } else if (command.startsWith("AUTH LOGIN")) {
                say(out, "334 VXNlcm5hbWU6");
                user = decoded(in.readLine());
                say(out, "334 UGFzc3dvcmQ6");
                user += ":" + decoded(in.readLine());
                say(out, "235 welcome");
            } else if (command.startsWith("MAIL FROM:")) {
                from = address(line);
                say(out, "250 ok");
            } else if (command.startsWith("RCPT TO:")) {
                to.add(address(line));
                say(out, refusal.isEmpty() ? "250 ok" : refusal);
            } else if (command.equals("DATA")) {
                say(out, "354 go on");
                mails.add(new Mail(user, from, List.copyOf(to), data(in)));
                to.clear();
                say(out, "250 kept");
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            source.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return source.toString();
    }

    private static String decoded(String line) {
        return new String(Base64.getDecoder().decode(line.strip()), StandardCharsets.UTF_8);
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
