package skein.simulation.cores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.Appointment;
import skein.coordination.core.ClusterState;
import skein.simulation.Host;
import skein.simulation.InvariantBroken;
import skein.simulation.Probe;
import skein.simulation.Probes;
import skein.simulation.RunResult;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.simulation.coordinators.CoordinatorServer;

/**
 * One run of coordinators and data instances together: a cluster is formed by commands, written to and broken in all
 * the ways that its seed has drawn; then everything is repaired, and it must come to rest with all that it has
 * promised.
 */
public final class ClusterRun {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long CONVERGENCE_NANOS = Duration.ofMinutes(4).toNanos();
    private static final long FORMING_NANOS = Duration.ofSeconds(20).toNanos();
    private static final int MAILBOX_MAX = 5_000;
    private static final int REGISTER_CLIENTS = 2;

    private final World world;
    private final ClusterSwarm settings;
    private final Truth truth;
    private final ClusterTruth cluster;
    private final List<CoordinatorServer> servers = new ArrayList<>();
    private final List<CoreNode> nodes = new ArrayList<>();
    private final ClusterOperator operator;
    private final ClusterTables tables;
    private final ClusterRegisters registers;
    private final Clients clients;
    private final ClusterNemesis nemesis;
    private @Nullable Operation last;

    private ClusterRun(long seed, Probes probes) {
        world = new World(seed, probes);
        settings = ClusterSwarm.of(seed, world.random());
        int spares = settings.coordinatorsSeconds() > 0 ? 1 : 0;
        int coordinators = settings.coordinators() + spares;
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < coordinators; i++) {
            hosts.add(new Host(world, "coord" + (i + 1), i));
        }
        for (int i = 0; i < settings.data().nodes(); i++) {
            hosts.add(new Host(world, "node" + (i + 1), coordinators + i));
        }
        SimulatedNetwork network = new SimulatedNetwork(world, hosts);
        network.delays(50_000, settings.data().delayNanosMax(), settings.data().late());
        cluster = new ClusterTruth(world);
        truth = new Truth(world, settings.data().quorum());
        ClusterReigns reigns = new ClusterReigns(world, settings, truth, cluster);
        truth.follow(reigns);
        cluster.onCommitted(reigns);
        List<UUID> ids = Stream.generate(world::freshId)
                .limit(1L + settings.data().databases())
                .toList();
        for (Host host : hosts.subList(0, coordinators)) {
            servers.add(new CoordinatorServer(
                    host,
                    host.index() + 1,
                    network,
                    settings.raft(),
                    settings.disk(),
                    settings.entriesPerState(),
                    cluster));
        }
        for (Host host : hosts.subList(coordinators, hosts.size())) {
            CoreNode node = new CoreNode(host, network, settings.data(), truth, CoreNode.identities(ids), true);
            nodes.add(node);
            truth.knows(node);
        }
        operator = new ClusterOperator(world, servers, nodes, settings, cluster);
        tables = new ClusterTables(world, servers, nodes, cluster);
        registers = new ClusterRegisters(world, servers, cluster);
        clients = new Clients(world, nodes, settings.data(), truth, tables);
        nemesis = new ClusterNemesis(world, network, servers, nodes, settings, operator, truth, cluster);
    }

    /** Runs one seed to its end; fails with all that is needed to understand why. */
    public static RunResult of(long seed, Probes probes) {
        ClusterRun run = new ClusterRun(seed, probes);
        try {
            return run.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(run.story(e), e);
        }
    }

    private RunResult run() {
        if (!settings.data().faults()) {
            world.reached(Probe.RUN_WITHOUT_FAULTS);
        }
        servers.forEach(CoordinatorServer::start);
        nodes.forEach(CoreNode::start);
        operator.begin();
        tables.begin();
        clients.begin();
        registers.begin(REGISTER_CLIENTS);
        world.after(settings.data().calmNanos() + FORMING_NANOS, nemesis::begin);
        runUntil(FORMING_NANOS + (long) (settings.data().seconds() * NANOS_PER_SECOND));
        nemesis.heal();
        operator.calm();
        converge();
        judgeHistories();
        return new RunResult(
                world.trace().hash(),
                world.nanos() / NANOS_PER_SECOND,
                world.scheduled(),
                truth.acknowledged(),
                truth.issued());
    }

    private void runUntil(long nanos) {
        while (world.nanos() < nanos && world.step()) {
            // everything happens in there
        }
    }

    private void converge() {
        long begun = world.nanos();
        long until = begun + CONVERGENCE_NANOS;
        long quiet = begun + CONVERGENCE_NANOS / 8;
        while (world.nanos() < until) {
            runUntil(world.nanos() + LOOK_NANOS);
            if (world.nanos() >= quiet) {
                clients.end();
                registers.end();
            }
            if (isWell()) {
                operator.seesThatAllIsWell();
            }
            if (world.nanos() >= quiet && isAtRest()) {
                Operation before = last;
                if (before != null && before.outcome() == Operation.Outcome.ACKNOWLEDGED) {
                    settled();
                    return;
                }
                writeOnce();
            }
        }
        throw new InvariantBroken("I12", "no convergence within " + CONVERGENCE_NANOS / NANOS_PER_SECOND + " s");
    }

    private void writeOnce() {
        CoreNode writer = tables.writer();
        last = writer == null ? null : clients.last(writer);
    }

    private boolean isWell() {
        ClusterState state = cluster.present();
        CoreNode main = truth.main();
        CoreRole role = main == null ? null : main.role();
        return main != null
                && role != null
                && role.isSteadyMain()
                && state.main()
                        .filter(one -> one.opened() && one.name().equals(main.name()))
                        .isPresent()
                && state.holders().size() == nodes.size();
    }

    /** One leader, one MAIN, all agree, and everybody has everything. */
    private boolean isAtRest() {
        CoreNode main = truth.main();
        return main != null
                && isWell()
                && servers.stream().filter(CoordinatorServer::leads).count() == 1
                && members().stream().allMatch(server -> server.applied() == cluster.index())
                && cluster.present().main().map(Appointment::name).equals(java.util.Optional.of(main.name()))
                && Rest.isAtRest(truth, main, nodes.size() - 1);
    }

    private List<CoordinatorServer> members() {
        return servers.stream()
                .filter(server -> cluster.present().coordinators().stream()
                        .anyMatch(one -> one.id() == server.self().id()))
                .toList();
    }

    private void settled() {
        CoreNode main = truth.main();
        if (main != null) {
            truth.judge(main);
        }
        operator.judge();
        registers.judge();
        for (CoreNode node : nodes) {
            CoreRole role = node.role();
            int longest = role == null ? 0 : role.longestMailbox();
            truth.check("I15", longest < MAILBOX_MAX, () -> node + " had " + longest + " messages waiting");
        }
    }

    /** Every list is read once more, on any node; then what all sessions saw must fit together. */
    private void judgeHistories() {
        boolean[] read = new boolean[1];
        clients.readAll(() -> read[0] = true);
        while (!read[0]) {
            runUntil(world.nanos() + LOOK_NANOS);
        }
        CoreNode main = truth.main();
        if (!truth.isLossy() && main != null) {
            world.reached(Probe.HISTORY_JUDGED);
            clients.histories().judge(truth.clientOperations(), main.clientValues());
        }
    }

    private String story(Throwable cause) {
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(world.seed()).append(" of clusters: ").append(cause);
        text.append('\n').append(settings).append('\n');
        text.append("at ").append(world.nanos() / NANOS_PER_SECOND).append(" s; what happened last:\n");
        world.trace().newest().forEach(line -> text.append(line).append('\n'));
        text.append(cluster.present()).append('\n');
        servers.forEach(server -> text.append(server).append('\n'));
        for (CoreNode node : nodes) {
            text.append(node).append(node.host().isUp() ? "" : " (down)").append('\n');
            CoreRole role = node.role();
            CoreAgent agent = node.agent();
            if (role != null && agent != null) {
                text.append("  ").append(role.state()).append('\n');
                text.append("  ").append(agent.assignment()).append('\n');
                role.databases()
                        .forEach(database -> text.append("  ").append(database).append('\n'));
            }
        }
        text.append("again: mvn -q test -pl actors -am -Dtest=ClusterSimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dskein.simulation.seed=");
        return text.append(world.seed()).append('\n').toString();
    }
}
