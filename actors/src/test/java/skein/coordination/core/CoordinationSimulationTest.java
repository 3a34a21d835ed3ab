package skein.coordination.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Request;
import skein.vocabulary.InstanceName;

/**
 * Seeded runs of {@link CoordinationWorld}, two virtual minutes of faults each. More of them with
 * {@code -Dskein.coordination.seeds=10000}; one alone with {@code -Dskein.coordination.seed=17}.
 */
class CoordinationSimulationTest {
    private static final long FAULT_MILLIS = 120_000;
    private static final long HEALING_MILLIS = 90_000;

    @Test
    void oneMainWritesAndNothingAcknowledgedIsLost() {
        Long one = Long.getLong("skein.coordination.seed");
        int seeds = one == null ? Integer.getInteger("skein.coordination.seeds", 25) : 1;
        long appointments = 0;
        long writes = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            long played = one == null ? seed : one;
            try {
                CoordinationWorld world = run(played);
                appointments += world.failovers;
                writes += world.writes;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + played + ": " + e.getMessage(), e);
            }
        }
        assertThat(appointments).as("appointments").isGreaterThan(seeds);
        assertThat(writes).as("writes").isGreaterThan(100L * seeds);
    }

    private static CoordinationWorld run(long seed) {
        CoordinationWorld world = new CoordinationWorld(seed);
        world.coordinators.forEach(SimulatedCoordinator::catchUp);
        world.elect(0);
        world.time.runUntil(100);
        for (InstanceName name : world.instances.keySet()) {
            world.ask(0, CoordinationWorld.register(name));
        }
        world.time.runUntil(1_000);
        world.ask(0, new CoordinatorProtocol.SetInstanceToMain(new InstanceName("data1"), false));
        world.write();
        world.feed();
        world.requireAnswers();
        fault(world);
        world.time.runUntil(FAULT_MILLIS);
        world.faults = false;
        heal(world);
        world.time.runUntil(FAULT_MILLIS + HEALING_MILLIS);
        requireHealth(world);
        return world;
    }

    private static void fault(CoordinationWorld world) {
        if (!world.faults) {
            return;
        }
        world.time.after(world.random(200, 4_000), () -> fault(world));
        switch ((int) world.random(0, 11)) {
            case 0, 1 -> crash(world, world.anyInstance(), false);
            case 2 -> pause(world);
            case 3, 4 -> cutFromCoordinators(world, world.random(500, 9_000));
            case 5 -> {
                SimulatedInstance one = world.anyInstance();
                SimulatedInstance other = world.anyInstance();
                world.cut(one.name, other.name, world.random(500, 9_000));
            }
            case 6 -> world.elect((int) world.random(0, 2));
            case 7 -> pauseLeader(world);
            case 8 -> restartCoordinator(world);
            case 9, 10 -> command(world);
            case 11 -> {
                if (world.chance(30)) {
                    crash(world, world.anyInstance(), true);
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private static void crash(CoordinationWorld world, SimulatedInstance instance, boolean wiped) {
        boolean replica = world.committed
                .main()
                .filter(main -> main.name().equals(instance.name))
                .isEmpty();
        if (!instance.up || (wiped && (!replica || !allFollow(world)))) {
            return;
        }
        instance.crash();
        if (wiped) {
            instance.wipe(world.freshData());
        }
        world.coordinators.forEach(one -> one.lineLost(instance.name));
        world.time.after(world.random(100, 12_000), () -> instance.up = true);
    }

    /** More than one copy is not lost at a time: no mode promises anything then. */
    private static boolean allFollow(CoordinationWorld world) {
        return world.committed.holders().size() == CoordinationWorld.INSTANCES
                && world.instances.values().stream().allMatch(SimulatedInstance::runs);
    }

    private static void pause(CoordinationWorld world) {
        SimulatedInstance instance = world.anyInstance();
        instance.pausedUntil = world.now() + world.random(500, 9_000);
    }

    private static void cutFromCoordinators(CoordinationWorld world, long millis) {
        SimulatedInstance instance = world.anyInstance();
        for (SimulatedCoordinator one : world.coordinators) {
            if (world.chance(80)) {
                world.cut(one.id, instance.name, millis);
            }
        }
    }

    /** Stopped, replaced, and going on as if nothing had been. */
    private static void pauseLeader(CoordinationWorld world) {
        int before = world.leader;
        world.coordinators.get(before).pause(world.random(2_000, 9_000));
        world.time.after(world.random(1_000, 2_500), () -> world.elect((before + 1) % 3));
    }

    private static void restartCoordinator(CoordinationWorld world) {
        int which = (int) world.random(0, 2);
        if (which == world.leader) {
            world.elect((which + 1) % 3);
        }
        world.coordinators.get(which).restart();
    }

    private static void command(CoordinationWorld world) {
        InstanceName name = world.anyInstance().name;
        List<Request> requests = List.of(
                new CoordinatorProtocol.SetInstanceToMain(name, true),
                new CoordinatorProtocol.SetInstanceToMain(name, true),
                new CoordinatorProtocol.SetInstanceToMain(name, false),
                new CoordinatorProtocol.DemoteInstance(name),
                new CoordinatorProtocol.UnregisterInstance(name),
                CoordinationWorld.register(name),
                new CoordinatorProtocol.ShowRouting(Optional.empty()),
                new CoordinatorProtocol.SetSetting("instance_down_timeout_sec", "3"),
                new CoordinatorProtocol.SetSetting("instance_down_timeout_sec", "5"),
                new CoordinatorProtocol.ForceReset(),
                new CoordinatorProtocol.PauseFailover(world.chance(20)));
        Request request = requests.get((int) world.random(0, requests.size() - 1));
        world.ask(world.leader, request);
        if (request instanceof CoordinatorProtocol.DemoteInstance) {
            world.ask(world.leader, new CoordinatorProtocol.SetInstanceToMain(world.anyInstance().name, false));
        }
        if (request instanceof CoordinatorProtocol.UnregisterInstance) {
            world.ask(world.leader, CoordinationWorld.register(name));
        }
    }

    private static void heal(CoordinationWorld world) {
        world.time.after(15_000, () -> {
            world.instances.values().forEach(one -> one.up = true);
            world.ask(world.leader, new CoordinatorProtocol.PauseFailover(false));
            world.instances.keySet().forEach(name -> world.ask(world.leader, CoordinationWorld.register(name)));
        });
        world.time.after(30_000, () -> world.ask(world.leader, new CoordinatorProtocol.ForceReset()));
        for (InstanceName name : world.instances.keySet()) {
            world.time.after(
                    45_000 + world.random(0, 1_000),
                    () -> world.ask(world.leader, new CoordinatorProtocol.SetInstanceToMain(name, false)));
        }
    }

    private static void requireHealth(CoordinationWorld world) {
        ClusterState state = world.committed;
        assertThat(state.main().filter(Appointment::opened))
                .as("an opened MAIN; %s", state)
                .isPresent();
        assertThat(world.instances.values().stream()
                        .filter(SimulatedInstance::takesWrites)
                        .count())
                .as("writers in the end")
                .isEqualTo(1);
        assertThat(state.holders()).as("holders in the end").hasSize(CoordinationWorld.INSTANCES);
        world.coordinators.forEach(
                one -> assertThat(one.cluster()).as("coordinator %d", one.id).isEqualTo(state));
    }
}
