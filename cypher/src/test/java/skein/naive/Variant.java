package skein.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One way to decide what the language leaves open. */
public final class Variant {
    private final int number;
    private final Random random;

    private Variant(int number) {
        this.number = number;
        this.random = new Random(number);
    }

    /** @param number 0: everything as written; 1: everything the other way round; others: by chance */
    public static Variant of(int number) {
        return new Variant(number);
    }

    /** Rows that are in no order, in some order. */
    <T> List<T> someOrder(List<T> rows) {
        if (number == 0 || rows.size() < 2) {
            return rows;
        }
        List<T> other = new ArrayList<>(rows);
        if (number == 1) {
            Collections.reverse(other);
        } else {
            Collections.shuffle(other, random);
        }
        return other;
    }

    /** Whether the second operand of AND and OR is looked at when the first decides. */
    boolean looksAtEverything() {
        return number == 1 || number > 1 && random.nextBoolean();
    }
}
