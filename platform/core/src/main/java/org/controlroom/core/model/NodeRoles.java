package org.controlroom.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;

/**
 * What this node does, and refuses to do because other nodes do it.
 *
 * @param roles at least one
 */
public record NodeRoles(Set<NodeRole> roles) {

    /** Configuration key. */
    public static final String KEY = "controlroom.node.roles";

    public static final NodeRoles ALL = new NodeRoles(EnumSet.allOf(NodeRole.class));

    public NodeRoles {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a node has at least one role");
        }
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /**
     * Reads names separated by commas.
     *
     * @throws ControlRoomException SETTINGS_INVALID naming every unknown role
     */
    public static NodeRoles of(String text) {
        EnumSet<NodeRole> roles = EnumSet.noneOf(NodeRole.class);
        List<Problem> problems = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            Arrays.stream(NodeRole.values())
                    .filter(role -> role.text().equals(name.strip()))
                    .findFirst()
                    .ifPresentOrElse(
                            roles::add,
                            () -> problems.add(new Problem(
                                    KEY,
                                    "'" + name.strip() + "' is not a role; must be one or more of "
                                            + texts(EnumSet.allOf(NodeRole.class)) + ", separated by commas")));
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, "configuration", problems);
        }
        return new NodeRoles(roles);
    }

    public boolean has(NodeRole role) {
        return roles.contains(role);
    }

    /** Why this node does not do what the role is for, and who does. */
    public String refusal(NodeRole missing) {
        String what = missing == NodeRole.SERVE ? "answers no predictions" : "runs no pipelines";
        return "this node " + what + ": its roles are " + this + " (" + KEY + "); ask a node with the role "
                + missing.text();
    }

    /** @throws ControlRoomException CONFLICT with {@link #refusal} when the node does not have the role */
    public void require(NodeRole role) {
        if (!has(role)) {
            throw new ControlRoomException(ErrorCode.CONFLICT, refusal(role));
        }
    }

    /** Names in the order of the roles. */
    public List<String> names() {
        return roles.stream().map(NodeRole::text).toList();
    }

    private static String texts(Collection<NodeRole> roles) {
        return roles.stream().map(NodeRole::text).collect(Collectors.joining(","));
    }

    /** As in the configuration: {@code serve,pipelines}. */
    @Override
    public String toString() {
        return texts(roles);
    }
}
