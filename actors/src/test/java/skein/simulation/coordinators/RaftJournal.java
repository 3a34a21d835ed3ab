package skein.simulation.coordinators;

import java.util.List;
import skein.raft.core.DurableState;
import skein.raft.core.RaftEvent;
import skein.simulation.World;

/** What a member of the Raft group will find when it starts again, and what is on its way there. */
final class RaftJournal {
    private final World world;
    private DurableState durable = DurableState.empty();
    private List<RaftEvent> underway = List.of();

    RaftJournal(World world) {
        this.world = world;
    }

    DurableState durable() {
        return durable;
    }

    /** The disk is new. */
    void wipe() {
        durable = DurableState.empty();
        underway = List.of();
    }

    void begin(List<RaftEvent> events) {
        underway = events;
    }

    void finish() {
        underway.forEach(event -> durable = durable.evolve(event));
        underway = List.of();
    }

    /** Of what was not forced, nothing is there, or all, or the first of it. */
    void crash() {
        int kept = underway.isEmpty() ? 0 : world.random().nextInt(underway.size() + 1);
        underway.subList(0, kept).forEach(event -> durable = durable.evolve(event));
        underway = List.of();
    }
}
