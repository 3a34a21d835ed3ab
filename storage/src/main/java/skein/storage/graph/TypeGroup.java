package skein.storage.graph;

import java.util.Arrays;

/**
 * The relationships of one type on one side of one node: chunks of {@value #CHUNK_PAIRS} (relationship, neighbour)
 * pairs. A value; appending writes into the shared chunks behind the count of every older value.
 */
final class TypeGroup {
    static final int CHUNK_BITS = 9;
    static final int CHUNK_PAIRS = 1 << CHUNK_BITS;
    static final TypeGroup EMPTY = new TypeGroup(new int[0][], 0, 0);

    private static final int CHUNK_PAIRS_MIN = 8;

    private final int[][] chunks;
    private final int count;
    private final int loops;

    private TypeGroup(int[][] chunks, int count, int loops) {
        this.chunks = chunks;
        this.count = count;
        this.loops = loops;
    }

    int count() {
        return count;
    }

    /** How many of them come back to the same node. */
    int loops() {
        return loops;
    }

    int[] chunk(int index) {
        return chunks[index];
    }

    int relationship(int index) {
        return chunks[index >>> CHUNK_BITS][2 * (index & CHUNK_PAIRS - 1)];
    }

    int neighbour(int index) {
        return chunks[index >>> CHUNK_BITS][2 * (index & CHUNK_PAIRS - 1) + 1];
    }

    /** All pairs of one type, without room to spare. */
    static TypeGroup tight(int[] pairs, int type, int count, RelationshipTable table) {
        int[][] chunks = new int[(count + CHUNK_PAIRS - 1) / CHUNK_PAIRS][];
        int met = 0;
        int loops = 0;
        for (int i = Adjacency.FIRST; i < pairs.length; i += 2) {
            if (table.type(pairs[i]) != type) {
                continue;
            }
            int at = met & CHUNK_PAIRS - 1;
            if (at == 0) {
                chunks[met >>> CHUNK_BITS] = new int[2 * Math.min(CHUNK_PAIRS, count - met)];
            }
            int[] chunk = chunks[met >>> CHUNK_BITS];
            chunk[2 * at] = pairs[i];
            chunk[2 * at + 1] = pairs[i + 1];
            loops += table.start(pairs[i]) == table.end(pairs[i]) ? 1 : 0;
            met++;
        }
        return new TypeGroup(chunks, count, loops);
    }

    TypeGroup append(int relationship, int neighbour, boolean loop) {
        int number = count >>> CHUNK_BITS;
        int at = 2 * (count & CHUNK_PAIRS - 1);
        int[][] room = number < chunks.length ? chunks : Arrays.copyOf(chunks, Math.max(1, number * 2));
        if (at == 0) {
            room[number] = new int[2 * (number == 0 ? CHUNK_PAIRS_MIN : CHUNK_PAIRS)];
        } else if (at == room[number].length) {
            // a reader of an older value must not meet an array whose content it may not see yet
            room = chunks.clone();
            room[number] = Arrays.copyOf(chunks[number], Math.min(2 * CHUNK_PAIRS, 2 * at));
        }
        room[number][at] = relationship;
        room[number][at + 1] = neighbour;
        return new TypeGroup(room, count + 1, loops + (loop ? 1 : 0));
    }

    /** Puts the last pair into the place of the removed one; the chunks that change are copied. */
    TypeGroup removeOne(int relationship, boolean loop) {
        int at = find(relationship);
        int last = count - 1;
        int[][] changed = Arrays.copyOf(chunks, (last >>> CHUNK_BITS) + 1);
        changed[last >>> CHUNK_BITS] = changed[last >>> CHUNK_BITS].clone();
        if (at >>> CHUNK_BITS != last >>> CHUNK_BITS) {
            changed[at >>> CHUNK_BITS] = changed[at >>> CHUNK_BITS].clone();
        }
        int[] hole = changed[at >>> CHUNK_BITS];
        hole[2 * (at & CHUNK_PAIRS - 1)] = relationship(last);
        hole[2 * (at & CHUNK_PAIRS - 1) + 1] = neighbour(last);
        return new TypeGroup(changed, last, loops - (loop ? 1 : 0));
    }

    private int find(int relationship) {
        for (int first = 0; first < count; first += CHUNK_PAIRS) {
            int[] chunk = chunks[first >>> CHUNK_BITS];
            int end = 2 * Math.min(CHUNK_PAIRS, count - first);
            for (int i = 0; i < end; i += 2) {
                if (chunk[i] == relationship) {
                    return first + i / 2;
                }
            }
        }
        throw new IllegalStateException("relationship " + relationship + " is not in its group");
    }

    /** All but the removed, which may also name relationships of other groups. */
    TypeGroup removeAll(SlotSet removed, RelationshipTable table) {
        TypeGroup left = EMPTY;
        for (int i = 0; i < count; i++) {
            int relationship = relationship(i);
            if (!removed.contains(relationship)) {
                left = left.append(relationship, neighbour(i), table.start(relationship) == table.end(relationship));
            }
        }
        return left;
    }
}
