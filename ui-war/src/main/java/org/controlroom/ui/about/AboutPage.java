package org.controlroom.ui.about;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.AboutClient;
import org.controlroom.ui.client.ApiProblem;
import org.jspecify.annotations.Nullable;

/** What the About page shows, asked once a request. */
@Named("about")
@RequestScoped
public class AboutPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    AboutClient client;

    private AboutClient.@Nullable Program program;
    private List<AboutClient.Setting> configuration = List.of();
    private @Nullable ApiProblem problem;

    @PostConstruct
    void ask() {
        try {
            program = client.program();
            configuration = client.configuration();
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public AboutClient.@Nullable Program getProgram() {
        return program;
    }

    /** Every key, by name. */
    public List<AboutClient.Setting> getConfiguration() {
        return configuration;
    }

    public List<Licence> getLicences() {
        return Licence.ALL;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }
}
