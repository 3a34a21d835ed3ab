package skein.cypher.differential;

import java.util.List;
import java.util.Random;

/** Chance, of a seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        // neighbouring seeds begin alike without it
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x5DEECE66DL);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T from(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
