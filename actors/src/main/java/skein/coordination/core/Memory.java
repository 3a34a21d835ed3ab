package skein.coordination.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftProtocol.Member;

/** All that a coordinator knows. Copied at the beginning of a step, changed within it, and never after it. */
final class Memory {
    final Identity self;
    ClusterState cluster = ClusterState.EMPTY;

    /** The last entry of the state. */
    long index;

    /** The last entry that was given back as a state. */
    long takenIndex;

    List<Member> members = List.of();
    Optional<Member> leader = Optional.empty();
    final Map<Long, Ask> asks;

    /** What Raft has not answered yet, by number. */
    final Map<Long, Purpose> purposes;

    long nextNumber = 1;

    @Nullable
    Lead lead;

    Memory(Identity self) {
        this.self = self;
        this.asks = new LinkedHashMap<>();
        this.purposes = new LinkedHashMap<>();
    }

    Memory(Memory before) {
        this.self = before.self;
        this.cluster = before.cluster;
        this.index = before.index;
        this.takenIndex = before.takenIndex;
        this.members = before.members;
        this.leader = before.leader;
        this.asks = new LinkedHashMap<>(before.asks);
        this.purposes = new LinkedHashMap<>(before.purposes);
        this.nextNumber = before.nextNumber;
        this.lead = before.lead == null ? null : new Lead(before.lead);
    }

    /** Tickets in the order in which they came. */
    List<Long> tickets() {
        return new ArrayList<>(asks.keySet());
    }
}
