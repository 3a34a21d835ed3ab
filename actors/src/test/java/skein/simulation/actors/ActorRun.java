package skein.simulation.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.replication.ServedDatabase;
import skein.simulation.Host;
import skein.simulation.InvariantBroken;
import skein.simulation.Probe;
import skein.simulation.Probes;
import skein.simulation.RunResult;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;
import skein.storage.Database;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicationMode;

/** One run of shipped instances: formed, written to, broken, repaired, and held to what they have promised. */
final class ActorRun {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long CONVERGENCE_NANOS = Duration.ofMinutes(4).toNanos();
    private static final long REST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long READ_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long DELAY_NANOS_MIN = 50_000;

    private final World world;
    private final ActorSwarm settings;
    private final SimulatedNetwork network;
    private final List<ActorNode> nodes = new ArrayList<>();
    private final Histories histories = new Histories();
    private final ActorOperator operator;
    private final ActorFaults faults;
    private final ActorClients clients;
    private @Nullable Throwable broken;

    private ActorRun(long seed, Probes probes) {
        world = new World(seed, probes);
        SeededRandomness.from(world.random());
        settings = ActorSwarm.of(seed, world.random());
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < settings.nodes(); i++) {
            Host host = new Host(world, "node" + (i + 1), i);
            host.clockRate(1 + settings.clockDrift() * (2 * world.random().nextDouble() - 1));
            hosts.add(host);
        }
        network = new SimulatedNetwork(world, hosts);
        network.delays(DELAY_NANOS_MIN, settings.delayNanosMax(), settings.late());
        for (Host host : hosts) {
            nodes.add(new ActorNode(host, network, settings, this::isBroken));
        }
        operator = new ActorOperator(world, nodes, settings, this::formed);
        faults = new ActorFaults(world, settings, network, nodes, operator);
        clients = new ActorClients(world, settings, nodes, operator::main, histories, faults::promised);
    }

    private void formed() {
        clients.begin();
    }

    private void isBroken(Throwable cause) {
        if (broken == null) {
            broken = cause;
        }
    }

    /** Fails with a story when a promise was broken. */
    static RunResult of(long seed, Probes probes) {
        ActorRun run = new ActorRun(seed, probes);
        try {
            return run.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(run.story(e), e);
        } finally {
            run.nodes.forEach(node -> node.crash(false));
        }
    }

    private RunResult run() {
        nodes.forEach(ActorNode::start);
        operator.begin();
        if (settings.faults()) {
            faults.begin();
        } else {
            world.reached(Probe.RUN_WITHOUT_FAULTS);
        }
        runUntil((long) (settings.seconds() * NANOS_PER_SECOND));
        operator.calm();
        faults.heal();
        converge();
        return new RunResult(
                world.trace().hash(),
                world.nanos() / NANOS_PER_SECOND,
                world.scheduled(),
                histories.acknowledged(),
                histories.issued());
    }

    private void runUntil(long nanos) {
        while (world.nanos() < nanos && world.step()) {
            if (broken != null) {
                throw new IllegalStateException("an instance broke", broken);
            }
        }
    }

    /** I12: everybody up, in step and equal, and a new write confirmed by all. */
    private void converge() {
        long begun = world.nanos();
        Histories.Write last = null;
        while (world.nanos() < begun + CONVERGENCE_NANOS) {
            runUntil(world.nanos() + Duration.ofSeconds(1).toNanos());
            if (world.nanos() < begun + REST_NANOS || !clients.hasPrepared()) {
                continue;
            }
            clients.end();
            if (operator.isAllReady() && areEqual()) {
                if (last != null && last.isAcknowledged()) {
                    settled();
                    return;
                }
                last = clients.insert(operator.main());
            }
        }
        throw new InvariantBroken("I12", "no convergence");
    }

    /** I4, I12: the same log, all of it applied, and the same graph, everywhere. */
    private boolean areEqual() {
        List<Database> databases = new ArrayList<>();
        for (ActorNode node : nodes) {
            ServedDatabase served = node.database();
            if (served == null) {
                return false;
            }
            databases.add(served.cell().database());
        }
        LogPosition end = databases.getFirst().logEnd();
        long state = databases.getFirst().stateHash();
        for (int i = 0; i < databases.size(); i++) {
            Database database = databases.get(i);
            if (!database.logEnd().equals(end) || database.appliedLsn() != end.lsn()) {
                return false;
            }
            if (database.stateHash() != state) {
                throw new InvariantBroken("I4", nodes.get(i) + " has the same log and another graph");
            }
        }
        return true;
    }

    private void settled() {
        List<ActorNode> answered = new ArrayList<>();
        boolean promised = settings.mode() != ReplicationMode.ASYNC || !operator.hasMoved();
        for (ActorNode node : nodes) {
            clients.readAll(node, found -> {
                answered.add(node);
                histories.judgeSet(node.toString(), found, promised);
            });
        }
        runUntil(world.nanos() + READ_NANOS);
        if (answered.size() != nodes.size()) {
            throw new InvariantBroken("I12", "only " + answered + " answer reads");
        }
        if (isEveryReadSafe()) {
            histories.judgeReads();
        }
        for (ActorNode node : nodes) {
            Database database = database(node);
            List<String> found = database.audit();
            if (!found.isEmpty()) {
                throw new InvariantBroken("I8", node + ": " + found);
            }
            world.trace()
                    .note(
                            node.host().name(),
                            "ends",
                            database.logEnd().lsn(),
                            database.logEnd().crc(),
                            null);
        }
    }

    /** False where a promotion may have taken back what somebody had read. */
    private boolean isEveryReadSafe() {
        return switch (settings.mode()) {
            case STRICT_SYNC, QUORUM -> true;
            case SYNC -> !operator.hasMoved() || !histories.hasWarned();
            case ASYNC -> !operator.hasMoved();
        };
    }

    private static Database database(ActorNode node) {
        return Invariant.present(node.database(), "%s serves nothing", node)
                .cell()
                .database();
    }

    private String story(Throwable cause) {
        StringBuilder text = new StringBuilder();
        text.append("seed ")
                .append(world.seed())
                .append(" of the actors: ")
                .append(cause)
                .append('\n');
        for (Throwable why = cause.getCause(); why != null; why = why.getCause()) {
            text.append("because of ").append(why).append('\n');
            for (int i = 0; i < Math.min(8, why.getStackTrace().length); i++) {
                text.append("    at ").append(why.getStackTrace()[i]).append('\n');
            }
        }
        text.append(settings).append('\n');
        text.append("at ").append(world.nanos() / NANOS_PER_SECOND).append(" s; what happened last:\n");
        world.trace().newest().forEach(line -> text.append(line).append('\n'));
        for (ActorNode node : nodes) {
            ServedDatabase served = node.database();
            text.append(node).append(node.host().isUp() ? " " : " (down) ");
            if (served != null) {
                Database database = served.cell().database();
                text.append(database.logEnd()).append(" durable ").append(database.durableLsn());
                text.append(" decided ").append(database.decidedLsn());
                text.append(" applied ").append(database.appliedLsn());
                text.append(" state ").append(database.stateHash());
            }
            text.append('\n');
        }
        return text.append("to run it again: ")
                .append(ActorSimulation.command(world.seed()))
                .append('\n')
                .toString();
    }
}
