package skein.simulation.cores;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.role.core.RoleInput;
import skein.role.core.RoleReply;
import skein.role.core.RoleState;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * Who runs the cluster, one command at a time: forms it, promotes when the MAIN is away for long, brings back what came
 * loose. Follows the rules that the documentation gives to operators: a replica that was never in step with the MAIN is
 * not promoted, unless none is waited for and all may lose what they had not.
 */
final class Operator {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long COMMAND_PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final World world;
    private final List<CoreNode> nodes;
    private final Swarm settings;
    private final Truth truth;
    private final Map<String, ReplicationMode> modes = new TreeMap<>();
    private final long patienceNanos;
    /** The number of the command on its way; 0 for none. */
    private long command;

    private long commands;
    private long mainSeenNanos;
    private boolean calm;
    /** Writes may have counted on a replica since this MAIN was promoted, whatever its mode is now. */
    private boolean waitedFor;

    Operator(World world, List<CoreNode> nodes, Swarm settings, Truth truth) {
        this.world = world;
        this.nodes = nodes;
        this.settings = settings;
        this.truth = truth;
        this.patienceNanos = Duration.ofSeconds(world.random().nextInt(3, 30)).toNanos();
        truth.firstMain(nodes.getFirst());
        for (CoreNode node : nodes) {
            modes.put(node.host().name(), drawMode());
        }
    }

    private ReplicationMode drawMode() {
        return switch (settings.mix()) {
            case SYNC -> ReplicationMode.SYNC;
            case ASYNC -> ReplicationMode.ASYNC;
            case STRICT_SYNC -> ReplicationMode.STRICT_SYNC;
            case STRICT_SYNC_AND_ASYNC ->
                world.random().nextBoolean() ? ReplicationMode.STRICT_SYNC : ReplicationMode.ASYNC;
            case SYNC_AND_ASYNC -> world.random().nextBoolean() ? ReplicationMode.SYNC : ReplicationMode.ASYNC;
        };
    }

    void begin() {
        world.after(LOOK_NANOS, this::look);
    }

    /** No more than what is needed from now on. */
    void calm() {
        calm = true;
    }

    private CoreNode main() {
        CoreNode main = truth.main();
        if (main == null) {
            throw new IllegalStateException("nobody was ever MAIN");
        }
        return main;
    }

    private void look() {
        world.after(LOOK_NANOS, this::look);
        if (command != 0) {
            return;
        }
        CoreNode main = main();
        CoreRole role = main.role();
        if (truth.isMainEmptied()) {
            promoteBest();
        } else if (role != null && main.host().isRunning() && role.isSteadyMain()) {
            mainSeenNanos = world.nanos();
            tend(main, role);
        } else if (role != null && main.host().isRunning() && role.isSteadyReplica()) {
            // it was told to become a replica, for somebody else's sake
            promoteBest();
        } else if (world.nanos() - mainSeenNanos > patienceNanos && !calm) {
            promoteBest();
        }
    }

    private static List<Registration> registered(CoreRole role) {
        return role.state() instanceof RoleState.Main own ? own.replicas() : List.of();
    }

    private void tend(CoreNode main, CoreRole role) {
        for (CoreNode node : nodes) {
            CoreRole other = node.role();
            if (node == main || other == null || !node.host().isRunning()) {
                continue;
            }
            Optional<Registration> known = registered(role).stream()
                    .filter(one -> truth.at(one) == node)
                    .findFirst();
            if (other.isSteadyMain()) {
                world.reached(Probe.STALE_MAIN_DEMOTED);
                tell(
                        node,
                        "SET ROLE TO REPLICA",
                        (ticket, _) -> new RoleInput.SetReplica(ticket, CoreNode.REPLICATION_PORT));
                return;
            }
            if (other.isSteadyReplica() && known.isPresent() && !obeys(other, role)) {
                drop(main, known.get());
                return;
            }
            if (other.isSteadyReplica() && known.isEmpty()) {
                register(main, node);
                return;
            }
        }
    }

    private static boolean obeys(CoreRole replica, CoreRole main) {
        return replica.state() instanceof RoleState.Replica own
                && own.following() != null
                && main.state() instanceof RoleState.Main reigning
                && own.following().main().tenure().equals(reigning.tenure());
    }

    /** From now on nobody counts on the replica, whenever the command arrives. */
    private void drop(CoreNode main, Registration registration) {
        truth.noLongerVouched(truth.at(registration));
        tell(
                main,
                "DROP REPLICA " + registration.name(),
                (ticket, _) -> new RoleInput.Drop(ticket, registration.name()));
    }

    private void register(CoreNode main, CoreNode node) {
        ReplicationMode mode = modes.getOrDefault(node.host().name(), ReplicationMode.ASYNC);
        Registration wish = Registration.asked(
                new ReplicaName(node.host().name()),
                mode,
                mode == ReplicationMode.SYNC && world.random().nextInt(4) == 0 ? Duration.ofMillis(700) : null,
                node.replicationAddress());
        long before = world.nanos();
        waitedFor |= mode != ReplicationMode.ASYNC;
        tell(
                main,
                "REGISTER REPLICA " + wish.name() + " " + mode,
                (ticket, _) -> new RoleInput.Register(ticket, wish, false),
                reply -> {
                    if (reply instanceof RoleReply.Refused(var reason)) {
                        world.reached(Probe.REPLICA_REFUSED_REGISTRATION);
                        world.trace().note("operator", "refused", world.nanos() - before, 0, reason.getMessage());
                        if (String.valueOf(reason.getMessage()).contains("empty data directory")) {
                            emptyDirectory(node);
                        }
                    } else {
                        world.reached(Probe.REGISTERED_AGAIN);
                    }
                });
    }

    /** What the refusal advises. */
    private void emptyDirectory(CoreNode node) {
        world.reached(Probe.DIVERGED_REPLICA_WIPED);
        node.crash(false);
        node.wipe();
        node.start();
    }

    /** Somebody wants another MAIN, and this one steps down in order. */
    void switchover() {
        CoreNode main = main();
        CoreRole role = main.role();
        boolean free = command == 0 && !truth.isMainEmptied() && nodes.size() > 1;
        if (!free || role == null || !role.isSteadyMain()) {
            return;
        }
        world.reached(Probe.SWITCHOVER);
        tell(main, "SET ROLE TO REPLICA", (ticket, _) -> new RoleInput.SetReplica(ticket, CoreNode.REPLICATION_PORT));
    }

    /** A replica is dropped, to be registered again in another mode. */
    void shuffle() {
        CoreNode main = main();
        CoreRole role = main.role();
        if (command != 0 || truth.isMainEmptied() || role == null || !role.isSteadyMain()) {
            return;
        }
        List<Registration> all = registered(role);
        if (!all.isEmpty()) {
            Registration one = all.get(world.random().nextInt(all.size()));
            modes.put(one.address().host(), drawMode());
            drop(main, one);
        }
    }

    private void promoteBest() {
        candidate().ifPresent(best -> {
            waitedFor = false;
            truth.promotionAsked(best);
            tell(best, "SET ROLE TO MAIN", (ticket, role) -> promotion(best, role, ticket));
        });
    }

    /** By itself, as if it knew of no other member: it asks nobody for a pledge and pulls nothing. */
    private static RoleInput promotion(CoreNode node, CoreRole role, long ticket) {
        return new RoleInput.SetMain(
                ticket,
                false,
                node.name(),
                node.freshIds(),
                role.epochInLogs(),
                List.of(Members.none()),
                role.databases().getFirst().identity().id());
    }

    /** Who was in step with the MAIN; where nobody is waited for, or the MAIN has stepped down, whoever has most. */
    private Optional<CoreNode> candidate() {
        CoreNode main = main();
        List<CoreNode> able = nodes.stream()
                .filter(node -> {
                    CoreRole role = node.role();
                    return role != null && node.host().isRunning() && role.isSteadyReplica();
                })
                .toList();
        List<CoreNode> vouched = able.stream()
                .filter(node -> truth.isVouched(node) || node == main && !truth.isMainEmptied())
                .toList();
        boolean nobodyWaitedFor = !waitedFor && modes.values().stream().allMatch(mode -> mode == ReplicationMode.ASYNC);
        List<CoreNode> candidates = vouched.isEmpty() && nobodyWaitedFor ? able : vouched;
        return candidates.stream().max(Comparator.comparing(Operator::lastPosition, Operator::rank));
    }

    private static LogPosition lastPosition(CoreNode node) {
        return node.logs().getLast().end();
    }

    private static int rank(LogPosition one, LogPosition other) {
        int byEpoch = Long.compare(one.epoch().number(), other.epoch().number());
        return byEpoch != 0 ? byEpoch : Long.compare(one.lsn(), other.lsn());
    }

    private void tell(CoreNode node, String text, CoreRole.CommandInput input) {
        tell(node, text, input, reply -> {});
    }

    private void tell(
            CoreNode node, String text, CoreRole.CommandInput input, java.util.function.Consumer<RoleReply> then) {
        world.trace().note("operator", text, node.host().index(), 0, node);
        long mine = ++commands;
        command = mine;
        world.after(COMMAND_PATIENCE_NANOS, () -> end(mine));
        node.host()
                .run(() -> node.command(
                        input,
                        reply -> world.after(500_000, () -> {
                            if (command == mine) {
                                end(mine);
                                then.accept(reply);
                            }
                        })));
    }

    private void end(long mine) {
        if (command == mine) {
            command = 0;
        }
    }
}
