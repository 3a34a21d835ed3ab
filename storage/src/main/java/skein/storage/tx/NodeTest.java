package skein.storage.tx;

import skein.graph.Value;
import skein.storage.graph.NodeVersion;
import skein.storage.index.ValueMatch;

/** Which nodes a scan is about; asked of the version a snapshot shows, or of what the transaction made of a node. */
interface NodeTest {
    NodeTest ANY = new Any();

    boolean accepts(NodeVersion version);

    boolean accepts(NodeChange change);

    /** Every node. */
    record Any() implements NodeTest {
        @Override
        public boolean accepts(NodeVersion version) {
            return true;
        }

        @Override
        public boolean accepts(NodeChange change) {
            return true;
        }
    }

    /** Nodes with a label. */
    record OfLabel(int label) implements NodeTest {
        @Override
        public boolean accepts(NodeVersion version) {
            return version.hasLabel(label);
        }

        @Override
        public boolean accepts(NodeChange change) {
            return change.hasLabel(label);
        }
    }

    /** Nodes with a label whose property equals a value. */
    record OfValue(int label, int key, Value value) implements NodeTest {
        @Override
        public boolean accepts(NodeVersion version) {
            return version.hasLabel(label) && ValueMatch.equal(MergedReads.property(version.properties(), key), value);
        }

        @Override
        public boolean accepts(NodeChange change) {
            return change.hasLabel(label) && ValueMatch.equal(MergedReads.property(change, key), value);
        }
    }
}
