package skein.cypher.execute;

import skein.storage.api.GraphReads.RelationshipCursor;

/** Counts the relationships that a run looks at; behind the limit, nodes seem to have no more of them. */
final class HopLimit {
    private long left;
    private boolean reached;

    HopLimit(long hops) {
        this.left = hops;
    }

    boolean isReached() {
        return reached;
    }

    /** Counts one; false when there are none left. */
    boolean take() {
        if (left == 0) {
            reached = true;
            return false;
        }
        left--;
        return true;
    }

    RelationshipCursor on(RelationshipCursor all) {
        return new Counting(all);
    }

    private final class Counting implements RelationshipCursor {
        private final RelationshipCursor all;

        Counting(RelationshipCursor all) {
            this.all = all;
        }

        @Override
        public boolean next() {
            return !reached && all.next() && take();
        }

        @Override
        public long relationship() {
            return all.relationship();
        }

        @Override
        public int type() {
            return all.type();
        }

        @Override
        public long start() {
            return all.start();
        }

        @Override
        public long end() {
            return all.end();
        }

        @Override
        public long neighbour() {
            return all.neighbour();
        }
    }
}
