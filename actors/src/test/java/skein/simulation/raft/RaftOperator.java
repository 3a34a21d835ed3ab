package skein.simulation.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.Reply;
import skein.raft.core.Configuration;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftInput;
import skein.simulation.World;

/** Founds the group, adds and removes members, several at once if that were possible, and hands leadership over. */
final class RaftOperator {
    private static final long LOOK_NANOS = 300_000_000;

    private final World world;
    private final RaftSwarm swarm;
    private final List<RaftServer> servers;
    private final RaftTruth truth;
    private int underway;
    private boolean calm;

    RaftOperator(World world, RaftSwarm swarm, List<RaftServer> servers, RaftTruth truth) {
        this.world = world;
        this.swarm = swarm;
        this.servers = servers;
        this.truth = truth;
    }

    void begin() {
        look();
    }

    private void look() {
        tend();
        world.after(LOOK_NANOS, this::look);
    }

    /** No more shuffling: the group shall come to be as it was meant to be. */
    void calm() {
        calm = true;
    }

    /** As many voters as there should be, none of which has lost its disk. */
    private void tend() {
        RaftServer first = servers.getFirst();
        RaftCore core = first.core();
        if (core != null
                && configurations().stream().allMatch(seats -> seats.seats().isEmpty())) {
            first.ask(_ -> {}, ticket -> new RaftInput.ToFound(ticket, RaftServer.member(1), world.freshId()));
            return;
        }
        RaftServer leader = leader();
        if (leader == null || leader.core() == null) {
            return;
        }
        Configuration seats = leader.core().durable().configuration();
        Optional<Seat> lost =
                seats.seats().stream().filter(seat -> !isIntact(seat)).findFirst();
        if (lost.isPresent()) {
            change(leader, lost.get().member().id(), true);
        } else if (seats.seats().size() < swarm.voters()) {
            stranger(seats).ifPresent(other -> change(leader, other.id(), false));
        } else if (calm && seats.seats().size() > swarm.voters()) {
            removable(seats, leader).ifPresent(id -> change(leader, id, true));
        }
    }

    private List<Configuration> configurations() {
        return servers.stream()
                .map(server -> server.disk().durable().configuration())
                .toList();
    }

    boolean isIntact(Seat seat) {
        RaftServer server = servers.get(seat.member().id() - 1);
        return seat.server().equals(server.disk().durable().self());
    }

    /** Whoever says so; of several any. */
    @Nullable
    RaftServer leader() {
        List<RaftServer> leaders = servers.stream()
                .filter(server -> server.core() != null && server.core().isLeading())
                .toList();
        return leaders.isEmpty() ? null : leaders.get(world.random().nextInt(leaders.size()));
    }

    private Optional<RaftServer> stranger(Configuration seats) {
        return any(servers.stream()
                .filter(server -> server.core() != null)
                .filter(server -> seats.members().stream().noneMatch(member -> member.id() == server.id()))
                .toList());
    }

    private Optional<Integer> removable(Configuration seats, RaftServer leader) {
        return any(seats.members().stream()
                .map(member -> member.id())
                .filter(id -> id != leader.id())
                .toList());
    }

    private <T> Optional<T> any(List<T> list) {
        return list.isEmpty()
                ? Optional.empty()
                : Optional.of(list.get(world.random().nextInt(list.size())));
    }

    /** One or two changes at the same time, of a group that has lost nothing. */
    void shuffle() {
        RaftServer leader = leader();
        if (calm || leader == null || leader.core() == null) {
            return;
        }
        Configuration seats = leader.core().durable().configuration();
        if (!seats.seats().stream().allMatch(this::isIntact)) {
            return;
        }
        int changes = 1 + world.random().nextInt(3);
        for (int i = 0; i < changes; i++) {
            if (world.random().nextBoolean()) {
                stranger(seats).ifPresent(other -> change(leader, other.id(), false));
            } else if (seats.seats().size() > 1) {
                removable(seats, leader).ifPresent(id -> change(leader, id, true));
            }
        }
    }

    private void change(RaftServer leader, int id, boolean removal) {
        underway++;
        world.trace().note(leader.host().name(), removal ? "is to remove" : "is to add", id, 0, null);
        leader.ask(
                reply -> changed(reply, removal),
                ticket -> removal
                        ? new RaftInput.ToRemove(ticket, id)
                        : new RaftInput.ToAdd(ticket, RaftServer.member(id)));
    }

    private void changed(Reply reply, boolean removal) {
        underway--;
        world.trace().note("operator", reply.getClass().getSimpleName(), 0, 0, reply);
        if (reply instanceof Committed) {
            truth.reached(removal ? RaftProbe.MEMBER_REMOVED : RaftProbe.MEMBER_ADDED);
        } else if (reply instanceof Refused) {
            truth.reached(RaftProbe.CHANGE_REFUSED);
        }
    }

    void handOver() {
        RaftServer leader = leader();
        if (!calm && leader != null) {
            Optional<Integer> to = world.random().nextBoolean()
                    ? Optional.empty()
                    : Optional.of(1 + world.random().nextInt(servers.size()));
            leader.ask(
                    reply -> {
                        if (reply instanceof Committed) {
                            truth.reached(RaftProbe.HANDED_OVER);
                        }
                    },
                    ticket -> new RaftInput.ToTransfer(ticket, to));
        }
    }

    /** A majority that has lost nothing remains in every configuration that anybody might go by. */
    boolean maySpare(RaftServer server) {
        if (underway > 0) {
            return false;
        }
        List<Configuration> all = new ArrayList<>(configurations());
        servers.stream()
                .filter(other -> other.core() != null)
                .forEach(other -> all.add(other.core().durable().configuration()));
        for (Configuration seats : all) {
            List<Seat> voters = seats.seats().stream().filter(Seat::voting).toList();
            long intact = voters.stream()
                    .filter(seat -> seat.member().id() != server.id() && isIntact(seat))
                    .count();
            if (!seats.seats().isEmpty() && intact < voters.size() / 2 + 1) {
                return false;
            }
        }
        return true;
    }
}
