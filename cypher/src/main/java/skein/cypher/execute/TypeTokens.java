package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;

/** The relationship types of a pattern as tokens of one run. Types nobody has used yet may come up while it runs. */
final class TypeTokens {
    private final List<String> names;
    private final Execution run;
    private int @Nullable [] complete;

    TypeTokens(List<String> names, Execution run) {
        this.names = names;
        this.run = run;
    }

    /** Tokens of the types that exist; null when types are asked for and none of them exists. */
    int @Nullable [] now() {
        if (complete != null) {
            return complete;
        }
        int[] known = names.stream()
                .mapToInt(name -> run.transaction.tokenOf(NameKind.RELATIONSHIP_TYPE, name))
                .filter(token -> token != GraphReads.NO_TOKEN)
                .distinct()
                .toArray();
        if (known.length == names.stream().distinct().count()) {
            complete = known;
        }
        return known.length == 0 && !names.isEmpty() ? null : known;
    }
}
