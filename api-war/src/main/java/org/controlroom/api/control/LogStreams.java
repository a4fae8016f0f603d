package org.controlroom.api.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Clients that follow the log of a run. One thread asks for all of them twice a second; no request thread waits. */
public final class LogStreams implements AutoCloseable {

    private static final int MOST = 64;
    private static final int LINES_AT_ONCE = 500;
    private static final long EVERY_MS = 500;

    /** A comment after so many turns without a line, so that nothing in between takes the connection for dead. */
    private static final int TURNS_BETWEEN_SIGNS = 30;

    private final RunHistory history;
    private final JsonMapper json = JsonMapping.mapper();
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "log-streams");
        made.setDaemon(true);
        return made;
    });

    public LogStreams(RunHistory history) {
        this.history = history;
        var unused = thread.scheduleWithFixedDelay(this::turn, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** @throws ControlRoomException OVERLOADED when too many follow */
    void open(String runId, long after, SseEventSink sink, Sse sse) {
        if (clients.size() >= MOST) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED, MOST + " clients follow logs already; ask for …/log instead");
        }
        clients.add(new Client(runId, after, sink, sse));
    }

    private void turn() {
        clients.removeIf(LogStreams::hasAll);
    }

    private static boolean hasAll(Client client) {
        boolean over;
        try {
            over = client.sink.isClosed() || client.goOn();
        } catch (RuntimeException | JsonProcessingException e) {
            // The client comes back by itself, and goes on at its last line.
            over = true;
        }
        if (over) {
            client.sink.close();
        }
        return over;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        clients.forEach(client -> client.sink.close());
    }

    private final class Client {
        private final String runId;
        private final SseEventSink sink;
        private final Sse sse;
        private long after;
        private int quiet;

        Client(String runId, long after, SseEventSink sink, Sse sse) {
            this.runId = runId;
            this.after = after;
            this.sink = sink;
            this.sse = sse;
        }

        /** Whether everything was sent and nothing more will come. */
        private boolean goOn() throws JsonProcessingException {
            // The state first: what is logged before the end is then among the lines.
            PipelineRun run = history.run(runId);
            List<LogLine> lines = history.logLines(runId, after, LINES_AT_ONCE);
            for (LogLine line : lines) {
                send("line", Long.toString(line.number()), json.writeValueAsString(line));
                after = line.number();
            }
            quiet = lines.isEmpty() ? quiet + 1 : 0;
            if (lines.isEmpty() && run.status().ended()) {
                send("end", Long.toString(after), json.writeValueAsString(run));
                return true;
            }
            if (quiet % TURNS_BETWEEN_SIGNS == TURNS_BETWEEN_SIGNS - 1) {
                var unused =
                        sink.send(sse.newEventBuilder().comment("still running").build());
            }
            return false;
        }

        private void send(String name, String id, String data) {
            var unused =
                    sink.send(sse.newEventBuilder().name(name).id(id).data(data).build());
        }
    }
}
