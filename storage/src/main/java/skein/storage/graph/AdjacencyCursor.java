package skein.storage.graph;

import skein.storage.api.Direction;

/** Walks over the relationships that one version of a node has, by direction and types. */
public final class AdjacencyCursor {
    private static final int[] NO_PAIRS = new int[0];

    private final int node;
    private final NodeVersion version;
    private final Direction direction;
    private final int[] types;
    private final RelationshipTable table;

    private boolean incoming;
    private boolean lastSide;

    /** The group being walked, or -1 before the first; unused for the packed form. */
    private int group = -1;

    private int chunk;
    private int[] pairs = NO_PAIRS;
    private int position;
    private int end;
    private boolean typesChecked;

    /** Of all entries being walked, or {@link Adjacency#MIXED}. */
    private int type = Adjacency.MIXED;

    private int relationship;
    private int neighbour;

    /** @param types empty for all */
    public AdjacencyCursor(RelationshipTable table, int node, NodeVersion version, Direction direction, int[] types) {
        this.table = table;
        this.node = node;
        this.version = version;
        this.direction = direction;
        this.types = types;
        this.incoming = direction == Direction.INCOMING;
        this.lastSide = direction != Direction.BOTH;
        open();
    }

    /** Advances; false at the end. */
    public boolean next() {
        while (true) {
            while (position < end) {
                int met = pairs[position];
                int other = pairs[position + 1];
                position += 2;
                boolean seenAsOutgoing = incoming && direction == Direction.BOTH && other == node;
                if (!seenAsOutgoing && (typesChecked || wanted(typeOf(met)))) {
                    relationship = met;
                    neighbour = other;
                    return true;
                }
            }
            if (!nextPairs()) {
                return false;
            }
        }
    }

    public int relationship() {
        return relationship;
    }

    public int neighbour() {
        return neighbour;
    }

    /** The type of the current relationship. */
    public int type() {
        return type == Adjacency.MIXED ? typeOf(relationship) : type;
    }

    /** Whether the current relationship ends at the node. */
    public boolean incoming() {
        return incoming;
    }

    private boolean nextPairs() {
        while (true) {
            if (form() instanceof GroupedAdjacency grouped && nextChunk(grouped)) {
                return true;
            }
            if (lastSide) {
                return false;
            }
            lastSide = true;
            incoming = true;
            open();
            if (position < end) {
                return true;
            }
        }
    }

    /** Starts the current side. */
    private void open() {
        group = -1;
        chunk = 0;
        position = 0;
        end = 0;
        if (form() instanceof int[] packed) {
            openPacked(packed, incoming ? version.incomingCount : version.outgoingCount);
        }
    }

    private void openPacked(int[] packed, int count) {
        if (count == 0) {
            return;
        }
        pairs = packed;
        position = Adjacency.FIRST;
        end = Adjacency.FIRST + 2 * count;
        type = Adjacency.typeOf(packed);
        typesChecked = types.length == 0 || type != Adjacency.MIXED;
        if (typesChecked && !wanted(type)) {
            end = 0;
        }
    }

    private boolean nextChunk(GroupedAdjacency grouped) {
        typesChecked = true;
        if (group >= 0 && openChunk(grouped.group(group), chunk + 1)) {
            return true;
        }
        while (++group < grouped.groupCount()) {
            type = grouped.type(group);
            if (wanted(type) && openChunk(grouped.group(group), 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean openChunk(TypeGroup walked, int number) {
        int first = number << TypeGroup.CHUNK_BITS;
        if (first >= walked.count()) {
            return false;
        }
        chunk = number;
        pairs = walked.chunk(number);
        position = 0;
        end = 2 * Math.min(TypeGroup.CHUNK_PAIRS, walked.count() - first);
        return true;
    }

    private boolean wanted(int type) {
        return types.length == 0 || contains(types, type);
    }

    /** What the version shows was there at its commit, be the slot in use for something else by now. */
    private int typeOf(int met) {
        return table.typeAt(met, version.commitTs);
    }

    private Object form() {
        return incoming ? version.incoming : version.outgoing;
    }

    /** How many relationships a cursor with these arguments meets; faster than walking where it can be. */
    public static long count(RelationshipTable table, int node, NodeVersion version, Direction direction, int[] types) {
        return switch (direction) {
            case OUTGOING -> side(table, version, false, types);
            case INCOMING -> side(table, version, true, types);
            case BOTH ->
                side(table, version, false, types)
                        + side(table, version, true, types)
                        - loops(table, node, version, types);
        };
    }

    private static long side(RelationshipTable table, NodeVersion version, boolean incoming, int[] types) {
        Object form = incoming ? version.incoming : version.outgoing;
        int count = incoming ? version.incomingCount : version.outgoingCount;
        if (types.length == 0) {
            return count;
        }
        long met = 0;
        if (form instanceof GroupedAdjacency grouped) {
            for (int i = 0; i < grouped.groupCount(); i++) {
                met += contains(types, grouped.type(i)) ? grouped.group(i).count() : 0;
            }
            return met;
        }
        int[] packed = (int[]) form;
        int common = count == 0 ? Adjacency.MIXED : Adjacency.typeOf(packed);
        if (common != Adjacency.MIXED) {
            return contains(types, common) ? count : 0;
        }
        for (int i = Adjacency.FIRST; i < Adjacency.FIRST + 2 * count; i += 2) {
            met += contains(types, table.typeAt(packed[i], version.commitTs)) ? 1 : 0;
        }
        return met;
    }

    private static long loops(RelationshipTable table, int node, NodeVersion version, int[] types) {
        long met = 0;
        if (version.incoming instanceof GroupedAdjacency grouped) {
            for (int i = 0; i < grouped.groupCount(); i++) {
                boolean wanted = types.length == 0 || contains(types, grouped.type(i));
                met += wanted ? grouped.group(i).loops() : 0;
            }
            return met;
        }
        int[] packed = (int[]) version.incoming;
        for (int i = Adjacency.FIRST; i < Adjacency.FIRST + 2 * version.incomingCount; i += 2) {
            boolean loop = packed[i + 1] == node;
            met += loop && (types.length == 0 || contains(types, table.typeAt(packed[i], version.commitTs))) ? 1 : 0;
        }
        return met;
    }

    private static boolean contains(int[] types, int type) {
        for (int wanted : types) {
            if (wanted == type) {
                return true;
            }
        }
        return false;
    }
}
