package org.controlroom.core.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * Where the catalogue of this moment came from.
 *
 * @param loadIds completed loads that were not rolled back, ascending
 * @param portion of the newest of them, with everything before it; a load of single files counts as everything. Null
 *     when there is no load
 */
public record LoadedData(List<Long> loadIds, @Nullable CataloguePortion portion) {

    private static final int PAGE = 100;

    /** First percentage of the portions, and how much more each week has. */
    private static final double FIRST_PERCENTAGE = 40;

    private static final double PERCENTAGE_A_WEEK = 3;

    public LoadedData {
        loadIds = List.copyOf(loadIds);
    }

    public static LoadedData of(Catalogue catalogue) {
        List<Long> ids = new ArrayList<>();
        CataloguePortion portion = null;
        @Nullable String cursor = null;
        do {
            Page<CatalogueLoad> page = catalogue.loads(
                    new PageRequest(new TreeMap<>(Map.of("status", RunStatus.COMPLETED.text())), "id", cursor, PAGE));
            for (CatalogueLoad load : page.items()) {
                if (load.rollback() == null) {
                    ids.add(load.id());
                    portion = load.portion();
                }
            }
            cursor = page.next();
        } while (cursor != null);
        return new LoadedData(ids, portion);
    }

    /** Week of a percentage of the source: 40 percent are the first, each 3 more one further. */
    public static int week(double percentage) {
        return (int) Math.max(1, Math.round((percentage - FIRST_PERCENTAGE) / PERCENTAGE_A_WEEK + 1));
    }

    /** All load ids in a parameter of limited length: ranges where they follow each other. */
    public String loadsText() {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < loadIds.size(); ) {
            int to = from;
            while (to + 1 < loadIds.size() && loadIds.get(to + 1) == loadIds.get(to) + 1) {
                to++;
            }
            text.append(text.isEmpty() ? "" : ",").append(loadIds.get(from));
            text.append(to == from ? "" : "-" + loadIds.get(to));
            from = to + 1;
        }
        return text.toString();
    }
}
