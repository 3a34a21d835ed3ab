package skein.simulation.cores;

import java.time.Duration;
import java.util.List;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;
import skein.vocabulary.ReplicationMode;

/** Breaks things, as often as the seed has drawn, and repairs them after a while; until it is told to stop. */
final class Nemesis {
    private static final double NANOS_PER_SECOND = 1e9;

    private final World world;
    private final SimulatedNetwork network;
    private final List<CoreNode> nodes;
    private final Swarm settings;
    private final Operator operator;
    private final Truth truth;
    private boolean over;

    Nemesis(
            World world,
            SimulatedNetwork network,
            List<CoreNode> nodes,
            Swarm settings,
            Operator operator,
            Truth truth) {
        this.world = world;
        this.network = network;
        this.nodes = nodes;
        this.settings = settings;
        this.operator = operator;
        this.truth = truth;
    }

    void begin() {
        every(settings.killSeconds(), () -> crash(one(), false));
        every(settings.powerSeconds(), () -> crash(one(), true));
        every(settings.powerAllSeconds(), this::powerAll);
        every(settings.wipeSeconds(), this::wipe);
        every(settings.flipSeconds(), this::flipBit);
        every(settings.pauseSeconds(), this::pause);
        every(settings.clogSeconds(), this::clog);
        every(settings.breakSeconds(), () -> network.breakBetween(one().host(), one().host()));
        every(settings.fullSeconds(), this::fillDisk);
        every(settings.jumpSeconds(), this::jumpClock);
        every(settings.switchoverSeconds(), operator::switchover);
        every(settings.registerSeconds(), operator::shuffle);
        truth.onMoments(this::moment);
        if (settings.clockDrift() > 0) {
            nodes.forEach(node ->
                    node.host().clockRate(1 + (world.random().nextDouble() * 2 - 1) * settings.clockDrift()));
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

    private CoreNode one() {
        return nodes.get(world.random().nextInt(nodes.size()));
    }

    private long seconds(int max) {
        return world.around(
                Duration.ofMillis(50).toNanos(), Duration.ofSeconds(max).toNanos());
    }

    private void crash(CoreNode node, boolean power) {
        if (node.host().isUp()) {
            node.crash(power);
            restartLater(node, seconds(40));
        }
    }

    /** Soon after: what was just promised may not have travelled yet. */
    private void moment(CoreNode node) {
        if (!over && settings.moments() > 0 && world.chance(settings.moments())) {
            world.after(
                    world.around(0, 3_000_000), () -> crash(node, world.random().nextBoolean()));
        }
    }

    private void restartLater(CoreNode node, long nanos) {
        world.after(nanos, () -> {
            if (!node.host().isUp()) {
                node.start();
            }
        });
    }

    private void powerAll() {
        world.reached(Probe.ALL_POWER_LOST);
        nodes.forEach(node -> crash(node, true));
    }

    /** Never the last disks that hold what was promised. */
    private void wipe() {
        CoreNode node = one();
        if (node.host().isUp() && nodes.size() > 1 && isSpare(node) && !truth.isMainEmptied()) {
            node.crash(true);
            node.wipe();
            restartLater(node, seconds(40));
        }
    }

    /** As {@link #wipe}, found out by whoever reads the directory next. */
    private void flipBit() {
        CoreNode node = one();
        if (node.host().isUp() && nodes.size() > 1 && isSpare(node) && !truth.isMainEmptied()) {
            node.crash(true);
            if (node.logs().getLast().flipBit(world.random())) {
                world.trace().note(node.host().name(), "has a bit flipped", 0, 0, null);
                truth.disksLost(node);
            }
            restartLater(node, seconds(40));
        }
    }

    private boolean isSpare(CoreNode node) {
        List<CoreNode> others = nodes.stream().filter(other -> other != node).toList();
        if (settings.mix().strongest() == ReplicationMode.QUORUM) {
            // of those who hold a commit one may be lost at a time
            boolean othersHold = others.stream()
                    .filter(other -> !operator.isAsync(other))
                    .allMatch(other -> other == truth.main() || truth.isVouched(other));
            return othersHold && isNotLast(node, others);
        }
        return isNotLast(node, others);
    }

    private boolean isNotLast(CoreNode node, List<CoreNode> others) {
        return node != truth.main() || others.stream().anyMatch(truth::isVouched);
    }

    private void pause() {
        Host host = one().host();
        if (host.isRunning()) {
            world.reached(Probe.HOST_PAUSED);
            world.trace().note(host.name(), "stands still", 0, 0, null);
            host.pause(seconds(world.random().nextInt(10) == 0 ? 180 : 20));
        }
    }

    private void clog() {
        Host from = one().host();
        Host to = one().host();
        boolean both = world.random().nextBoolean();
        boolean isolated = world.random().nextInt(4) == 0;
        for (CoreNode other : nodes) {
            Host peer = other.host();
            if (peer != from && (isolated || peer == to)) {
                clogOne(from, peer, both);
            }
        }
    }

    private void clogOne(Host from, Host to, boolean both) {
        network.clog(from, to);
        world.after(seconds(30), () -> network.unclog(from, to));
        if (both) {
            network.clog(to, from);
            world.after(seconds(30), () -> network.unclog(to, from));
        }
    }

    private void fillDisk() {
        CoreNode node = one();
        world.reached(Probe.DISK_FULL);
        world.trace().note(node.host().name(), "disk is full", 0, 0, null);
        node.logs().forEach(log -> log.full(true));
        world.after(seconds(20), () -> node.logs().forEach(log -> log.full(false)));
    }

    private void jumpClock() {
        Host host = one().host();
        world.reached(Probe.CLOCK_JUMPED);
        host.jumpClock(seconds(120));
    }

    /** All is repaired, and stays so. */
    void heal() {
        over = true;
        network.unclogAll();
        for (CoreNode node : nodes) {
            node.host().clockRate(1);
            node.health().stalls = 0;
            node.health().failures = 0;
            node.logs().forEach(log -> log.full(false));
            node.host().resume();
            if (!node.host().isUp()) {
                node.start();
            }
        }
    }
}
