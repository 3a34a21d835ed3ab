package skein.simulation.raft;

import java.util.List;
import java.util.OptionalLong;
import skein.history.RegisterHistory.Call;
import skein.history.RegisterHistory.Operation;
import skein.history.Transaction.Outcome;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Unknown;
import skein.raft.core.RaftInput;
import skein.simulation.World;

/** Write and read registers, on the server that answered last or any other, and note what they were told. */
final class RaftClients implements RaftWorkload {
    private static final long KEY_NANOS = 400_000_000;
    private static final long PATIENCE_NANOS = 1_500_000_000;
    private static final int KEYS = 4;

    private final World world;
    private final RaftSwarm swarm;
    private final List<RaftServer> servers;
    private final RaftTruth truth;
    private long nextValue = 1;
    private int preferred;
    private boolean over;

    RaftClients(World world, RaftSwarm swarm, List<RaftServer> servers, RaftTruth truth) {
        this.world = world;
        this.swarm = swarm;
        this.servers = servers;
        this.truth = truth;
    }

    @Override
    public void begin() {
        for (int i = 0; i < swarm.clients(); i++) {
            next();
        }
    }

    @Override
    public void end() {
        over = true;
    }

    private void next() {
        world.after(world.around(1, swarm.thinkNanos() * 2), () -> {
            if (!over) {
                RaftServer server = world.chance(0.8)
                        ? servers.get(preferred)
                        : servers.get(world.random().nextInt(servers.size()));
                new Attempt(server, world.chance(0.5)).begin();
            }
        });
    }

    /** One operation. */
    private final class Attempt {
        private final RaftServer server;
        private final boolean writes;
        private final long key =
                world.nanos() / KEY_NANOS * KEYS + world.random().nextInt(KEYS);
        private final long value = nextValue++;
        private final long begun = world.nanos();
        private boolean answered;
        private boolean left;

        Attempt(RaftServer server, boolean writes) {
            this.server = server;
            this.writes = writes;
        }

        void begin() {
            if (server.core() == null) {
                preferred = world.random().nextInt(servers.size());
                next();
                return;
            }
            server.ask(
                    this::answer,
                    ticket -> writes
                            ? new RaftInput.Proposed(
                                    List.of(new RaftInput.Proposal(ticket, Registers.write(key, value))))
                            : new RaftInput.ToConfirm(ticket));
            world.after(PATIENCE_NANOS, () -> {
                if (!answered) {
                    answer(new Unknown());
                }
            });
        }

        private void answer(Reply reply) {
            if (answered) {
                return;
            }
            answered = true;
            Outcome outcome = switch (reply) {
                case Committed _ -> Outcome.COMMITTED;
                case NotLeading _, Refused _ -> Outcome.FAILED;
                case Unknown _ -> Outcome.UNKNOWN;
            };
            note(reply, outcome);
            if (outcome == Outcome.COMMITTED) {
                preferred = server.id() - 1;
            } else {
                preferred = world.random().nextInt(servers.size());
            }
            if (!left) {
                left = true;
                next();
            }
        }

        private void note(Reply reply, Outcome outcome) {
            OptionalLong read = OptionalLong.empty();
            if (!writes && reply instanceof Committed) {
                read = ((Registers) server.owner()).read(key);
            }
            Call call = writes ? new Call.Write(value) : new Call.Read(read);
            truth.operation(new Operation(key, begun, world.nanos(), outcome, call));
            world.trace().note("client", writes ? "writes" : "reads", key, value, outcome);
            truth.reached(
                    switch (outcome) {
                        case COMMITTED -> writes ? RaftProbe.WRITE_COMMITTED : RaftProbe.READ_ANSWERED;
                        case FAILED -> writes ? RaftProbe.WRITE_REFUSED : RaftProbe.READ_REFUSED;
                        case UNKNOWN -> RaftProbe.WRITE_UNKNOWN;
                    });
        }
    }
}
