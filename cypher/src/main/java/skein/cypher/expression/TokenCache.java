package skein.cypher.expression;

import java.util.Arrays;
import skein.storage.api.GraphReads;

/**
 * The tokens of a plan's names within one run. A name the graph does not know yet is asked for again each time, because
 * the run itself may make it known. Used by one thread.
 */
public final class TokenCache {
    private final NameTable names;
    private final GraphReads graph;
    private final int[] tokens;

    public TokenCache(NameTable names, GraphReads graph) {
        this.names = names;
        this.graph = graph;
        this.tokens = new int[names.size()];
        Arrays.fill(tokens, GraphReads.NO_TOKEN);
    }

    /** The token of the name with this number, or {@link GraphReads#NO_TOKEN}. */
    public int token(int number) {
        int token = tokens[number];
        return token != GraphReads.NO_TOKEN ? token : lookUp(number);
    }

    private int lookUp(int number) {
        NameTable.Name name = names.name(number);
        int token = graph.tokenOf(name.kind(), name.text());
        tokens[number] = token;
        return token;
    }
}
