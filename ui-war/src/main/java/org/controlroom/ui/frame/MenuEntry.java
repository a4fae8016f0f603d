package org.controlroom.ui.frame;

import java.util.List;

/**
 * One line of the menu.
 *
 * @param area name of the page without its ending; the pages {@code area-…} belong to it; its text is {@code menu.area}
 * @param key letter that leads there after {@code g}
 * @param under area above it in the menu; empty at the top
 */
public record MenuEntry(String area, String key, String under) {

    /** In the order of the menu. A line is shown when its page is there, so a new page needs a line here and nothing else. */
    static final List<MenuEntry> ALL = List.of(
            new MenuEntry("index", "h", ""),
            new MenuEntry("dataset", "d", ""),
            new MenuEntry("training", "t", ""),
            new MenuEntry("registry", "r", "training"),
            new MenuEntry("predictions", "p", ""),
            new MenuEntry("plugins", "l", ""),
            new MenuEntry("about", "a", ""));

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
