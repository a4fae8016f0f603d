package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    @Test
    void aPackedBodyIsRefusedByTheNameOfItsEncoding() {
        assertThatThrownBy(() -> RequestBody.checkNotPacked("gzip"))
                .isInstanceOfSatisfying(
                        ControlRoomException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE))
                .hasMessageContaining("Content-Encoding 'gzip'; must be left out");
        assertThatCode(() -> RequestBody.checkNotPacked(null)).doesNotThrowAnyException();
        assertThatCode(() -> RequestBody.checkNotPacked(" Identity ")).doesNotThrowAnyException();
    }
}
