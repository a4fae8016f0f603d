package org.controlroom.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws listings from the word lists.
 * {@link Random} is used because its sequence is part of the Java specification: every JVM writes the same catalogue.
 */
final class ListingGenerator {
    /** Below this a listing of every type cannot be promised. */
    private static final int MIN_ROWS = 27;

    private static final double NEAR_DUPLICATE = 0.04;
    private static final double WRONG_LABEL = 0.02;
    private static final double OF_ANOTHER_KIND = 0.05;
    private static final double EMPTY_DESCRIPTION = 0.28;
    private static final double TWO_LANGUAGES = 0.04;

    private final WordLists lists;
    private final Random random;
    private final Dirt dirt;
    private final Map<String, List<ProductType>> families = new HashMap<>();
    private final Set<Long> usedProductIds = new HashSet<>();

    ListingGenerator(WordLists lists, long seed) {
        this.lists = lists;
        this.random = new Random(seed);
        this.dirt = new Dirt(lists, random);
        for (ProductType type : lists.types()) {
            families.computeIfAbsent(type.family(), family -> new ArrayList<>()).add(type);
        }
    }

    List<Listing> generate(int rows) {
        if (rows < MIN_ROWS) {
            throw new IllegalArgumentException("rows=" + rows + "; must be " + MIN_ROWS + " or more");
        }
        List<ProductType> order = quotas(rows);
        Collections.shuffle(order, random);
        Map<Integer, List<Listing>> byCode = new HashMap<>();
        List<Listing> listings = new ArrayList<>(rows);
        for (ProductType type : order) {
            List<Listing> earlier = byCode.computeIfAbsent(type.code(), code -> new ArrayList<>());
            Listing listing = !earlier.isEmpty() && chance(NEAR_DUPLICATE)
                    ? nearDuplicate(earlier.get(random.nextInt(earlier.size())))
                    : draw(type);
            earlier.add(listing);
            listings.add(listing);
        }
        return listings;
    }

    /** Each type as often as its share says, at least once; what rounding leaves goes to the largest. */
    private List<ProductType> quotas(int rows) {
        int shares = lists.types().stream().mapToInt(ProductType::share).sum();
        List<ProductType> order = new ArrayList<>(rows);
        ProductType largest = lists.types().get(0);
        for (ProductType type : lists.types()) {
            int count = (int) Math.max(1, (long) (rows - MIN_ROWS) * type.share() / shares);
            order.addAll(Collections.nCopies(count, type));
            largest = type.share() > largest.share() ? type : largest;
        }
        order.addAll(Collections.nCopies(rows - order.size(), largest));
        return order;
    }

    private Listing draw(ProductType type) {
        ProductType labelled = type;
        ProductType described = type;
        List<ProductType> family = families.getOrDefault(type.family(), List.of(type));
        if (chance(OF_ANOTHER_KIND)) {
            // sellers put a thing under a neighbouring type
            described = family.get(random.nextInt(family.size()));
        } else if (chance(WRONG_LABEL)) {
            described = lists.types().get(random.nextInt(lists.types().size()));
        }
        Language language = language();
        Language second = chance(TWO_LANGUAGES) ? otherThan(language) : language;
        ListingText text = new ListingText(lists, described, family, random);
        String designation = dirt.onDesignation(text.designation(language));
        String description = chance(EMPTY_DESCRIPTION) ? "" : dirt.onDescription(text.description(second), second);
        return new Listing(designation, description, productId(), imageId(), labelled.code());
    }

    private Language language() {
        int percent = random.nextInt(100);
        return percent < 78 ? Language.FR : percent < 94 ? Language.EN : Language.DE;
    }

    private static Language otherThan(Language language) {
        return language == Language.FR ? Language.EN : Language.FR;
    }

    private Listing nearDuplicate(Listing original) {
        return new Listing(
                dirt.slightlyChanged(original.designation()),
                original.description(),
                productId(),
                imageId(),
                original.code());
    }

    private long productId() {
        long id;
        do {
            id = 100_000_000L + random.nextInt(1_900_000_000) * 2L + random.nextInt(2);
        } while (!usedProductIds.add(id));
        return id;
    }

    private long imageId() {
        return 1_000_000_000L + random.nextInt(330_000_000);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
