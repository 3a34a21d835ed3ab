package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The relationships on one side of a node. A version of a node holds one of two forms and the number of entries visible
 * in it:
 *
 * <ul>
 *   <li>up to {@value #PACKED_MAX} entries: an {@code int[]} of the type that all entries have, or {@link #MIXED}, and
 *       then (relationship, neighbour) pairs in order of creation. The applier appends behind what any version shows,
 *       then publishes a version that shows more; removal makes a new array. The type costs nothing: with compact
 *       headers it fills what alignment would leave empty. It only ever turns from a type to mixed, so that an older
 *       version that sees the change walks its entries one by one and is right.
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

    /** Where the pairs begin. */
    static final int FIRST = 1;

    /** In place of a type: entries have several, or nobody knows. */
    static final int MIXED = -1;

    /** In place of a type: there is no entry yet. */
    private static final int NONE = -2;

    private static final int TYPE_AT = 0;
    private static final VarHandle TYPE = MethodHandles.arrayElementVarHandle(int[].class);

    private static final int GROWTH_MIN = 2;

    private Adjacency() {}

    /** An array with room for so many pairs, to be filled by several threads that {@link #note} the types. */
    static int[] room(int count) {
        if (count == 0) {
            return EMPTY;
        }
        int[] pairs = new int[FIRST + 2 * count];
        pairs[TYPE_AT] = NONE;
        return pairs;
    }

    /** One of the pairs has this type. */
    static void note(int[] pairs, int type) {
        int known = (int) TYPE.getOpaque(pairs, TYPE_AT);
        if (known != type && known != MIXED && !TYPE.compareAndSet(pairs, TYPE_AT, NONE, type)) {
            if ((int) TYPE.getOpaque(pairs, TYPE_AT) != type) {
                TYPE.setOpaque(pairs, TYPE_AT, MIXED);
            }
        }
    }

    /** The form of a filled {@link #room}; the array belongs to the form from now on. */
    static Object tight(int[] pairs, RelationshipTable table) {
        return pairs.length <= FIRST + 2 * PACKED_MAX ? pairs : GroupedAdjacency.tight(pairs, table);
    }

    /** The type of all entries of a packed form that shows at least one, or {@link #MIXED}. */
    static int typeOf(int[] pairs) {
        return pairs[TYPE_AT];
    }

    /** Some number of the form, read from where {@link #append} begins. */
    static int glance(Object form) {
        return form instanceof int[] pairs ? pairs.length : 0;
    }

    /** The form with one entry more; {@code count} is the number of entries before. */
    static Object append(
            Object form, int count, int relationship, int neighbour, RelationshipTable table, boolean loop) {
        if (form instanceof int[] pairs) {
            if (count < PACKED_MAX) {
                int at = FIRST + 2 * count;
                int[] room = pairs.length > at ? pairs : Arrays.copyOf(pairs, FIRST + 2 * grown(count));
                int type = table.type(relationship);
                room[TYPE_AT] = count == 0 || room[TYPE_AT] == type ? type : MIXED;
                room[at] = relationship;
                room[at + 1] = neighbour;
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
        int left = Math.max(0, count - removed.size());
        if (left == 0) {
            return EMPTY;
        }
        int[] kept = new int[FIRST + 2 * left];
        kept[TYPE_AT] = pairs[TYPE_AT];
        int size = FIRST;
        for (int i = FIRST; i < FIRST + 2 * count; i += 2) {
            if (!removed.contains(pairs[i])) {
                kept[size++] = pairs[i];
                kept[size++] = pairs[i + 1];
            }
        }
        return kept;
    }

    private static int grown(int count) {
        return Math.min(PACKED_MAX, count + Math.max(GROWTH_MIN, count >> 1));
    }
}
