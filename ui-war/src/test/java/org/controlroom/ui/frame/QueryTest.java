package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void oneParameterChangesAndTheOthersStay() {
        assertThat(Query.of("label=10&cursor=x%3D&text=a+b").with("label", "é&").link())
                .isEqualTo("?cursor=x%3D&text=a+b&label=%C3%A9%26");
    }

    @Test
    void anEmptyValueTakesTheParameterAway() {
        assertThat(Query.of("label=10&label=20").with("label", "").link()).isEqualTo("?");
        assertThat(Query.of(null).with("label", null).link()).isEqualTo("?");
    }

    @Test
    void whatCannotBeDecodedIsLeftOut() {
        assertThat(Query.of("a=%zz&b=1&&=2").link()).isEqualTo("?b=1");
    }

    @Test
    void aQueryKeepsItsOrderAndLosesWhatIsBlank() {
        Query query = Query.of("sort=-name&column=a&column=b%20c&name=&broken=%zz");
        assertThat(query.all("column")).containsExactly("a", "b c");
        assertThat(query.get("name")).isNull();
        assertThat(query.with("sort", "name").link("training")).isEqualTo("training?column=a&column=b+c&sort=name");
        assertThat(query.with("sort", null).only(Set.of("sort")).link("training"))
                .isEqualTo("training");
    }

    @Test
    void theFirstValueCounts() {
        assertThat(Query.of("a=1&a=2").value("a")).isEqualTo("1");
        assertThat(Query.of("b").value("a")).isEmpty();
    }
}
