package skein.storage.graph;

import org.jspecify.annotations.Nullable;

/**
 * Estimates of heap with compact object headers and references, the layout Skein is started with. Each is a function of
 * what it measures and of nothing else, so that what was added is what is taken away.
 */
final class HeapBytes {
    /** A version of a node without what it refers to. */
    static final long NODE_VERSION = 48;

    static final long RELATIONSHIP_VERSION = 32;
    private static final long ARRAY_HEADER = 16;
    private static final long GROUPED = 64;
    private static final long GROUP = 96;

    /** A relationship and its neighbour, with the room that chunks have left over. */
    private static final long GROUPED_PAIR = 9;

    /** What removal from a dense node copies: two chunks and the list of chunks. */
    private static final long COPIED_CHUNKS = 2 * (8L << TypeGroup.CHUNK_BITS);

    private HeapBytes() {}

    /** A live version with all that belongs to it; 0 for none and for a deletion. */
    static long ofLive(@Nullable NodeVersion version) {
        return version == null || version.deleted
                ? 0
                : NODE_VERSION
                        + ofBlock(version.properties)
                        + ofSide(version.outgoing, version.outgoingCount)
                        + ofSide(version.incoming, version.incomingCount);
    }

    /** What a version holds that its successor does not hold too. */
    @SuppressWarnings("ReferenceEquality") // a change makes new arrays, no change keeps them
    static long keptBy(NodeVersion before, NodeVersion after) {
        return NODE_VERSION
                + (before.properties == after.properties ? 0 : ofBlock(before.properties))
                + keptSide(before.outgoing, before.outgoingCount, after.outgoing, after.outgoingCount)
                + keptSide(before.incoming, before.incomingCount, after.incoming, after.incomingCount);
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static long keptSide(Object before, int countBefore, Object after, int countAfter) {
        if (before == after) {
            return 0;
        }
        boolean sharesChunks = before instanceof GroupedAdjacency && after instanceof GroupedAdjacency;
        if (!sharesChunks) {
            return ofSide(before, countBefore);
        }
        long directory = GROUPED + GROUP * ((GroupedAdjacency) before).groupCount();
        return countAfter < countBefore ? directory + COPIED_CHUNKS + countBefore / 64 : directory;
    }

    /** Packed properties. */
    static long ofBlock(byte[] properties) {
        return properties.length == 0 ? 0 : ARRAY_HEADER + properties.length;
    }

    private static long ofSide(Object form, int count) {
        if (form instanceof int[] pairs) {
            return pairs.length == 0 ? 0 : ARRAY_HEADER + (long) Integer.BYTES * pairs.length;
        }
        return GROUPED + GROUP * ((GroupedAdjacency) form).groupCount() + GROUPED_PAIR * count;
    }
}
