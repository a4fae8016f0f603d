package org.controlroom.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.spi.ControlRoomException;
import org.junit.jupiter.api.Test;

class PagingTest {

    private static final Map<String, Function<String, String>> FIELDS =
            Map.of("text", Function.identity(), "size", text -> Integer.toString(text.length()));

    private final List<String> all = List.of("d", "aa", "b", "cc", "e");

    @Test
    void pagesTogetherHoldEveryItemOnce() {
        Page<String> first = page(Map.of(), null, null, 2);
        Page<String> second = page(Map.of(), null, first.next(), 2);
        Page<String> third = page(Map.of(), null, second.next(), 2);
        assertThat(first.items()).containsExactly("d", "aa");
        assertThat(second.items()).containsExactly("b", "cc");
        assertThat(third.items()).containsExactly("e");
        assertThat(third.next()).isNull();
    }

    @Test
    void itemsAreFilteredAndSortedBeforeTheyArePaged() {
        assertThat(page(Map.of("size", "1"), "-text", null, 2)).isEqualTo(new Page<>(List.of("e", "d"), "2"));
        assertThat(page(Map.of(), "text", "4", 2).items()).containsExactly("e");
    }

    @Test
    void unknownFiltersSortsAndCursorsAreNamed() {
        assertThatThrownBy(() -> page(Map.of("colour", "red"), null, null, 2))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> page(Map.of(), "colour", null, 2)).hasMessageContaining("sort");
        assertThatThrownBy(() -> page(Map.of(), null, "x", 2)).hasMessageContaining("cursor");
    }

    @Test
    void aCursorBeyondTheEndGivesAnEmptyPage() {
        assertThat(page(Map.of(), null, "99", 2)).isEqualTo(new Page<>(List.of(), null));
    }

    private Page<String> page(Map<String, String> filters, String sort, String cursor, int limit) {
        return Paging.page(all, new PageRequest(new TreeMap<>(filters), sort, cursor, limit), FIELDS);
    }
}
