package org.controlroom.core.promote;

import java.time.InstantSource;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.spi.ControlRoomException;

/**
 * Writes down which version this node answers with, from when to when. A database that does not answer stops nothing: what
 * could not be written is written at the next note. Thread-safe.
 */
public final class NodeHistory {

    private static final System.Logger LOG = System.getLogger(NodeHistory.class.getName());

    private final Deployments deployments;
    private final LiveModels live;
    private final String registry;
    private final String node;
    private final InstantSource clock;

    /** Guarded by this. */
    private boolean begun;

    private String problem = "";

    /**
     * @param registry address of the registry in use
     * @param node name of this node
     */
    public NodeHistory(Deployments deployments, LiveModels live, String registry, String node, InstantSource clock) {
        this.deployments = deployments;
        this.live = live;
        this.registry = registry;
        this.node = node;
        this.clock = clock;
    }

    /**
     * To be called after each change, and now and then, so that it is known how long the node was there.
     *
     * @param cause see {@link org.controlroom.core.model.NodeDeployment#cause()}; counts only when the version is another
     */
    public synchronized void note(String cause) {
        LiveModel now = live.live().orElse(null);
        if (now == null) {
            return;
        }
        try {
            deployments.answers(
                    node,
                    VersionIdentity.deployed(now.version(), registry),
                    now.activatedAt(),
                    clock.instant(),
                    cause,
                    !begun);
            begun = true;
            problem = "";
        } catch (ControlRoomException e) {
            report(e);
        }
    }

    /** To be called when the node ends. */
    public synchronized void stopped() {
        if (begun) {
            try {
                deployments.stopped(node, ModelVersion.CLASSIFIER, clock.instant());
            } catch (ControlRoomException e) {
                report(e);
            }
        }
    }

    private void report(ControlRoomException e) {
        String now = String.valueOf(e.getMessage());
        if (!now.equals(problem)) {
            LOG.log(System.Logger.Level.WARNING, "what this node answers with is not in the history yet: " + now);
        }
        problem = now;
    }
}
