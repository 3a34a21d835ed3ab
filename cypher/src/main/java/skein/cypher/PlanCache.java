package skein.cypher;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prepared queries used last, by their text. Thread-safe. */
final class PlanCache {
    private final Map<String, PreparedQuery> queries;

    /** Longer texts are not kept: they are loads of data, and would fill the memory. */
    private static final int TEXT_LENGTH_MAX = 32 << 10;

    /** @param sizeMax how many queries are kept; the one not used for longest goes first */
    PlanCache(int sizeMax) {
        this.queries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PreparedQuery> eldest) {
                return size() > sizeMax;
            }
        };
    }

    synchronized @Nullable PreparedQuery get(String text) {
        return queries.get(text);
    }

    synchronized void put(String text, PreparedQuery query) {
        if (text.length() <= TEXT_LENGTH_MAX) {
            queries.put(text, query);
        }
    }
}
