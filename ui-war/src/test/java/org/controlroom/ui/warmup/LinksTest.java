package org.controlroom.ui.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:8000/ui/dataset");

    @Test
    void linksAreResolvedAgainstTheirPage() {
        assertThat(Links.of(PAGE, """
                <a class="x" href="dataset-product?id=1&amp;x=2#top">one</a>
                <a href="/ui/about">two</a><script src="/ui/jakarta.faces.resource/a.js?ln=js"></script>
                """))
                .containsExactly(
                        URI.create("http://127.0.0.1:8000/ui/dataset-product?id=1&x=2"),
                        URI.create("http://127.0.0.1:8000/ui/about"),
                        URI.create("http://127.0.0.1:8000/ui/jakarta.faces.resource/a.js?ln=js"));
    }

    @Test
    void otherHostsDownloadsPlacesOnThePageAndWhatIsNoAddressAreLeftOut() {
        assertThat(Links.of(PAGE, """
                <a href="http://elsewhere.example/ui/">other</a><a href="#main">here</a>
                <a href="dataset-load?id=1" download="rows.csv">rows</a><a download href="x">y</a>
                <a href="http://[broken">broken</a><a href="mailto:a@b.example">mail</a>
                """)).isEmpty();
    }
}
