package skein.simulation.raft;

import java.util.List;
import skein.raft.core.DurableState;
import skein.raft.core.RaftEvent;
import skein.simulation.World;

/** What a server will find when it starts again; and what is on its way there. */
final class RaftDisk {
    private final World world;
    private final RaftProbes probes;
    private DurableState durable = DurableState.empty();
    private List<RaftEvent> underway = List.of();

    RaftDisk(World world, RaftProbes probes) {
        this.world = world;
        this.probes = probes;
    }

    DurableState durable() {
        return durable;
    }

    void begin(List<RaftEvent> events) {
        underway = events;
    }

    void finish() {
        underway.forEach(this::add);
        underway = List.of();
    }

    private void add(RaftEvent event) {
        durable = durable.evolve(event);
    }

    /** Of what was not forced, nothing is there, or all, or the first of it. */
    void crash() {
        if (!underway.isEmpty()) {
            int kept = world.random().nextInt(underway.size() + 1);
            if (kept < underway.size()) {
                probes.reached(kept == 0 ? RaftProbe.UNSYNCED_LOST : RaftProbe.EVENTS_TORN);
            }
            underway.subList(0, kept).forEach(this::add);
            underway = List.of();
        }
    }

    void wipe() {
        durable = DurableState.empty();
    }
}
