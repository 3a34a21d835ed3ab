package skein.storage.tx;

import java.util.List;
import skein.graph.Value;
import skein.storage.api.PropertyCondition;
import skein.storage.graph.NodeVersion;
import skein.storage.index.ConditionMatch;

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

    /** Nodes with a label whose properties meet conditions, one for each key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfConditions(int label, int[] keys, List<PropertyCondition> conditions) implements NodeTest {
        @Override
        public boolean accepts(NodeVersion version) {
            if (!version.hasLabel(label)) {
                return false;
            }
            for (int i = 0; i < keys.length; i++) {
                Value value = MergedReads.property(version.properties(), keys[i]);
                if (!ConditionMatch.holds(conditions.get(i), value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean accepts(NodeChange change) {
            if (!change.hasLabel(label)) {
                return false;
            }
            for (int i = 0; i < keys.length; i++) {
                if (!ConditionMatch.holds(conditions.get(i), MergedReads.property(change, keys[i]))) {
                    return false;
                }
            }
            return true;
        }
    }
}
