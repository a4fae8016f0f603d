package org.controlroom.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.controlroom.core.json.Json;

/** What Grafana expects of the file of a dashboard, as far as it can be told without Grafana. */
final class Dashboards {

    /** Of Grafana 10.1 and newer, which migrates older ones; the names of fields are those of this version. */
    private static final int SCHEMA_VERSION = 39;

    private static final int COLUMNS = 24;

    private static final Set<String> KINDS =
            Set.of("bargauge", "gauge", "heatmap", "row", "stat", "state-timeline", "table", "text", "timeseries");

    /** Ids of github.com/grafana/grafana, packages/grafana-data/src/valueFormats/categories.ts; another one is shown as text. */
    private static final Set<String> UNITS =
            Set.of("bytes", "decbytes", "dtdurations", "ms", "none", "percent", "percentunit", "reqps", "s", "short");

    private Dashboards() {}

    /** Everything that is wrong with the dashboards, in words. */
    static List<String> mistakes(Map<String, String> files, String dataSource) {
        List<String> mistakes = new ArrayList<>();
        Set<String> uids = new TreeSet<>();
        Set<String> titles = new TreeSet<>();
        files.forEach((name, text) -> {
            Json.Obj dashboard = (Json.Obj) Json.parse(text);
            String uid = text(dashboard, "uid");
            if (!uid.matches("[a-z0-9-]{1,40}") || !uids.add(uid)) {
                mistakes.add(name + ": uid '" + uid + "'; must be 1..40 of a-z, 0-9 and -, and no other's");
            }
            if (text(dashboard, "title").isBlank() || !titles.add(text(dashboard, "title"))) {
                mistakes.add(name + ": title '" + text(dashboard, "title") + "'; must be there and no other's");
            }
            if (number(dashboard, "schemaVersion") != SCHEMA_VERSION) {
                mistakes.add(name + ": schemaVersion; must be " + SCHEMA_VERSION);
            }
            panels(name, dashboard, dataSource, mistakes);
        });
        return mistakes;
    }

    private static void panels(String name, Json.Obj dashboard, String dataSource, List<String> mistakes) {
        Set<Long> ids = new TreeSet<>();
        String[][] taken = new String[1_000][COLUMNS];
        List<Json> panels = items(dashboard, "panels");
        if (panels.isEmpty()) {
            mistakes.add(name + ": no panels");
        }
        for (Json one : panels) {
            Json.Obj panel = (Json.Obj) one;
            String where = name + " '" + text(panel, "title") + "'";
            if (text(panel, "title").isBlank()) {
                mistakes.add(where + ": no title");
            }
            if (number(panel, "id") < 1 || !ids.add(number(panel, "id"))) {
                mistakes.add(where + ": id " + number(panel, "id") + "; must be above 0 and no other's");
            }
            if (!KINDS.contains(text(panel, "type"))) {
                mistakes.add(where + ": type '" + text(panel, "type") + "'; must be one of " + new TreeSet<>(KINDS));
            }
            place(where, object(panel, "gridPos"), taken, mistakes);
            String unit = text(object(object(panel, "fieldConfig"), "defaults"), "unit");
            if (!UNITS.contains(unit)) {
                mistakes.add(where + ": unit '" + unit + "'; must be one of " + new TreeSet<>(UNITS));
            }
            targets(where, panel, dataSource, mistakes);
        }
    }

    private static void place(String where, Json.Obj grid, String[][] taken, List<String> mistakes) {
        long x = number(grid, "x");
        long y = number(grid, "y");
        long width = number(grid, "w");
        long height = number(grid, "h");
        if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > COLUMNS || y + height > taken.length) {
            mistakes.add(where + ": gridPos " + grid.write() + "; must be within " + COLUMNS + " columns");
            return;
        }
        Set<String> below = new TreeSet<>();
        for (int row = (int) y; row < y + height; row++) {
            for (int column = (int) x; column < x + width; column++) {
                String other = taken[row][column];
                if (other != null) {
                    below.add(other);
                }
                taken[row][column] = where;
            }
        }
        below.forEach(other -> mistakes.add(where + ": lies over " + other));
    }

    private static void targets(String where, Json.Obj panel, String dataSource, List<String> mistakes) {
        if (!text(object(panel, "datasource"), "uid").equals(dataSource)) {
            mistakes.add(where + ": datasource uid; must be " + dataSource);
        }
        List<Json> targets = items(panel, "targets");
        if (targets.isEmpty()) {
            mistakes.add(where + ": no targets");
        }
        Set<String> references = new TreeSet<>();
        for (Json one : targets) {
            Json.Obj target = (Json.Obj) one;
            String reference = text(target, "refId");
            if (!reference.matches("[A-Z]") || !references.add(reference)) {
                mistakes.add(where + ": refId '" + reference + "'; must be a letter and no other's");
            }
            if (text(target, "expr").isBlank()) {
                mistakes.add(where + " " + reference + ": no expr");
            }
            if (!text(object(target, "datasource"), "uid").equals(dataSource)) {
                mistakes.add(where + " " + reference + ": datasource uid; must be " + dataSource);
            }
        }
    }

    private static String text(Json.Obj object, String key) {
        return object.members().get(key) instanceof Json.Text text ? text.value() : "";
    }

    private static long number(Json.Obj object, String key) {
        return object.members().get(key) instanceof Json.Num number
                        && number.literal().matches("-?[0-9]{1,9}")
                ? Long.parseLong(number.literal())
                : -1;
    }

    private static Json.Obj object(Json.Obj object, String key) {
        return object.members().get(key) instanceof Json.Obj inner ? inner : new Json.Obj(new java.util.TreeMap<>());
    }

    private static List<Json> items(Json.Obj object, String key) {
        return object.members().get(key) instanceof Json.Arr array ? array.items() : List.of();
    }
}
