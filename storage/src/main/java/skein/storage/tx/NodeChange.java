package skein.storage.tx;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.SlotList;

/** What a transaction did to one node. */
final class NodeChange {
    /** What the snapshot shows; null for a node created here. */
    @Nullable
    NodeVersion base;

    boolean deleted;

    /** Null while they are as in {@link #base}. */
    private int @Nullable [] labels;

    private @Nullable PropertyChanges properties;

    /** Place in the order of touches, or -1 while neither labels nor properties were set; creation sets them. */
    private int touchedAt = -1;

    /** Relationships created here, deleted ones included. */
    private @Nullable SlotList outgoing;

    private @Nullable SlotList incoming;

    NodeChange(@Nullable NodeVersion base, int @Nullable [] labels) {
        this.base = base;
        this.labels = labels;
    }

    /** Remembers the first time. */
    void touchedAt(int mark) {
        touchedAt = touchedAt < 0 ? mark : touchedAt;
    }

    /** True when labels or properties had been set at the time of a {@link ChangedNodes#mark}. */
    boolean touchedBefore(int mark) {
        return touchedAt >= 0 && touchedAt < mark;
    }

    /** The snapshot moves: labels and properties are as before there, if they were set here. */
    void rebase(NodeVersion newer) {
        base = newer;
    }

    /** Labels and keys have got other tokens. */
    void rename(IntUnaryOperator labelTokens, IntUnaryOperator keyTokens) {
        if (labels != null) {
            labels = Arrays.stream(labels).map(labelTokens).toArray();
        }
        if (properties != null) {
            properties.rename(keyTokens);
        }
    }

    boolean created() {
        return base == null;
    }

    /** True when labels or properties were set, to whatever: the look for conflicts is behind us. */
    boolean contentTouched() {
        return labels != null || properties != null;
    }

    /** True when something of it will be in the record: not for a label that was added and removed again. */
    boolean contentChanged() {
        NodeVersion before = base;
        return before != null
                && (labelsDiffer(before) || properties != null && properties.changeAnything(before.properties()));
    }

    private boolean labelsDiffer(NodeVersion before) {
        int[] mine = labels();
        if (mine.length != before.labels().length) {
            return true;
        }
        for (int label : mine) {
            if (!before.hasLabel(label)) {
                return true;
            }
        }
        return false;
    }

    int[] labels() {
        if (labels != null) {
            return labels;
        }
        return base == null ? new int[0] : base.labels();
    }

    void setLabels(int[] changed) {
        labels = changed;
    }

    @Nullable
    PropertyChanges properties() {
        return properties;
    }

    PropertyChanges propertiesForChange() {
        PropertyChanges known = properties;
        if (known == null) {
            known = new PropertyChanges();
            properties = known;
        }
        return known;
    }

    @Nullable
    SlotList outgoing() {
        return outgoing;
    }

    @Nullable
    SlotList incoming() {
        return incoming;
    }

    void addOutgoing(int relationship) {
        SlotList known = outgoing == null ? new SlotList() : outgoing;
        known.add(relationship);
        outgoing = known;
    }

    void addIncoming(int relationship) {
        SlotList known = incoming == null ? new SlotList() : incoming;
        known.add(relationship);
        incoming = known;
    }

    boolean hasLabel(int label) {
        for (int mine : labels()) {
            if (mine == label) {
                return true;
            }
        }
        return false;
    }
}
