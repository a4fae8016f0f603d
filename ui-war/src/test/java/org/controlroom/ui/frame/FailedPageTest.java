package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedPageTest {
    @Test
    void theWayBackIsThePageThatTheFormWasOn() {
        assertThat(FailedPage.back("http://here:8000/ui/registry-version?version=1&model=m", "here:8000", "/ui/"))
                .isEqualTo("/ui/registry-version?version=1&model=m");
        assertThat(FailedPage.back("http://here:8000/ui/about", "HERE:8000", "/ui/"))
                .isEqualTo("/ui/about");
    }

    @Test
    void aPageOfAnotherSiteIsNoWayBack() {
        assertThat(FailedPage.back("http://elsewhere.example/ui/about", "here:8000", "/ui/"))
                .isEqualTo("/ui/");
        assertThat(FailedPage.back("http://here:8000/docs", "here:8000", "/ui/"))
                .isEqualTo("/ui/");
        assertThat(FailedPage.back("javascript:alert(1)", "here:8000", "/ui/")).isEqualTo("/ui/");
        assertThat(FailedPage.back("http://here:8000/ui/ a", "here:8000", "/ui/"))
                .isEqualTo("/ui/");
        assertThat(FailedPage.back(null, "here:8000", "/ui/")).isEqualTo("/ui/");
    }
}
