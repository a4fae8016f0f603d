package org.controlroom.ui.warmup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that a page leads to or loads. */
final class Links {
    private static final Pattern LINK = Pattern.compile("<(?:a|link|script|img)\\b[^>]*?\\s(?:href|src)=\"([^\"#]+)");
    private static final Pattern DOWNLOAD = Pattern.compile("<a\\b[^>]*\\sdownload\\b[^>]*>");

    private Links() {}

    /**
     * Those on the same server, in the order of the page; downloads are none.
     *
     * @param page address of the page, which its links are relative to
     */
    static List<URI> of(URI page, String html) {
        List<URI> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(DOWNLOAD.matcher(html).replaceAll(""));
        while (matcher.find()) {
            try {
                URI link = page.resolve(matcher.group(1).replace("&amp;", "&"));
                if (page.getScheme().equals(link.getScheme())
                        && page.getRawAuthority().equals(link.getRawAuthority())) {
                    links.add(link);
                }
            } catch (IllegalArgumentException e) {
                // what no browser could open either is not opened
            }
        }
        return links;
    }
}
