package skein.cypher.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.storage.api.NameKind;

/**
 * The labels, types and property keys that one plan mentions, numbered from 0. A plan outlives transactions but tokens
 * do not, so evaluators remember the number of a name and each run turns it into a token with a {@link TokenCache}.
 *
 * <p>Grows while the plan is made and is only read afterwards, by any number of runs.
 */
public final class NameTable {
    private final Map<Name, Integer> numbers = new HashMap<>();
    private final List<Name> names = new ArrayList<>();

    /** A name with its kind. */
    record Name(NameKind kind, String text) {}

    /** The number of a name; the same for the same name. */
    public int numberOf(NameKind kind, String name) {
        return numbers.computeIfAbsent(new Name(kind, name), added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    Name name(int number) {
        return names.get(number);
    }

    int size() {
        return names.size();
    }
}
