package skein.storage.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import skein.vocabulary.Invariant;

/**
 * The relationships on one side of a node that has many: one group a type. A value: every change answers a new object
 * that shares all it can. Groups append in place behind what any version shows.
 */
final class GroupedAdjacency {
    /** Ascending. */
    private final int[] types;

    private final TypeGroup[] groups;

    private GroupedAdjacency(int[] types, TypeGroup[] groups) {
        this.types = types;
        this.groups = groups;
    }

    static GroupedAdjacency of(int[] pairs, int count, RelationshipTable table) {
        GroupedAdjacency grouped = new GroupedAdjacency(new int[0], new TypeGroup[0]);
        for (int i = Adjacency.FIRST; i < Adjacency.FIRST + 2 * count; i += 2) {
            int relationship = pairs[i];
            boolean loop = table.start(relationship) == table.end(relationship);
            grouped = grouped.append(table.type(relationship), relationship, pairs[i + 1], loop);
        }
        return grouped;
    }

    /** As {@link #of}, for an array that holds nothing else, and without room to spare. */
    static GroupedAdjacency tight(int[] pairs, RelationshipTable table) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int i = Adjacency.FIRST; i < pairs.length; i += 2) {
            counts.merge(table.type(pairs[i]), 1, Integer::sum);
        }
        int[] types = new int[counts.size()];
        TypeGroup[] groups = new TypeGroup[counts.size()];
        int at = 0;
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            types[at] = count.getKey();
            groups[at++] = TypeGroup.tight(pairs, count.getKey(), count.getValue(), table);
        }
        return new GroupedAdjacency(types, groups);
    }

    int groupCount() {
        return groups.length;
    }

    int type(int index) {
        return types[index];
    }

    TypeGroup group(int index) {
        return groups[index];
    }

    /** Where the group of a type is, or a negative number. */
    int find(int type) {
        return Arrays.binarySearch(types, type);
    }

    GroupedAdjacency append(int type, int relationship, int neighbour, boolean loop) {
        int at = find(type);
        if (at >= 0) {
            return with(at, groups[at].append(relationship, neighbour, loop));
        }
        int place = -at - 1;
        int[] moreTypes = Arrays.copyOf(types, types.length + 1);
        TypeGroup[] moreGroups = Arrays.copyOf(groups, types.length + 1);
        System.arraycopy(types, place, moreTypes, place + 1, types.length - place);
        System.arraycopy(groups, place, moreGroups, place + 1, types.length - place);
        moreTypes[place] = type;
        moreGroups[place] = TypeGroup.EMPTY.append(relationship, neighbour, loop);
        return new GroupedAdjacency(moreTypes, moreGroups);
    }

    GroupedAdjacency remove(SlotSet removed, RelationshipTable table) {
        GroupedAdjacency left = this;
        if (removed.size() == 1) {
            int relationship = removed.get(0);
            int at = find(table.type(relationship));
            Invariant.check(at >= 0, "no group for relationship %d", relationship);
            return left.with(
                    at, groups[at].removeOne(relationship, table.start(relationship) == table.end(relationship)));
        }
        boolean[] touched = new boolean[groups.length];
        for (int i = 0; i < removed.size(); i++) {
            int at = find(table.type(removed.get(i)));
            Invariant.check(at >= 0, "no group for relationship %d", removed.get(i));
            touched[at] = true;
        }
        for (int at = 0; at < touched.length; at++) {
            if (touched[at]) {
                left = left.with(at, groups[at].removeAll(removed, table));
            }
        }
        return left;
    }

    int[] toPairs(int count) {
        int[] pairs = Adjacency.room(count);
        int size = Adjacency.FIRST;
        for (int at = 0; at < groups.length; at++) {
            TypeGroup group = groups[at];
            if (group.count() > 0) {
                Adjacency.note(pairs, types[at]);
            }
            for (int i = 0; i < group.count(); i++) {
                pairs[size++] = group.relationship(i);
                pairs[size++] = group.neighbour(i);
            }
        }
        Invariant.check(
                size == Adjacency.FIRST + 2 * count, "%d pairs instead of %d", (size - Adjacency.FIRST) / 2, count);
        return pairs;
    }

    private GroupedAdjacency with(int at, TypeGroup group) {
        TypeGroup[] changed = groups.clone();
        changed[at] = group;
        return new GroupedAdjacency(types, changed);
    }
}
