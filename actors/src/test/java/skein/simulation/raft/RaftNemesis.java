package skein.simulation.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import skein.simulation.World;

/** Breaks things, as often as the seed has drawn, and repairs them after a while; until it is told to stop. */
final class RaftNemesis {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double CRASH_WHILE_WRITING = 0.003;

    private final World world;
    private final RaftSwarm swarm;
    private final RaftMail mail;
    private final List<RaftServer> servers;
    private final RaftOperator operator;
    private boolean over;

    RaftNemesis(World world, RaftSwarm swarm, RaftMail mail, List<RaftServer> servers, RaftOperator operator) {
        this.world = world;
        this.swarm = swarm;
        this.mail = mail;
        this.servers = servers;
        this.operator = operator;
    }

    void begin() {
        every(swarm.killSeconds(), () -> crash(one()));
        every(swarm.powerSeconds(), () -> servers.forEach(this::crash));
        every(swarm.pauseSeconds(), () -> one().host().pause(span(3_000)));
        every(swarm.cutSeconds(), this::cut);
        every(swarm.splitSeconds(), this::split);
        every(swarm.jumpSeconds(), () -> one().host().jumpClock(span(5_000)));
        every(swarm.changeSeconds(), operator::shuffle);
        every(swarm.transferSeconds(), operator::handOver);
        every(swarm.wipeSeconds(), this::wipe);
        if (swarm.killSeconds() > 0) {
            servers.forEach(server -> server.onWrite(() -> writing(server)));
        }
        if (swarm.clockDrift() > 0) {
            servers.forEach(server ->
                    server.host().clockRate(1 + (world.random().nextDouble() * 2 - 1) * swarm.clockDrift()));
        }
    }

    private void every(double meanSeconds, Runnable fault) {
        if (meanSeconds > 0) {
            double seconds = -Math.log(1 - world.random().nextDouble()) * meanSeconds;
            world.after((long) (seconds * NANOS_PER_SECOND), () -> {
                if (!over) {
                    fault.run();
                    every(meanSeconds, fault);
                }
            });
        }
    }

    /** Power is lost most easily while it is needed. */
    private void writing(RaftServer server) {
        if (!over && world.chance(CRASH_WHILE_WRITING)) {
            world.after(world.around(1, swarm.forceNanosMax()), () -> crash(server));
        }
    }

    private RaftServer one() {
        RaftServer leader = operator.leader();
        return leader != null && world.chance(0.4)
                ? leader
                : servers.get(world.random().nextInt(servers.size()));
    }

    private long span(int millis) {
        return world.around(
                Duration.ofMillis(20).toNanos(), Duration.ofMillis(millis).toNanos());
    }

    private void crash(RaftServer server) {
        if (server.host().isUp()) {
            server.crash();
            world.after(span(4_000), () -> {
                if (!server.host().isUp()) {
                    server.start();
                }
            });
        }
    }

    private void wipe() {
        RaftServer server = servers.get(world.random().nextInt(servers.size()));
        if (server.host().isUp() && operator.maySpare(server)) {
            world.trace().note(server.host().name(), "loses its disk", 0, 0, null);
            crash(server);
            server.wipe();
        }
    }

    /** One way or both, between two or around one. */
    private void cut() {
        int from = one().id();
        int to = one().id();
        boolean around = world.random().nextBoolean();
        int ways = world.random().nextInt(3);
        long nanos = span(4_000);
        for (RaftServer other : servers) {
            if (other.id() != from && (around || other.id() == to)) {
                if (ways != 1) {
                    mail.cut(from, other.id(), nanos);
                }
                if (ways != 2) {
                    mail.cut(other.id(), from, nanos);
                }
            }
        }
    }

    /** Two sides that do not hear each other; on either the group is to be changed, if somebody there leads it yet. */
    private void split() {
        long nanos = span(4_000);
        List<RaftServer> here = new ArrayList<>();
        List<RaftServer> there = new ArrayList<>();
        servers.forEach(server -> (world.random().nextBoolean() ? here : there).add(server));
        for (RaftServer one : here) {
            for (RaftServer other : there) {
                mail.cut(one.id(), other.id(), nanos);
                mail.cut(other.id(), one.id(), nanos);
            }
        }
        world.trace().note("nemesis", "splits", here.size(), there.size(), null);
        if (swarm.changeSeconds() > 0) {
            operator.shuffle();
        }
    }

    /** All is repaired, and stays so. */
    void heal() {
        over = true;
        mail.calm();
        for (RaftServer server : servers) {
            server.host().clockRate(1);
            server.host().resume();
            if (!server.host().isUp()) {
                server.start();
            }
        }
    }
}
