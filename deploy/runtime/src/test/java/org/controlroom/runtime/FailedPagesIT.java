package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader sees when a page is not there, is out of date, has not finished loading, or fails. */
class FailedPagesIT {
    private static final String STALE = "form=form&send=send&primefaces.nonce=YWJj&jakarta.faces.ViewState=";

    private final Distribution server = TrainedServer.shared();

    @Test
    void anAddressWithoutAPageSaysSoInBothLanguages() {
        ControlRoomPages pages = ControlRoomPages.of(server);
        pages.visitFailing("en", "/ui/nope", page -> {
            assertThat(page.locator("main").innerText()).contains("There is no page at this address", "/ui/nope");
            ControlRoomPages.check(page, "en");
        });
        pages.visitFailing("fr", "/ui/nope/deeper.xhtml", page -> {
            assertThat(page.locator("main").innerText()).contains("Il n’y a pas de page à cette adresse");
            ControlRoomPages.check(page, "fr");
        });
    }

    @Test
    void anIdThatCannotBeOneIsToldLikeAnyOtherUnknownOneInBothLanguages() {
        for (List<String> each : List.of(
                List.of(
                        "dataset-version?id=zzz",
                        "dataset 'zzz' does not exist",
                        "La version de données « zzz » n’existe pas"),
                List.of("dataset-load?id=x", "nothing has the id 'x'", "Rien n’a l’identifiant « x »"),
                List.of("prediction?id=a/b", "Nothing has this name", "Rien ne porte ce nom"),
                List.of("registry-decision?id=x", "nothing has the id 'x'", "Rien n’a l’identifiant « x »"))) {
            assertThat(get("/ui/" + each.get(0), "en")).contains(each.get(1), "look for it in its list");
            assertThat(get("/ui/" + each.get(0), "fr")).contains(each.get(2), "cherchez-le dans sa liste");
        }
    }

    private String get(String path, String language) {
        return Distribution.send(HttpRequest.newBuilder(server.address(path)).header("Accept-Language", language))
                .body();
    }

    @Test
    void aFormOfAnOlderPageIsRefusedInWordsAndLeadsBack() {
        HttpResponse<String> refused =
                post("/ui/predictions", STALE + "1%3A2", "Referer", server.address("/ui/predictions?x=1") + "");

        assertThat(refused.body())
                .contains("This form belongs to an older page, and nothing was done")
                .contains("href=\"/ui/predictions?x=1\"")
                .doesNotContain("Exception", "Payara");
        assertThat(post("/ui/predictions", STALE + "1%3A2", "Accept-Language", "fr")
                        .body())
                .contains("Ce formulaire vient d’une page plus ancienne");
    }

    @Test
    void anExceptionInAPageIsToldWithoutItsTrace() {
        // what no page sends: a nonce that is none
        HttpResponse<String> broken = post(
                "/ui/predictions",
                "form=form&send=send&primefaces.nonce=%3Cx%3E&jakarta.faces.ViewState=stateless",
                "Accept-Language",
                "en");

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body())
                .contains("The server could not show what was asked", "make logs")
                .doesNotContain("Exception", "Payara", "\tat ");
    }

    @Test
    void whatAnotherSiteSendsIsRefusedInBothLanguages() {
        for (List<String> each : List.of(
                List.of("en", "Another site sent this request"),
                List.of("fr", "Un autre site a envoyé cette demande"))) {
            HttpResponse<String> refused =
                    post("/ui/about", "a=b", "Origin", "http://elsewhere.example", "Accept-Language", each.get(0));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains(each.get(1), "http://elsewhere.example");
        }
    }

    @Test
    void aFormThatIsSentWithoutScriptsIsRefusedInWordsAndLeadsBack() {
        for (List<String> each : List.of(
                List.of("en", "The page had not finished loading, and nothing was done", "Open the page again"),
                List.of("fr", "La page n’était pas entièrement chargée", "Rouvrir la page"))) {
            ControlRoomPages.of(server).visitFailing(each.get(0), "/ui/about", page -> {
                page.route("**/*.js*", Route::abort);
                page.navigate(server.address("/ui/predictions?x=1").toString());
                page.locator("#designation").fill("Lampe de bureau");
                page.locator("#send").click();
                page.getByText(each.get(1)).waitFor();
                ControlRoomPages.screenshot(page, "unfinished-" + each.get(0));
                page.unroute("**/*.js*");
                page.getByText(each.get(2)).click();
                page.waitForURL("**/ui/predictions?x=1");
                assertThat(page.locator("#send").isVisible()).isTrue();
            });
        }
    }

    /** The form waits for its scripts, and the press is not lost. */
    @Test
    void aPressBeforeTheScriptsHaveLoadedCountsOnceTheyHave() {
        ControlRoomPages.of(server).visit("/ui/about", page -> {
            // what stands behind the form is held back, as on a slow line
            page.addInitScript("""
                    const ready = new MutationObserver(() => {
                      const button = document.getElementById('send');
                      if (button && document.readyState === 'loading') {
                        ready.disconnect();
                        document.getElementById('designation').value = 'Lampe de bureau';
                        button.click();
                        window.pressedEarly = true;
                      }
                    });
                    ready.observe(document, {childList: true, subtree: true});
                    """);
            page.navigate(server.address("/ui/predictions").toString());
            page.locator(".answer-value").first().waitFor();
            assertThat(page.evaluate("window.pressedEarly")).isEqualTo(true);
        });
    }

    @Test
    void aRequestOfAFormThatFailsSaysSoOnThePage() {
        ControlRoomPages.of(server).visitFailing("en", "/ui/predictions", page -> {
            page.evaluate("document.querySelectorAll('[name=\"primefaces.nonce\"],[name=cr_scripts]')"
                    + ".forEach(i => i.remove());"
                    + " PrimeFaces.csp.NONCE_VALUE = '<x>'");
            page.locator("#designation").fill("Lampe de bureau");
            page.locator("#send").click();
            page.locator("main .failure").waitFor();
            assertThat(page.locator("main .failure").innerText()).doesNotContain("Exception");
        });
    }

    private HttpResponse<String> post(String path, String form, String... headers) {
        return Distribution.send(HttpRequest.newBuilder(server.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .headers(headers)
                .POST(BodyPublishers.ofString(form)));
    }
}
