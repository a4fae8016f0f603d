package org.controlroom.core.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Deployments;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A deployment history that keeps each entry as one line, or is out of order. */
public final class FakeDeployments implements Deployments {

    private final List<Deployment> entries = new ArrayList<>();
    private final List<String> onNodes = new ArrayList<>();
    private boolean reachable = true;

    public void reachable(boolean now) {
        reachable = now;
    }

    /** Version, action, actor and reason of each entry, oldest first. */
    public List<String> entries() {
        return entries.stream()
                .map(entry -> entry.version() + " " + entry.action() + " by " + entry.actor() + ": " + entry.reason())
                .toList();
    }

    /** Node, version and cause of each change of a node, oldest first. */
    public List<String> onNodes() {
        return List.copyOf(onNodes);
    }

    @Override
    public void began(DeployedVersion deployed, Instant at, String action, String actor, String reason) {
        requireReachable();
        Deployment last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        if (last != null
                && last.version().equals(deployed.version())
                && deployed.identity().equals(last.identity())) {
            return;
        }
        entries.add(new Deployment(
                entries.size() + 1,
                deployed.model(),
                deployed.version(),
                at,
                null,
                action,
                actor,
                reason,
                last == null ? null : last.version(),
                deployed.identity(),
                deployed.registry(),
                null));
    }

    @Override
    public Page<Deployment> deployments(PageRequest request) {
        requireReachable();
        String version = request.filters().get("version");
        List<Deployment> found = new ArrayList<>(entries.stream()
                .filter(entry -> version == null || entry.version().equals(version))
                .toList());
        Collections.reverse(found);
        return new Page<>(found, null);
    }

    @Override
    public Optional<Deployment> serving(String model) {
        requireReachable();
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    @Override
    public void answers(
            String node, DeployedVersion deployed, Instant since, Instant seenAt, String cause, boolean first) {
        requireReachable();
        String version = deployed.version();
        if (onNodes.isEmpty() || !onNodes.get(onNodes.size() - 1).startsWith(node + " " + version + " ")) {
            onNodes.add(node + " " + version + " " + cause);
        }
    }

    @Override
    public void stopped(String node, String model, Instant at) {
        requireReachable();
        onNodes.add(node + " stopped");
    }

    @Override
    public Page<NodeDeployment> onNodes(PageRequest request) {
        throw new UnsupportedOperationException();
    }

    private void requireReachable() {
        if (!reachable) {
            throw new ControlRoomException(ErrorCode.DATABASE_UNAVAILABLE, "the history is switched off");
        }
    }
}
