package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LengthDistribution;
import org.controlroom.core.model.LengthDistribution.Bucket;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Statements;

/** {@link CatalogueStatistics} as a text and back. */
final class StoredStatistics {

    /** Raised whenever the rules by which products are counted change, so that what was counted before is not shown. */
    private static final long FORMAT = 1;

    private StoredStatistics() {}

    /** What was counted after the newest completed load, where it was. */
    static Optional<CatalogueStatistics> ofNewestLoad(Connection connection) throws SQLException {
        Optional<Long> load = Statements.first(
                connection, row -> row.getLong(1), JdbcCatalogueViews.NEWEST_LOAD, RunStatus.COMPLETED.text());
        return load.isEmpty() ? Optional.empty() : ofLoad(connection, load.get());
    }

    static Optional<CatalogueStatistics> ofLoad(Connection connection, long load) throws SQLException {
        return Statements.first(
                        connection,
                        row -> Columns.text(row, "content"),
                        "SELECT content FROM catalogue_statistics WHERE load_id = ?",
                        load)
                .flatMap(StoredStatistics::read);
    }

    static String write(CatalogueStatistics statistics) {
        SortedMap<String, Json> members = new TreeMap<>();
        members.put("format", Json.of(FORMAT));
        members.put("computed_at", Json.of(statistics.computedAt().toString()));
        Long load = statistics.loadId();
        members.put("load_id", load == null ? new Json.Null() : Json.of(load));
        members.put("products", Json.of(statistics.products()));
        members.put("labelled", Json.of(statistics.labelled()));
        members.put("with_image", Json.of(statistics.withImage()));
        members.put("without_description", Json.of(statistics.withoutDescription()));
        members.put("by_label", counts(statistics.byLabel()));
        members.put("by_language", counts(statistics.byLanguage()));
        members.put("designation_chars", lengths(statistics.designationChars()));
        members.put("description_chars", lengths(statistics.descriptionChars()));
        return new Json.Obj(members).write();
    }

    private static Json counts(Map<?, Long> counts) {
        SortedMap<String, Json> members = new TreeMap<>();
        counts.forEach((key, count) -> members.put(String.valueOf(key), Json.of(count)));
        return new Json.Obj(members);
    }

    private static Json lengths(LengthDistribution lengths) {
        List<Json> buckets = new ArrayList<>();
        for (Bucket bucket : lengths.buckets()) {
            SortedMap<String, Json> members = new TreeMap<>();
            members.put("from", Json.of(bucket.from()));
            Integer to = bucket.to();
            members.put("to", to == null ? new Json.Null() : Json.of(to));
            members.put("products", Json.of(bucket.products()));
            buckets.add(new Json.Obj(members));
        }
        SortedMap<String, Json> members = new TreeMap<>();
        members.put("shortest", Json.of(lengths.shortest()));
        members.put("mean", Json.of(lengths.mean()));
        members.put("median", Json.of(lengths.median()));
        members.put("percentile95", Json.of(lengths.percentile95()));
        members.put("longest", Json.of(lengths.longest()));
        members.put("buckets", new Json.Arr(buckets));
        return new Json.Obj(members);
    }

    /** Empty when it was written under other rules. */
    static Optional<CatalogueStatistics> read(String text) {
        Json json = Json.parse(text);
        if (json.get("format").integer() != FORMAT) {
            return Optional.empty();
        }
        return Optional.of(new CatalogueStatistics(
                Instant.parse(json.get("computed_at").text()),
                json.get("load_id").integer(),
                json.get("products").integer(),
                json.get("labelled").integer(),
                json.get("with_image").integer(),
                json.get("without_description").integer(),
                counts(json.get("by_label"), Integer::valueOf),
                counts(json.get("by_language"), language -> language),
                lengths(json.get("designation_chars")),
                lengths(json.get("description_chars"))));
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> counts(Json json, Function<String, K> key) {
        SortedMap<K, Long> counts = new TreeMap<>();
        json.members().forEach((name, count) -> counts.put(key.apply(name), count.integer()));
        return counts;
    }

    private static LengthDistribution lengths(Json json) {
        List<Bucket> buckets = new ArrayList<>();
        for (Json bucket : json.get("buckets").items()) {
            Integer to = bucket.get("to") instanceof Json.Null
                    ? null
                    : Math.toIntExact(bucket.get("to").integer());
            buckets.add(new Bucket(
                    Math.toIntExact(bucket.get("from").integer()),
                    to,
                    bucket.get("products").integer()));
        }
        return new LengthDistribution(
                Math.toIntExact(json.get("shortest").integer()),
                json.get("mean").decimal(),
                Math.toIntExact(json.get("median").integer()),
                Math.toIntExact(json.get("percentile95").integer()),
                Math.toIntExact(json.get("longest").integer()),
                buckets);
    }
}
