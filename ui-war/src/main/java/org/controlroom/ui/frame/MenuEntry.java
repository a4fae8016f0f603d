package org.controlroom.ui.frame;

import java.util.List;

/**
 * One line of the menu.
 *
 * @param area name of the page without its ending; the pages {@code area-…} belong to it, and the page of one of its things,
 *     as {@code prediction} to {@code predictions}; its text is {@code menu.area}
 * @param key letter that leads there after {@code g}
 * @param under area above it in the menu; empty at the top
 */
public record MenuEntry(String area, String key, String under) {

    /** In the order of the menu. A line is shown when its page is there, so a new page needs a line here and nothing else. */
    static final List<MenuEntry> ALL = List.of(
            new MenuEntry("index", "h", ""),
            new MenuEntry("dataset", "d", ""),
            new MenuEntry("pipelines", "i", ""),
            new MenuEntry("training", "t", ""),
            new MenuEntry("registry", "r", "training"),
            new MenuEntry("predictions", "p", ""),
            new MenuEntry("plugins", "l", ""),
            new MenuEntry("about", "a", ""));

    /** The area of a page; the page itself when no line of the menu is meant. */
    static String areaOf(String page) {
        int hyphen = page.indexOf('-');
        String area = hyphen < 0 ? page : page.substring(0, hyphen);
        boolean singular = ALL.stream().anyMatch(entry -> entry.area.equals(area + "s"));
        return singular ? area + "s" : area;
    }

    /** Address below the root of the pages. */
    public String getHref() {
        return area.equals("index") ? "" : area;
    }

    public String getArea() {
        return area;
    }

    public String getKey() {
        return key;
    }

    /** Whether it stands below another line. */
    public boolean isNested() {
        return !under.isEmpty();
    }
}
