package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherSiteFilterTest {

    @Test
    void theBrowsersWordOnTheSiteCounts() {
        assertThat(OtherSiteFilter.isOurs("same-origin", "http://a:8000", "a:8000"))
                .isTrue();
        assertThat(OtherSiteFilter.isOurs("same-site", "http://a:9000", "a:8000"))
                .isFalse();
        assertThat(OtherSiteFilter.isOurs("cross-site", null, "a:8000")).isFalse();
    }

    @Test
    void withoutThatWordTheOriginMustBeTheHost() {
        assertThat(OtherSiteFilter.isOurs(null, "http://a:8000", "A:8000")).isTrue();
        assertThat(OtherSiteFilter.isOurs(null, "http://a:9000", "a:8000")).isFalse();
        assertThat(OtherSiteFilter.isOurs(null, "null", "a:8000")).isFalse();
        assertThat(OtherSiteFilter.isOurs(null, "http://[", "a:8000")).isFalse();
    }

    @Test
    void whoeverIsNoBrowserSendsNeither() {
        assertThat(OtherSiteFilter.isOurs(null, null, "a:8000")).isTrue();
    }
}
