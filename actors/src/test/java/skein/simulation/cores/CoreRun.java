package skein.simulation.cores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.Probes;
import skein.simulation.RunResult;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;

/**
 * One run of the cores: a cluster is formed, written to and broken in all the ways that its seed has drawn; then
 * everything is repaired, and the cluster must come to rest as one, with everything that it has promised.
 */
public final class CoreRun {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long CONVERGENCE_NANOS = Duration.ofMinutes(4).toNanos();
    private static final int MAILBOX_MAX = 5_000;

    private static final long LEFT_SYNC_MAX = 3_000;

    private final World world;
    private final Probes probes;
    private final Swarm settings;
    private final SimulatedNetwork network;
    private final Truth truth;
    private final List<CoreNode> nodes = new ArrayList<>();
    private final Operator operator;
    private final Clients clients;
    private final Nemesis nemesis;
    private @Nullable Operation last;

    private CoreRun(long seed, Probes probes) {
        this.probes = probes;
        world = new World(seed, probes);
        settings = Swarm.of(world.random());
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < settings.nodes(); i++) {
            hosts.add(new Host(world, "node" + (i + 1), i));
        }
        network = new SimulatedNetwork(world, hosts);
        network.delays(50_000, settings.delayNanosMax(), settings.late());
        network.stalls(Swarm.stalls(seed));
        truth = new Truth(world, settings.quorum());
        List<UUID> ids =
                Stream.generate(world::freshId).limit(1L + settings.databases()).toList();
        for (Host host : hosts) {
            CoreNode node = new CoreNode(host, network, settings, truth, CoreNode.identities(ids));
            nodes.add(node);
            truth.knows(node);
        }
        operator = new Operator(world, nodes, settings, truth);
        clients = new Clients(world, nodes, settings, truth, new Members());
        nemesis = new Nemesis(world, network, nodes, settings, operator, truth);
    }

    /** Clients are told where to go by somebody who knows. */
    private final class Members implements Clients.Directory {
        @Override
        public @Nullable CoreNode writer() {
            return truth.main();
        }

        @Override
        public List<CoreNode> readers() {
            return nodes.stream().filter(truth::isMember).toList();
        }
    }

    /** Runs one seed to its end; fails with all that is needed to understand why. */
    public static RunResult of(long seed, Probes probes) {
        CoreRun run = new CoreRun(seed, probes);
        try {
            return run.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(run.story(e), e);
        }
    }

    private RunResult run() {
        if (!settings.faults()) {
            world.reached(Probe.RUN_WITHOUT_FAULTS);
        }
        nodes.forEach(CoreNode::start);
        operator.begin();
        clients.begin();
        world.after(settings.calmNanos(), nemesis::begin);
        runUntil((long) (settings.seconds() * NANOS_PER_SECOND));
        long healedNanos = world.nanos();
        nemesis.heal();
        network.stalls(0);
        operator.calm();
        converge();
        judgeHistories(healedNanos);
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
        boolean written = false;
        while (world.nanos() < until) {
            runUntil(world.nanos() + LOOK_NANOS);
            if (world.nanos() >= quiet) {
                clients.end();
            }
            CoreNode main = truth.main();
            if (main != null && world.nanos() >= quiet && Rest.isAtRest(truth, main, nodes.size() - 1)) {
                if (written && last != null && isConfirmed(last)) {
                    settled(main);
                    return;
                }
                last = clients.last(main);
                written = true;
            }
        }
        truth.check("I12", false, () -> "no convergence within " + CONVERGENCE_NANOS / NANOS_PER_SECOND + " s");
    }

    /** Where fewer QUORUM replicas are registered than have to confirm, no commit goes without a warning. */
    private boolean isConfirmed(Operation operation) {
        return switch (operation.outcome()) {
            case ACKNOWLEDGED -> true;
            case WARNED -> !operator.hasQuorum();
            case OPEN, REFUSED, UNKNOWN -> false;
        };
    }

    /** Every list is read once more, on any node; then what all sessions saw must fit together. */
    private void judgeHistories(long healedNanos) {
        boolean[] read = new boolean[1];
        clients.readAll(() -> read[0] = true);
        while (!read[0]) {
            runUntil(world.nanos() + LOOK_NANOS);
        }
        CoreNode main = truth.main();
        if (!truth.isLossy() && main != null) {
            world.reached(Probe.HISTORY_JUDGED);
            clients.histories().judge(truth.clientOperations(), main.clientValues());
            if (settings.faults()) {
                countLists(clients.histories().listsBetween(settings.calmNanos(), healedNanos));
            }
        }
    }

    private void countLists(Histories.Share share) {
        for (int i = 0; i < share.tried(); i++) {
            world.reached(Probe.LISTS_TRIED_IN_FAULTS);
        }
        for (int i = 0; i < share.done(); i++) {
            world.reached(Probe.LISTS_DONE_IN_FAULTS);
        }
    }

    private void settled(CoreNode main) {
        truth.judge(main);
        truth.check(
                "I15", probes.count(Probe.REPLICA_LEFT_SYNC) < LEFT_SYNC_MAX, () -> "replicas come and go for ever");
        for (CoreNode node : nodes) {
            CoreRole role = node.role();
            int longest = role == null ? 0 : role.longestMailbox();
            truth.check("I15", longest < MAILBOX_MAX, () -> node + " had " + longest + " messages waiting");
            for (CoreLog log : node.logs()) {
                world.trace()
                        .note(
                                node.host().name(),
                                "ends",
                                log.end().lsn(),
                                log.end().crc(),
                                null);
            }
        }
    }

    private String story(Throwable cause) {
        StringBuilder text = new StringBuilder();
        text.append("seed ")
                .append(world.seed())
                .append(" of the cores: ")
                .append(cause)
                .append('\n');
        text.append(settings).append('\n');
        text.append("at ").append(world.nanos() / NANOS_PER_SECOND).append(" s; what happened last:\n");
        world.trace().newest().forEach(line -> text.append(line).append('\n'));
        for (CoreNode node : nodes) {
            text.append(node).append(node.host().isUp() ? "" : " (down)").append('\n');
            CoreRole role = node.role();
            if (role != null) {
                text.append("  ").append(role.state()).append('\n');
                role.databases()
                        .forEach(database -> text.append("  ").append(database).append('\n'));
            }
        }
        text.append("again: mvn -q test -pl actors -am -Dtest=CoreSimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dskein.simulation.seed=");
        return text.append(world.seed()).append('\n').toString();
    }
}
