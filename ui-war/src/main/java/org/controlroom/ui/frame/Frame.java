package org.controlroom.ui.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ApiUnanswered;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the page of this request, in {@code WEB-INF/template.xhtml}: {@code #{frame}}. Theme and language come from
 * cookies that {@code control-room.js} writes, so the first byte of a page has them right.
 */
@Named("frame")
@RequestScoped
public class Frame {

    private static final String THEME_COOKIE = "cr_theme";
    private static final String LANGUAGE_COOKIE = "cr_lang";
    private static final Set<String> THEMES = Set.of("light", "dark");
    private static final Set<String> LANGUAGES = Set.of("en", "fr");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    HttpServletRequest request;

    private @Nullable Query query;

    /** {@code light}, {@code dark}, or {@code system}, which follows the reader's system. */
    public String getTheme() {
        String chosen = cookie(THEME_COOKIE);
        return THEMES.contains(chosen) ? chosen : "system";
    }

    /** The chosen language, else the best that the browser asks for, else English. */
    public Locale getLocale() {
        String chosen = cookie(LANGUAGE_COOKIE);
        return LANGUAGES.contains(chosen)
                ? Locale.forLanguageTag(chosen)
                : faces.getApplication().getViewHandler().calculateLocale(faces);
    }

    /** The area that the page belongs to. */
    public String getArea() {
        return MenuEntry.areaOf(getPage());
    }

    /** Name of the page without its ending. */
    public String getPage() {
        String view = faces.getViewRoot().getViewId();
        return view.substring(view.lastIndexOf('/') + 1, view.lastIndexOf('.'));
    }

    /** The lines of the menu whose pages are there. */
    public List<MenuEntry> getMenu() {
        return MenuEntry.ALL.stream().filter(entry -> isPage(entry.area())).toList();
    }

    /** Whether the webapp has this page, so that a link to it leads somewhere. */
    public boolean isPage(String name) {
        try {
            return faces.getExternalContext().getResource("/" + name + ".xhtml") != null;
        } catch (MalformedURLException e) {
            return false;
        }
    }

    /** This page with one parameter of its address changed; null or empty takes it away. A link from the page to itself. */
    public String with(String name, @Nullable Object value) {
        return query().with(name, value == null ? null : value.toString()).link();
    }

    /**
     * A page of a list.
     *
     * @param asked what the list was asked with; null when that is the address of this page
     * @param cursor where the page begins, as the API answered it; null for the first
     */
    public String page(@Nullable Query asked, @Nullable String cursor) {
        return (asked == null ? query() : asked).with("cursor", cursor).link();
    }

    /** The same, and back on the first page of a list: for filters and sort orders. */
    public String restart(String name, @Nullable Object value) {
        return query().without("cursor")
                .with(name, value == null ? null : value.toString())
                .link();
    }

    /** A parameter of this page's address; empty when it has none. */
    public String parameter(String name) {
        return query().value(name);
    }

    /** The link of a column's head: sorts by the field, and the other way round when the list is sorted by it already. */
    public String sortLink(String field) {
        return restart("sort", sortState(field).equals("ascending") ? "-" + field : field);
    }

    /** {@code ascending}, {@code descending} or {@code none}, as {@code aria-sort} wants it. */
    public String sortState(String field) {
        String sort = query().value("sort");
        return sort.equals(field) ? "ascending" : sort.equals("-" + field) ? "descending" : "none";
    }

    /** Text for use inside an address. */
    public String encoded(@Nullable Object text) {
        return text == null ? "" : Query.encoded(text.toString());
    }

    /** Key of the sentence that says what a reader can do about a problem; empty when the problem says it all. */
    public String advice(@Nullable ApiProblem problem) {
        if (problem == null) {
            return "";
        }
        ApiProblem.Reason reason = problem.reason();
        for (String about : List.of(reason == null ? "" : reason.key(), problem.code())) {
            if (texts().containsKey("problem.do." + about)) {
                return "problem.do." + about;
            }
        }
        return switch (problem.status()) {
            case 0 -> "problem.do.unanswered";
            case 400, 413, 415, 422 -> "problem.do.input";
            case 401, 403 -> "problem.do.role";
            case 404 -> "problem.do.missing";
            case 409 -> reason == null ? "problem.do.conflict" : ""; // the sentence says what would be possible
            case 429, 503, 504 -> "problem.do.later";
            case 507 -> "problem.do.space";
            default -> problem.status() >= 500 ? "problem.do.log" : "";
        };
    }

    /** What kind of problem it is, in the reader's language. */
    public String title(ApiProblem problem) {
        return title(problem instanceof ApiUnanswered ? "UNANSWERED" : problem.code(), problem.title());
    }

    /** The same of a code that a run, a load or a batch keeps. */
    public String titleOf(String code) {
        return title(code, code);
    }

    private String title(String code, String otherwise) {
        String key = "problem.title." + code;
        ResourceBundle texts = texts();
        return texts.containsKey(key) ? texts.getString(key) : otherwise;
    }

    /** What went wrong this time, in the reader's language where there are words for it. */
    public String detail(ApiProblem problem) {
        if (isNoRoute(problem)) {
            return texts().getString("problem.nothing");
        }
        return ReasonTexts.text(problem.reason(), getLocale())
                .map(words -> words.substring(0, 1).toUpperCase(getLocale()) + words.substring(1))
                .orElse(problem.detail());
    }

    /** The reader asked for no route of the API: what stands in the page's address made one that is not there. */
    private static boolean isNoRoute(ApiProblem problem) {
        ApiProblem.Reason reason = problem.reason();
        return reason != null && reason.key().equals("route-unknown");
    }

    /** The language of {@link #detail}: English where there are no other words, unless the page found the mistake itself. */
    public String language(ApiProblem problem) {
        return problem.status() == ApiProblem.UNASKED || isNoRoute(problem)
                ? getLocale().getLanguage()
                : language(problem.reason());
    }

    /** What the pages call a field of the API; empty when they have no word for it. */
    public String field(ApiProblem.FieldError error) {
        String key = "field." + error.field();
        return texts().containsKey(key) ? texts().getString(key) : "";
    }

    /** What is wrong in a field, in the reader's language where there are words for it. */
    public String message(ApiProblem.FieldError error) {
        return ReasonTexts.text(error.reason(), getLocale()).orElse(error.message());
    }

    /** The language of {@link #message}. */
    public String language(ApiProblem problem, ApiProblem.FieldError error) {
        return problem.status() == ApiProblem.UNASKED ? getLocale().getLanguage() : language(error.reason());
    }

    /** A reason in the reader's language where there are words for it, else in English. */
    public String said(ApiProblem.@Nullable Reason reason, String english) {
        return ReasonTexts.text(reason, getLocale()).orElse(english);
    }

    /** The language of {@link #said}. */
    public String languageOf(ApiProblem.@Nullable Reason reason) {
        return language(reason);
    }

    private String language(ApiProblem.@Nullable Reason reason) {
        return ReasonTexts.text(reason, getLocale()).isPresent() ? getLocale().getLanguage() : "en";
    }

    /** The words for the API's reasons, for scripts; see {@code said} in {@code control-room.js}. */
    public String getReasons() {
        return ReasonTexts.json(getLocale());
    }

    private ResourceBundle texts() {
        return faces.getApplication().getResourceBundle(faces, "msg");
    }

    private Query query() {
        Query known = query;
        if (known == null) {
            known = Query.of(request.getQueryString());
            query = known;
        }
        return known;
    }

    private String cookie(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return "";
    }
}
