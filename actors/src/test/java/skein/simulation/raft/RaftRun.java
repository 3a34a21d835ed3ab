package skein.simulation.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import skein.history.Transaction.Outcome;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.raft.core.RaftCore;
import skein.simulation.Host;
import skein.simulation.Probes;
import skein.simulation.RunResult;
import skein.simulation.World;

/**
 * One run: a group is founded, grows, is written to and read from, changed and broken in all the ways that its seed has
 * drawn; then everything is repaired, and it must come to be what it was meant to be.
 */
final class RaftRun {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long CONVERGENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long EVENTS_MAX = 5_000_000;
    private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

    private final World world;
    private final RaftSwarm swarm;
    private final RaftTruth truth;
    private final RaftProbes probes;
    private final List<RaftServer> servers = new ArrayList<>();
    private final RaftOperator operator;
    private final RaftWorkload clients;
    private final RaftNemesis nemesis;

    private RaftRun(long seed, Probes counted, RaftProbes probes, boolean coordinators) {
        this.probes = probes;
        world = new World(seed, counted);
        swarm = RaftSwarm.of(world.random());
        truth = new RaftTruth(world, probes);
        for (int i = 0; i < swarm.servers(); i++) {
            servers.add(new RaftServer(
                    new Host(world, "s" + (i + 1), i),
                    i + 1,
                    swarm,
                    truth,
                    probes,
                    coordinators ? ClusterOwner::new : Registers::new));
        }
        RaftMail mail = new RaftMail(world, swarm, servers);
        servers.forEach(server -> server.connect(mail));
        operator = new RaftOperator(world, swarm, servers, truth);
        clients = coordinators
                ? new ClusterClients(world, swarm, CoordinatorHost.on(servers, mail), truth)
                : new RaftClients(world, swarm, servers, truth);
        nemesis = new RaftNemesis(world, swarm, mail, servers, operator);
    }

    /** Runs one seed to its end; fails with all that is needed to understand why. */
    static RunResult of(long seed, Probes counted, RaftProbes probes) {
        return played(new RaftRun(seed, counted, probes, false));
    }

    /** As above, with the coordinators' core above the members, and people who ask it. */
    static RunResult ofCoordinators(long seed, Probes counted, RaftProbes probes) {
        return played(new RaftRun(seed, counted, probes, true));
    }

    private static RunResult played(RaftRun run) {
        try {
            return run.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(run.story(e), e);
        }
    }

    private RunResult run() {
        if (!swarm.faults()) {
            probes.reached(RaftProbe.RUN_WITHOUT_FAULTS);
        }
        if (swarm.voters() == 7) {
            probes.reached(RaftProbe.SEVEN_VOTERS);
        }
        servers.forEach(RaftServer::start);
        operator.begin();
        clients.begin();
        nemesis.begin();
        runUntil((long) (swarm.seconds() * NANOS_PER_SECOND));
        nemesis.heal();
        operator.calm();
        converge();
        truth.judge();
        if (truth.leaderships() > 1) {
            probes.reached(RaftProbe.DEPOSED);
        }
        return new RunResult(
                world.trace().hash(),
                world.nanos() / NANOS_PER_SECOND,
                world.scheduled(),
                truth.count(Outcome.COMMITTED),
                truth.count());
    }

    private void runUntil(long nanos) {
        while (world.nanos() < nanos && world.step()) {
            RaftTruth.check("I15", world.scheduled() < EVENTS_MAX, "more than %d events", EVENTS_MAX);
        }
    }

    private void converge() {
        long begun = world.nanos();
        long written = truth.count(Outcome.COMMITTED);
        boolean quiet = false;
        while (world.nanos() < begun + CONVERGENCE_NANOS) {
            runUntil(world.nanos() + LOOK_NANOS);
            if (truth.count(Outcome.COMMITTED) > written && isWhole()) {
                if (quiet && isAtRest()) {
                    return;
                }
                clients.end();
                quiet = true;
            }
        }
        RaftTruth.check("I12", false, "no convergence within %s s", CONVERGENCE_NANOS / NANOS_PER_SECOND);
    }

    /** One leader, and as many voters as there should be. */
    private boolean isWhole() {
        RaftServer leader = operator.leader();
        if (leader == null || leader.core() == null) {
            return false;
        }
        List<Seat> seats = leader.core().durable().configuration().seats();
        return seats.size() == swarm.voters()
                && seats.stream().allMatch(seat -> seat.voting() && operator.isIntact(seat));
    }

    /** Everybody has applied everything. */
    private boolean isAtRest() {
        RaftServer leader = operator.leader();
        if (leader == null || leader.core() == null) {
            return false;
        }
        RaftCore core = leader.core();
        for (Seat seat : core.durable().configuration().seats()) {
            RaftServer server = servers.get(seat.member().id() - 1);
            boolean same = server.core() != null
                    && server.core().committed() == core.durable().log().lastIndex()
                    && server.owner().index() == leader.owner().index();
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private String story(Throwable cause) {
        StringBuilder text = new StringBuilder();
        text.append("seed ")
                .append(world.seed())
                .append(" of Raft: ")
                .append(cause)
                .append('\n');
        text.append(swarm).append('\n');
        text.append("at ").append(world.nanos() / NANOS_PER_SECOND).append(" s; what happened last:\n");
        world.trace().newest().forEach(line -> text.append(line).append('\n'));
        servers.forEach(server -> text.append(server).append('\n'));
        text.append("again: mvn -q test -pl actors -am -Dtest=RaftSimulationTest,CoordinatorsSimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dskein.simulation.seed=");
        return text.append(world.seed()).append('\n').toString();
    }
}
