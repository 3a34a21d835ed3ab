package skein.storage.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.vocabulary.Invariant;

/**
 * The names that applied records brought, by kind, with the tokens the sequencer gave them. One writer, any readers.
 */
public final class Dictionary {
    /** A short text, its boxed token, their places in map and list. */
    private static final long NAME_BYTES = 150;

    private final Names labels = new Names();
    private final Names types = new Names();
    private final Names keys = new Names();

    /** The token, or {@link GraphReads#NO_TOKEN}. */
    public int tokenOf(NameKind kind, String name) {
        return names(kind).tokens.getOrDefault(name, GraphReads.NO_TOKEN);
    }

    /** The name of a token; the token must be known. */
    public String nameOf(NameKind kind, int token) {
        Names names = names(kind);
        Invariant.check(token >= 0 && token < names.count, "unknown token %d of kind %s", token, kind);
        return names.byToken[token];
    }

    /** Tokens run from 0 to this, exclusive. */
    public int size(NameKind kind) {
        return names(kind).count;
    }

    /** About how much heap the names take. */
    long bytes() {
        return NAME_BYTES * (labels.count + types.count + keys.count);
    }

    /** Writer only. Tokens are dense; adding the same again changes nothing and answers false. */
    boolean add(NameKind kind, int token, String name) {
        Names names = names(kind);
        if (token < names.count) {
            Invariant.check(
                    names.byToken[token].equals(name),
                    "token %d of kind %s is both '%s' and '%s'",
                    token,
                    kind,
                    names.byToken[token],
                    name);
            return false;
        }
        Invariant.check(token == names.count, "token %d of kind %s leaves a gap after %d", token, kind, names.count);
        names.add(token, name);
        return true;
    }

    private Names names(NameKind kind) {
        return switch (kind) {
            case LABEL -> labels;
            case RELATIONSHIP_TYPE -> types;
            case PROPERTY_KEY -> keys;
        };
    }

    private static final class Names {
        private final Map<String, Integer> tokens = new ConcurrentHashMap<>();
        private volatile String[] byToken = new String[16];
        private volatile int count;

        private void add(int token, String name) {
            String[] room = token < byToken.length ? byToken : Arrays.copyOf(byToken, token * 2);
            room[token] = name;
            byToken = room;
            count = token + 1;
            tokens.put(name, token);
        }
    }
}
