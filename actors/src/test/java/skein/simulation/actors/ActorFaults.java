package skein.simulation.actors;

import java.time.Duration;
import java.util.List;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.SimulatedNetwork;
import skein.simulation.World;

/** What goes wrong, at times that the seed draws. */
final class ActorFaults {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SHORT_NANOS = Duration.ofMillis(50).toNanos();
    private static final int DOWN_SECONDS_MAX = 30;
    private static final int DISTURBED_SECONDS_MAX = 20;
    private static final long BACK_SOON_NANOS = Duration.ofSeconds(1).toNanos();

    /** Longer than any operator's patience, and than it takes to promote another. */
    private static final long REPLACED_NANOS = Duration.ofSeconds(35).toNanos();

    private final World world;
    private final ActorSwarm settings;
    private final SimulatedNetwork network;
    private final List<ActorNode> nodes;
    private final ActorOperator operator;
    private boolean begun;
    private boolean over;

    ActorFaults(
            World world, ActorSwarm settings, SimulatedNetwork network, List<ActorNode> nodes, ActorOperator operator) {
        this.world = world;
        this.settings = settings;
        this.network = network;
        this.nodes = nodes;
        this.operator = operator;
    }

    /** Soon. */
    void begin() {
        world.after(QUIET_NANOS, () -> {
            begun = true;
            nodes.forEach(ActorNode::ail);
            every(settings.killSeconds(), () -> crash(one(), false));
            every(settings.powerSeconds(), () -> crash(one(), true));
            every(settings.powerAllSeconds(), () -> {
                world.reached(Probe.ALL_POWER_LOST);
                nodes.forEach(node -> crash(node, true));
            });
            every(settings.pauseSeconds(), this::pause);
            every(settings.clogSeconds(), this::clog);
            every(settings.breakSeconds(), () -> network.breakBetween(one().host(), one().host()));
            every(settings.fullSeconds(), this::fill);
            every(settings.wipeSeconds(), this::wipe);
            every(settings.dropSeconds(), operator::dropOne);
            every(settings.switchoverSeconds(), operator::switchover);
        });
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

    private ActorNode one() {
        return nodes.get(world.random().nextInt(nodes.size()));
    }

    private long seconds(int max) {
        return world.around(SHORT_NANOS, Duration.ofSeconds(max).toNanos());
    }

    /**
     * A client was told that its write is there. If power goes now, either the MAIN has it when it comes back, or
     * whoever is promoted in its place has it although it has just lost power as well.
     */
    void promised(ActorNode main) {
        boolean due = begun && !over && settings.powerAfterAck() > 0 && main == operator.main();
        if (due && operator.isAllReady() && world.chance(settings.powerAfterAck())) {
            if (world.random().nextBoolean()) {
                crash(main, true, BACK_SOON_NANOS);
            } else {
                world.reached(Probe.ALL_POWER_LOST);
                nodes.forEach(node -> crash(node, true, node == main ? REPLACED_NANOS : BACK_SOON_NANOS));
            }
        }
    }

    private void crash(ActorNode node, boolean power) {
        crash(node, power, seconds(DOWN_SECONDS_MAX));
    }

    private void crash(ActorNode node, boolean power, long downNanos) {
        node.crash(power);
        world.after(downNanos, () -> {
            if (!node.host().isUp()) {
                node.start();
            }
        });
    }

    private void wipe() {
        operator.sacrifice().ifPresent(node -> {
            node.crash(false);
            node.wipe();
            node.start();
        });
    }

    private void pause() {
        world.reached(Probe.HOST_PAUSED);
        Host host = one().host();
        world.trace().note(host.name(), "stands still", 0, 0, null);
        host.pause(seconds(DISTURBED_SECONDS_MAX));
    }

    private void clog() {
        Host from = one().host();
        Host to = one().host();
        if (from != to) {
            network.clog(from, to);
            world.after(seconds(DISTURBED_SECONDS_MAX), () -> network.unclog(from, to));
            if (world.random().nextBoolean()) {
                network.clog(to, from);
                world.after(seconds(DISTURBED_SECONDS_MAX), () -> network.unclog(to, from));
            }
        }
    }

    private void fill() {
        ActorNode node = one();
        world.trace().note(node.host().name(), "disk is full", 0, 0, null);
        node.full(true);
        world.after(seconds(DISTURBED_SECONDS_MAX), () -> node.full(false));
    }

    /** Everything works from now on, and everybody is up. */
    void heal() {
        over = true;
        world.trace().note("world", "heals", 0, 0, null);
        network.unclogAll();
        for (ActorNode node : nodes) {
            node.heal();
            node.host().clockRate(1);
            node.host().resume();
            if (!node.host().isUp()) {
                node.start();
            }
        }
    }
}
