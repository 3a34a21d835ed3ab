package skein.simulation.cores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import skein.coordination.core.Holder;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.raft.core.Configuration;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.simulation.coordinators.CoordinatorServer;
import skein.vocabulary.ReplicationMode;

/** Breaks coordinators, data instances and what is between them, as often as the seed has drawn. */
final class ClusterNemesis {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int RESTART_SECONDS = 30;
    private static final int CUT_SECONDS = 20;

    private final World world;
    private final SimulatedNetwork network;
    private final List<CoordinatorServer> servers;
    private final List<CoreNode> nodes;
    private final List<Host> hosts;
    private final ClusterSwarm settings;
    private final ClusterOperator operator;
    private final Truth truth;
    private final ClusterTruth cluster;
    private boolean over;

    ClusterNemesis(
            World world,
            SimulatedNetwork network,
            List<CoordinatorServer> servers,
            List<CoreNode> nodes,
            ClusterSwarm settings,
            ClusterOperator operator,
            Truth truth,
            ClusterTruth cluster) {
        this.world = world;
        this.network = network;
        this.servers = servers;
        this.nodes = nodes;
        this.hosts = new ArrayList<>();
        servers.forEach(server -> hosts.add(server.host()));
        nodes.forEach(node -> hosts.add(node.host()));
        this.settings = settings;
        this.operator = operator;
        this.truth = truth;
        this.cluster = cluster;
    }

    void begin() {
        Swarm data = settings.data();
        every(data.killSeconds(), () -> crash(node(), false));
        every(data.powerSeconds(), () -> crash(node(), true));
        every(data.powerAllSeconds(), this::powerAll);
        if (data.mix().strongest() != ReplicationMode.QUORUM) {
            // else those that count can be gone for good, and only an operator's FORCE, with losses, goes on without
            every(data.wipeSeconds(), this::wipe);
        }
        every(data.pauseSeconds(), () -> pause(node().host()));
        every(data.breakSeconds(), () -> network.breakBetween(host(), host()));
        every(data.fullSeconds(), this::fillDisk);
        every(data.jumpSeconds(), () -> jump(node().host()));
        every(data.switchoverSeconds(), this::leave);
        every(
                settings.coordinatorKillSeconds(),
                () -> crash(server(), world.random().nextBoolean()));
        every(settings.coordinatorPauseSeconds(), () -> pause(server().host()));
        every(settings.coordinatorJumpSeconds(), () -> jump(server().host()));
        every(settings.coordinatorWipeSeconds(), () -> wipe(server()));
        every(settings.cutSeconds(), this::cut);
        every(settings.slowSeconds(), this::slow);
        every(settings.commandSeconds(), operator::wish);
        every(settings.coordinatorsSeconds(), operator::exchange);
        truth.onMoments(this::moment);
        if (settings.clockDrift() > 0) {
            hosts.forEach(host -> host.clockRate(1 + (world.random().nextDouble() * 2 - 1) * settings.clockDrift()));
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

    private CoreNode node() {
        CoreNode main = truth.main();
        return main != null && world.chance(0.3)
                ? main
                : nodes.get(world.random().nextInt(nodes.size()));
    }

    private CoordinatorServer server() {
        CoordinatorServer any = servers.get(world.random().nextInt(servers.size()));
        return world.chance(0.4)
                ? servers.stream().filter(CoordinatorServer::leads).findFirst().orElse(any)
                : any;
    }

    private Host host() {
        return world.random().nextBoolean() ? server().host() : node().host();
    }

    private long seconds(int max) {
        return world.around(
                Duration.ofMillis(20).toNanos(), Duration.ofSeconds(max).toNanos());
    }

    private void crash(CoreNode node, boolean power) {
        if (node.host().isUp()) {
            node.crash(power);
            restartLater(node);
        }
    }

    private void restartLater(CoreNode node) {
        world.after(seconds(RESTART_SECONDS), () -> {
            if (!node.host().isUp()) {
                node.start();
            }
        });
    }

    private void crash(CoordinatorServer server, boolean power) {
        if (server.host().isUp()) {
            if (server.leads()) {
                world.reached(Probe.LEADER_KILLED);
            }
            server.crash(power);
            restartLater(server);
        }
    }

    private void restartLater(CoordinatorServer server) {
        world.after(seconds(RESTART_SECONDS), () -> {
            if (!server.host().isUp()) {
                server.start();
            }
        });
    }

    /** One at a time, which people take out and add again; a majority that has lost nothing remains. */
    private void wipe(CoordinatorServer server) {
        int id = server.self().id();
        boolean spare = servers.stream().allMatch(other -> majorityRemains(other.configuration(), id));
        if (cluster.isNamed(id) && operator.leavesCoordinatorsAlone() && spare) {
            server.crash(true);
            server.wipe();
            cluster.wiped(id);
            world.reached(Probe.COORDINATOR_WIPED);
            restartLater(server);
        }
    }

    private boolean majorityRemains(Configuration group, int without) {
        List<Seat> voters = group.seats().stream().filter(Seat::voting).toList();
        long left = voters.stream()
                .filter(seat -> seat.member().id() != without)
                .filter(seat -> servers.get(seat.member().id() - 1).isIntact(seat))
                .count();
        return group.seats().isEmpty() || left >= voters.size() / 2 + 1;
    }

    /** Soon after: what was just promised may not have travelled yet. */
    private void moment(CoreNode node) {
        if (!over
                && settings.data().moments() > 0
                && world.chance(settings.data().moments())) {
            world.after(
                    world.around(0, 3_000_000), () -> crash(node, world.random().nextBoolean()));
        }
    }

    private void powerAll() {
        world.reached(Probe.ALL_POWER_LOST);
        boolean everything = world.random().nextBoolean();
        nodes.forEach(node -> crash(node, true));
        if (everything) {
            servers.forEach(server -> crash(server, true));
        }
    }

    /** Only while others are known to hold everything, and one at a time. */
    private void wipe() {
        CoreNode node = node();
        boolean spare = nodes.stream().allMatch(this::holds);
        if (spare && node.host().isUp()) {
            node.crash(true);
            node.wipe();
            restartLater(node);
        }
    }

    private boolean holds(CoreNode node) {
        CoreRole role = node.role();
        return role != null
                && !truth.isMainEmptied()
                && (node == truth.main() || truth.isMember(node))
                && cluster.present()
                        .holders()
                        .contains(new Holder(node.name(), role.state().instance()));
    }

    private void pause(Host host) {
        if (host.isRunning()) {
            world.reached(Probe.HOST_PAUSED);
            world.trace().note(host.name(), "stands still", 0, 0, null);
            host.pause(seconds(world.random().nextInt(10) == 0 ? 120 : 15));
        }
    }

    /** Between two, around one, between coordinators and instances, or between two halves; one way or both. */
    private void cut() {
        boolean both = world.random().nextInt(3) > 0;
        long nanos = seconds(CUT_SECONDS);
        Host one = host();
        switch (world.random().nextInt(5)) {
            case 0 -> cutOff(one, List.of(host()), both, nanos);
            case 1 -> cutOff(one, hosts, both, nanos);
            case 2 ->
                cutOff(
                        node().host(),
                        servers.stream().map(CoordinatorServer::host).toList(),
                        both,
                        nanos);
            case 3 -> cutOff(server().host(), nodes.stream().map(CoreNode::host).toList(), both, nanos);
            default -> {
                List<Host> half = hosts.stream()
                        .filter(host -> world.random().nextBoolean())
                        .toList();
                List<Host> others =
                        hosts.stream().filter(host -> !half.contains(host)).toList();
                half.forEach(host -> cutOff(host, others, both, nanos));
            }
        }
    }

    private void cutOff(Host one, List<Host> others, boolean both, long nanos) {
        for (Host other : others) {
            if (other != one) {
                network.clog(one, other);
                world.after(nanos, () -> network.unclog(one, other));
                if (both) {
                    network.clog(other, one);
                    world.after(nanos, () -> network.unclog(other, one));
                }
            }
        }
    }

    /** Every link is slow for a while. */
    private void slow() {
        network.delays(5_000_000, 400_000_000, 0.01);
        world.after(seconds(CUT_SECONDS), this::usualDelays);
    }

    private void usualDelays() {
        network.delays(
                50_000,
                settings.data().delayNanosMax(),
                over ? 0 : settings.data().late());
    }

    private void fillDisk() {
        CoreNode node = node();
        world.reached(Probe.DISK_FULL);
        node.logs().forEach(log -> log.full(true));
        world.after(seconds(20), () -> node.logs().forEach(log -> log.full(false)));
    }

    private void jump(Host host) {
        world.reached(Probe.CLOCK_JUMPED);
        host.jumpClock(seconds(60));
    }

    /** An instance is stopped in order. */
    private void leave() {
        CoreNode node = node();
        CoreAgent agent = node.agent();
        if (agent != null && node.host().isRunning()) {
            world.trace().note(node.host().name(), "is asked to end", 0, 0, null);
            agent.leave();
            world.after(seconds(10), () -> crash(node, false));
        }
    }

    /** All is repaired, and stays so. */
    void heal() {
        over = true;
        network.unclogAll();
        usualDelays();
        for (CoreNode node : nodes) {
            node.health().stalls = 0;
            node.health().failures = 0;
            node.logs().forEach(log -> log.full(false));
        }
        for (Host host : hosts) {
            host.clockRate(1);
            host.resume();
        }
        nodes.stream().filter(node -> !node.host().isUp()).forEach(CoreNode::start);
        servers.stream().filter(server -> !server.host().isUp()).forEach(CoordinatorServer::start);
    }
}
