package skein.storage.graph;

import java.util.Arrays;

/**
 * The relationships on one side of a node. A version of a node holds one of two forms and the number of entries visible
 * in it:
 *
 * <ul>
 *   <li>up to {@value #PACKED_MAX} entries: an {@code int[]} of (relationship, neighbour) pairs in order of creation.
 *       The applier appends behind what any version shows, then publishes a version that shows more; removal makes a
 *       new array.
 *   <li>more: a {@link GroupedAdjacency}, so that one type can be walked alone and an insert stays cheap.
 * </ul>
 *
 * The form is a bare object and not a wrapper because a node has two and most are short.
 */
final class Adjacency {
    static final int PACKED_MAX = 128;

    /** Back from grouped to packed below this, well under the maximum so that a node at the edge does not flap. */
    private static final int GROUPED_MIN = PACKED_MAX / 2;

    static final int[] EMPTY = new int[0];

    private static final int GROWTH_MIN = 2;

    private Adjacency() {}

    /** The form of exactly these pairs, without room to spare; the array belongs to the form from now on. */
    static Object tight(int[] pairs, RelationshipTable table) {
        return pairs.length <= 2 * PACKED_MAX ? pairs : GroupedAdjacency.tight(pairs, table);
    }

    /** The form with one entry more; {@code count} is the number of entries before. */
    static Object append(
            Object form, int count, int relationship, int neighbour, RelationshipTable table, boolean loop) {
        if (form instanceof int[] pairs) {
            if (count < PACKED_MAX) {
                int[] room = pairs.length > 2 * count ? pairs : Arrays.copyOf(pairs, 2 * grown(count));
                room[2 * count] = relationship;
                room[2 * count + 1] = neighbour;
                return room;
            }
            form = GroupedAdjacency.of(pairs, count, table);
        }
        return ((GroupedAdjacency) form).append(table.type(relationship), relationship, neighbour, loop);
    }

    /** The form without the given relationships, all of which are in it. */
    static Object remove(Object form, int count, SlotSet removed, RelationshipTable table) {
        if (form instanceof int[] pairs) {
            return without(pairs, count, removed);
        }
        GroupedAdjacency grouped = ((GroupedAdjacency) form).remove(removed, table);
        int left = count - removed.size();
        return left < GROUPED_MIN ? grouped.toPairs(left) : grouped;
    }

    private static int[] without(int[] pairs, int count, SlotSet removed) {
        int[] kept = new int[2 * Math.max(0, count - removed.size())];
        int size = 0;
        for (int i = 0; i < 2 * count; i += 2) {
            if (!removed.contains(pairs[i])) {
                kept[size++] = pairs[i];
                kept[size++] = pairs[i + 1];
            }
        }
        return size == 0 ? EMPTY : kept;
    }

    private static int grown(int count) {
        return Math.min(PACKED_MAX, count + Math.max(GROWTH_MIN, count >> 1));
    }
}
