package org.controlroom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class NodeRolesTest {

    @Test
    void rolesAreReadInAnyOrder() {
        assertThat(NodeRoles.of("pipelines, serve")).isEqualTo(NodeRoles.ALL).hasToString("serve,pipelines");
        assertThat(NodeRoles.of("serve").has(NodeRole.PIPELINES)).isFalse();
        assertThat(NodeRoles.of("pipelines").names()).containsExactly("pipelines");
    }

    @Test
    void unknownRolesFailAllAtOnceWithWhatIsAllowed() {
        ControlRoomException failure =
                catchThrowableOfType(ControlRoomException.class, () -> NodeRoles.of("serve,train,"));
        assertThat(failure.code()).isEqualTo(ErrorCode.SETTINGS_INVALID);
        assertThat(failure)
                .hasMessageContaining("controlroom.node.roles: 'train' is not a role; must be one or more of"
                        + " serve,pipelines, separated by commas")
                .hasMessageContaining("'' is not a role");
    }

    @Test
    void aMissingRoleIsRefusedWithTheKeyAndTheRoleToAskFor() {
        ControlRoomException failure = catchThrowableOfType(
                ControlRoomException.class, () -> NodeRoles.of("pipelines").require(NodeRole.SERVE));
        assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(failure)
                .hasMessage("this node answers no predictions: its roles are pipelines (controlroom.node.roles); ask a"
                        + " node with the role serve");
    }
}
