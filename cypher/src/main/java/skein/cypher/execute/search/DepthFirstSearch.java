package skein.cypher.execute.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/** Every walk that uses no relationship twice. */
public final class DepthFirstSearch implements PathSearch {
    private static final int FIRST_DEPTH = 8;
    private static final int BYTES_PER_STEP = 64;

    private final Terrain terrain;
    private final long to;
    private final int min;
    private final int max;
    private long[] walked = new long[FIRST_DEPTH];
    private long[] nodes = new long[FIRST_DEPTH + 1];
    private @Nullable RelationshipCursor[] open = new RelationshipCursor[FIRST_DEPTH + 1];
    private int depth;
    private boolean begun;

    public DepthFirstSearch(Terrain terrain, long from, long to, int min, int max) {
        this.terrain = terrain;
        this.to = to;
        this.min = min;
        this.max = max;
        nodes[0] = from;
    }

    @Override
    public boolean next() {
        if (!begun) {
            begun = true;
            if (isResult()) {
                return true;
            }
        }
        while (depth >= 0) {
            if (!step()) {
                open[depth] = null;
                depth--;
            } else if (isResult()) {
                return true;
            }
        }
        return false;
    }

    private boolean isResult() {
        return depth >= min && (to == ANYWHERE || nodes[depth] == to);
    }

    private boolean step() {
        if (depth >= max) {
            return false;
        }
        RelationshipCursor steps = open[depth];
        if (steps == null) {
            steps = terrain.from(nodes[depth]);
            open[depth] = steps;
        }
        while (steps.next()) {
            terrain.checkTermination();
            if (!isWalked(steps.relationship())
                    && terrain.admits(steps.relationship(), steps.neighbour(), this::relationships, Value.NULL)) {
                push(steps.relationship(), steps.neighbour());
                return true;
            }
        }
        return false;
    }

    private boolean isWalked(long relationship) {
        for (int i = 0; i < depth; i++) {
            if (walked[i] == relationship) {
                return true;
            }
        }
        return false;
    }

    private void push(long relationship, long node) {
        if (depth == walked.length) {
            walked = Arrays.copyOf(walked, 2 * depth);
            nodes = Arrays.copyOf(nodes, 2 * depth + 1);
            open = Arrays.copyOf(open, 2 * depth + 1);
            terrain.holds((long) walked.length * BYTES_PER_STEP);
        }
        walked[depth] = relationship;
        depth++;
        nodes[depth] = node;
        open[depth] = null;
    }

    @Override
    public long[] relationships() {
        return Arrays.copyOf(walked, depth);
    }

    @Override
    public long end() {
        return nodes[depth];
    }
}
