package org.controlroom.ui.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstVisitsTest {

    @Test
    void pagesAreOpenedUnlessTheConfigurationSaysOtherwise() {
        assertThat(FirstVisits.areWanted(Optional.empty())).isTrue();
        assertThat(FirstVisits.areWanted(Optional.of(""))).isTrue();
        assertThat(FirstVisits.areWanted(Optional.of("true"))).isTrue();
        assertThat(FirstVisits.areWanted(Optional.of(" false "))).isFalse();
    }

    @Test
    void anotherValueIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> FirstVisits.areWanted(Optional.of("no")))
                .hasMessage("controlroom.ui.first-visits is 'no'; must be true or false");
    }
}
