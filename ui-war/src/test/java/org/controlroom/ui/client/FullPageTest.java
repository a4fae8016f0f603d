package org.controlroom.ui.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FullPageTest {

    /** The numbers from 0, of which every tenth is found; each piece looks at 25 of them. */
    private static final int PIECE = 25;

    private static final int NUMBERS = 100;

    private final List<String> asked = new ArrayList<>();

    private JsonObject piece(@Nullable String cursor, int limit) {
        asked.add(cursor + " " + limit);
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        JsonArrayBuilder items = Json.createArrayBuilder();
        int found = 0;
        int number = from;
        while (number < Math.min(NUMBERS, from + PIECE) && found < limit) {
            if (number % 10 == 0) {
                items.add(Json.createObjectBuilder().add("number", number));
                found++;
            }
            number++;
        }
        var answer = Json.createObjectBuilder().add("items", items);
        return (number < NUMBERS ? answer.add("next", Integer.toString(number)) : answer.addNull("next")).build();
    }

    private Listed<Integer> page(@Nullable String cursor, int limit, Duration patience) {
        return FullPage.of(cursor, limit, this::piece, item -> item.getInt("number"), patience.toNanos());
    }

    @Test
    void aPageIsFilledFromPiecesAndGoesOnWhereTheLastOneEnded() {
        Listed<Integer> first = page(null, 5, Duration.ofMinutes(1));
        assertThat(first.items()).containsExactly(0, 10, 20, 30, 40);
        assertThat(asked).containsExactly("null 5", "25 2");
        Listed<Integer> second = page(first.next(), 9, Duration.ofMinutes(1));
        assertThat(second.items()).containsExactly(50, 60, 70, 80, 90);
        assertThat(second.next()).isNull();
    }

    @Test
    void aReaderWhoCannotWaitGetsWhatThereIsAndMayGoOn() {
        Listed<Integer> page = page(null, 5, Duration.ZERO);
        assertThat(page.items()).containsExactly(0, 10, 20);
        assertThat(page.next()).isEqualTo("25");
        assertThat(asked).hasSize(1);
    }
}
