package skein.storage.graph;

import java.util.Arrays;

/** Members of labels or types with slots in one container, collected before they are added all at once. */
final class MemberBits {
    private static final int WORDS = GraphLoader.PIECE_SLOTS / Long.SIZE;

    private static final long[] NONE = {};

    private final GraphIndexes.Members members;
    private final int container;
    private final long commitTs;
    private long[][] byToken = {};

    MemberBits(GraphIndexes.Members members, int container, long commitTs) {
        this.members = members;
        this.container = container;
        this.commitTs = commitTs;
    }

    void add(int token, int slot) {
        if (token >= byToken.length) {
            int known = byToken.length;
            byToken = Arrays.copyOf(byToken, Math.max(token + 1, 2 * known));
            Arrays.fill(byToken, known, byToken.length, NONE);
        }
        long[] words = byToken[token];
        if (words.length == 0) {
            words = new long[WORDS];
            byToken[token] = words;
        }
        int low = slot & GraphLoader.PIECE_SLOTS - 1;
        words[low >>> 6] |= 1L << low;
    }

    void finish() {
        for (int token = 0; token < byToken.length; token++) {
            long[] words = byToken[token];
            if (words.length > 0) {
                members.addAll(token, container, words, commitTs);
            }
        }
    }
}
