package org.controlroom.sample;

import java.util.List;
import java.util.Random;

/** A list to draw from; earlier phrases come more often, as words do in real texts. */
record PhraseList(List<String> phrases) {

    PhraseList {
        phrases = List.copyOf(phrases);
        if (phrases.isEmpty()) {
            throw new IllegalArgumentException("an empty list of phrases; at least one is needed");
        }
    }

    String draw(Random random) {
        int one = random.nextInt(phrases.size());
        int other = random.nextInt(phrases.size());
        return phrases.get(Math.min(one, other));
    }
}
