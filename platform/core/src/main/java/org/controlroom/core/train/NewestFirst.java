package org.controlroom.core.train;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.jspecify.annotations.Nullable;

/** Looks through a list of the registry, newest first, for what none of its filters can name. */
final class NewestFirst {

    private static final int PAGE = 100;

    /** What is looked for was made by this run of a pipeline, so that it is not far down. */
    private static final int PAGES = 10;

    private NewestFirst() {}

    static <T> Optional<T> find(
            Function<PageRequest, Page<T>> list, Map<String, String> filters, Predicate<T> isWanted) {
        @Nullable String cursor = null;
        for (int page = 0; page < PAGES; page++) {
            Page<T> items = list.apply(new PageRequest(new TreeMap<>(filters), null, cursor, PAGE));
            Optional<T> found = items.items().stream().filter(isWanted).findFirst();
            cursor = items.next();
            if (found.isPresent() || cursor == null) {
                return found;
            }
        }
        return Optional.empty();
    }
}
