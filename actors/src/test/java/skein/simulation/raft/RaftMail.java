package skein.simulation.raft;

import java.util.Arrays;
import java.util.List;
import skein.protocol.RaftPeerProtocol.Message;
import skein.raft.core.RaftInput;
import skein.simulation.World;

/** Carries messages between servers: late, twice, in any order, or not at all. */
final class RaftMail {
    private static final long DELAY_NANOS_MIN = 50_000;
    private static final int LATER = 50;

    private final World world;
    private final RaftSwarm swarm;
    private final List<RaftServer> servers;
    private final boolean[][] cut;
    private boolean calm;

    RaftMail(World world, RaftSwarm swarm, List<RaftServer> servers) {
        this.world = world;
        this.swarm = swarm;
        this.servers = servers;
        this.cut = new boolean[swarm.servers() + 1][swarm.servers() + 1];
    }

    /** Over a connection: late, in no order with others, or not at all. */
    void carry(int from, int to, Runnable work) {
        if (calm || !world.chance(swarm.lost())) {
            world.after(world.around(DELAY_NANOS_MIN, swarm.delayNanosMax()), () -> {
                if (!cut[from][to]) {
                    work.run();
                }
            });
        }
    }

    void send(int from, int to, Message message) {
        if (to < 1 || to > servers.size()) {
            return;
        }
        if (!calm && world.chance(swarm.lost())) {
            return;
        }
        int copies = !calm && world.chance(swarm.twice()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = world.around(DELAY_NANOS_MIN, swarm.delayNanosMax());
            if (!calm && world.chance(swarm.late())) {
                delay *= world.random().nextInt(LATER);
            }
            world.after(delay, () -> {
                if (!cut[from][to]) {
                    servers.get(to - 1).receive(message);
                }
            });
        }
    }

    /** Whether the sender hears of it is chance: a line may seem open for long after nobody is there. */
    void cut(int from, int to, long nanos) {
        cut[from][to] = true;
        boolean heard = world.random().nextBoolean();
        if (heard) {
            servers.get(from - 1).lines(new RaftInput.LineClosed(to));
        }
        world.after(nanos, () -> {
            cut[from][to] = false;
            if (heard) {
                servers.get(from - 1).lines(new RaftInput.LineOpened(to));
            }
        });
    }

    boolean isCalm() {
        return calm;
    }

    /** From now on everything arrives soon. */
    void calm() {
        calm = true;
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
    }
}
