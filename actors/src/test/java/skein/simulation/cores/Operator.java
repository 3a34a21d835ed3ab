package skein.simulation.cores;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import skein.protocol.InstanceRoleProtocol.StreamState;
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
    private static final long PLEDGE_PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long FORCE_PATIENCE_NANOS = Duration.ofSeconds(90).toNanos();
    private static final long STUCK_PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final int STUCK_MAX = 1;
    private static final int NOT_FORMED_MAX = 2;
    private static final long COMMAND_PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final World world;
    private final List<CoreNode> nodes;
    private final Swarm settings;
    private final Truth truth;
    private final Map<String, ReplicationMode> modes = new TreeMap<>();
    private final Map<String, Long> pledgedNanos = new TreeMap<>();
    private final Map<String, Long> missedNanos = new TreeMap<>();
    private final Map<String, Long> staleNanos = new TreeMap<>();
    private final long patienceNanos;
    private final long stalePatienceNanos;
    /** The number of the command on its way; 0 for none. */
    private long command;

    private long commands;
    private long mainSeenNanos;
    private long writableNanos;
    private int stuckInARow;
    private int notFormedInARow;
    private boolean calm;
    /** Writes may have counted on a replica since this MAIN was promoted, whatever its mode is now. */
    private boolean waitedFor;

    Operator(World world, List<CoreNode> nodes, Swarm settings, Truth truth) {
        this.world = world;
        this.nodes = nodes;
        this.settings = settings;
        this.truth = truth;
        this.patienceNanos = Duration.ofSeconds(world.random().nextInt(2, 16)).toNanos();
        boolean neglects = world.random().nextInt(3) == 0 && settings.faults();
        this.stalePatienceNanos =
                neglects ? Duration.ofSeconds(world.random().nextInt(10, 60)).toNanos() : 0;
        truth.firstMain(nodes.getFirst());
        for (CoreNode node : nodes) {
            modes.put(node.host().name(), drawMode());
        }
    }

    private ReplicationMode drawMode() {
        return settings.mix().draw(world.random());
    }

    boolean isAsync(CoreNode node) {
        return modes.get(node.host().name()) == ReplicationMode.ASYNC;
    }

    /** True unless QUORUM is wanted and there are too few to form one. */
    boolean hasQuorum() {
        CoreNode main = main();
        CoreRole role = main.role();
        return settings.mix().strongest() != ReplicationMode.QUORUM
                || role != null && quorumReplicas(role) >= settings.quorum();
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
            notFormedInARow = 0;
            if (isStuck(role)) {
                world.reached(Probe.QUORUM_GONE);
                stuckInARow++;
                stepDown(main);
            } else {
                tend(main, role);
            }
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
        List<CoreNode> others =
                nodes.stream().filter(node -> node != main && isRunning(node)).toList();
        if (others.stream().noneMatch(this::demoteStale) && !dropOneLost(main, role)) {
            others.stream()
                    .filter(node ->
                            isSteadyReplica(node) && registrationOf(role, node).isEmpty())
                    .findFirst()
                    .ifPresent(node -> register(main, node, false));
        }
    }

    private static boolean isRunning(CoreNode node) {
        return node.role() != null && node.host().isRunning();
    }

    private static boolean isSteadyReplica(CoreNode node) {
        CoreRole role = node.role();
        return role != null && isRunning(node) && role.isSteadyReplica();
    }

    private Optional<Registration> registrationOf(CoreRole main, CoreNode node) {
        return registered(main).stream().filter(one -> truth.at(one) == node).findFirst();
    }

    private boolean demoteStale(CoreNode node) {
        CoreRole role = node.role();
        boolean reigns = role != null && role.isSteadyMain();
        if (!reigns) {
            staleNanos.remove(node.host().name());
            return false;
        }
        // nobody looks at a machine that is thought to be dead
        long since = staleNanos.computeIfAbsent(node.host().name(), _ -> world.nanos());
        boolean stale = calm || world.nanos() - since >= stalePatienceNanos;
        if (stale) {
            world.reached(Probe.STALE_MAIN_DEMOTED);
            tell(
                    node,
                    "SET ROLE TO REPLICA",
                    (ticket, _) -> new RoleInput.SetReplica(ticket, CoreNode.REPLICATION_PORT));
        }
        return stale;
    }

    /** One that does not obey, or one without which nothing can be written any more. */
    private boolean dropOneLost(CoreNode main, CoreRole role) {
        for (Registration one : registered(role)) {
            CoreNode node = truth.at(one);
            CoreRole other = node.role();
            boolean lost = isSteadyReplica(node)
                    && other != null
                    && (!obeys(other, role) || isPledgedInVain(node, other) || hasDiverged(role, one));
            if ((lost || isMissed(main, one)) && mayDrop(main, role, one)) {
                drop(main, one);
                return true;
            }
        }
        return false;
    }

    /**
     * Too few are left who could decide anything, also that one of them counts no more. Whoever becomes MAIN next asks
     * all that are left, and if these are not enough, must be forced: so the refusal of DROP says.
     */
    private boolean isStuck(CoreRole role) {
        if (!isHeldUp(role)) {
            writableNanos = world.nanos();
            stuckInARow = 0;
        }
        return world.nanos() - writableNanos > STUCK_PATIENCE_NANOS;
    }

    /** Nothing is written because no quorum confirms it. */
    private boolean isHeldUp(CoreRole role) {
        CoreMain system = role.databases().getFirst().main();
        return settings.mix().strongest() == ReplicationMode.QUORUM && system != null && !system.isWritable();
    }

    private void stepDown(CoreNode main) {
        world.reached(Probe.STEPPED_DOWN);
        writableNanos = world.nanos();
        tell(main, "SET ROLE TO REPLICA", (ticket, _) -> new RoleInput.SetReplica(ticket, CoreNode.REPLICATION_PORT));
    }

    private static long quorumReplicas(CoreRole role) {
        return registered(role).stream()
                .filter(one -> one.mode() == ReplicationMode.QUORUM)
                .count();
    }

    /** Nothing was heard of it for long, and it stops all writes. */
    private boolean isMissed(CoreNode main, Registration one) {
        if (!one.mode().joins() || isStreamed(main, one)) {
            missedNanos.remove(one.name().value());
            return false;
        }
        long since = missedNanos.computeIfAbsent(one.name().value(), _ -> world.nanos());
        return world.nanos() - since > PLEDGE_PATIENCE_NANOS;
    }

    private static boolean isStreamed(CoreNode main, Registration replica) {
        return isShown(main, replica, state -> state != StreamState.INVALID);
    }

    /** It refuses this MAIN for the sake of a promotion that did not come about, as SHOW REPLICAS says. */
    private boolean isPledgedInVain(CoreNode node, CoreRole role) {
        boolean pledged = role.state() instanceof RoleState.Replica own && own.promise() != null;
        if (!pledged) {
            pledgedNanos.remove(node.host().name());
            return false;
        }
        long since = pledgedNanos.computeIfAbsent(node.host().name(), _ -> world.nanos());
        return world.nanos() - since > PLEDGE_PATIENCE_NANOS;
    }

    /** Of QUORUM replicas that count, only when as many others as have to confirm are ready: so says the manual. */
    private boolean mayDrop(CoreNode main, CoreRole role, Registration one) {
        boolean counts =
                role.state() instanceof RoleState.Main own && own.joined().contains(one.name());
        if (one.mode() != ReplicationMode.QUORUM || !counts && !isHeldUp(role)) {
            return true;
        }
        long ready = registered(role).stream()
                .filter(other ->
                        other.mode() == ReplicationMode.QUORUM && !other.name().equals(one.name()))
                .filter(other -> isReady(main, other))
                .count();
        return ready >= settings.quorum();
    }

    /** Its system database does not follow this one, and is only begun anew when it is registered again. */
    private static boolean hasDiverged(CoreRole main, Registration replica) {
        return main.databases().stream().anyMatch(database -> {
            CoreMain duty = database.main();
            return duty != null && duty.shown(replica.name()) == StreamState.DIVERGED;
        });
    }

    private static boolean isReady(CoreNode main, Registration replica) {
        return isShown(main, replica, state -> state == StreamState.READY);
    }

    private static boolean isShown(CoreNode main, Registration replica, Predicate<StreamState> as) {
        CoreRole role = main.role();
        return role != null
                && role.databases().stream().allMatch(database -> {
                    CoreMain duty = database.main();
                    return duty != null && as.test(duty.shown(replica.name()));
                });
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

    private void register(CoreNode main, CoreNode node, boolean resync) {
        CoreRole role = main.role();
        if (role != null && isHeldUp(role) && quorumReplicas(role) < settings.quorum()) {
            modes.put(node.host().name(), ReplicationMode.QUORUM);
        }
        ReplicationMode mode = modes.getOrDefault(node.host().name(), ReplicationMode.ASYNC);
        Registration wish = Registration.asked(
                new ReplicaName(node.host().name()),
                mode,
                mode != ReplicationMode.ASYNC && world.random().nextInt(4) == 0 ? Duration.ofMillis(700) : null,
                node.replicationAddress());
        long before = world.nanos();
        waitedFor |= mode != ReplicationMode.ASYNC;
        tell(
                main,
                "REGISTER REPLICA " + wish.name() + " " + mode + (resync ? " RESYNC" : ""),
                (ticket, _) -> new RoleInput.Register(ticket, wish, resync),
                reply -> {
                    if (reply instanceof RoleReply.Refused(var reason)) {
                        world.reached(Probe.REPLICA_REFUSED_REGISTRATION);
                        world.trace().note("operator", "refused", world.nanos() - before, 0, reason.getMessage());
                        String words = String.valueOf(reason.getMessage());
                        if (words.contains("empty data directory")) {
                            giveWay(main, node);
                        } else if (words.contains("make it a REPLICA and MAIN again") && main == main()) {
                            stepDown(main);
                        }
                    } else {
                        world.reached(Probe.REGISTERED_AGAIN);
                    }
                });
    }

    /** What the refusal advises: one or the other. */
    private void giveWay(CoreNode main, CoreNode node) {
        if (world.random().nextBoolean() && main == main()) {
            world.reached(Probe.RESYNC_AGREED);
            register(main, node, true);
            return;
        }
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
            if (mayDrop(main, role, one)) {
                modes.put(one.address().host(), drawMode());
                drop(main, one);
            }
        }
    }

    private void promoteBest() {
        boolean force = world.nanos() - mainSeenNanos > FORCE_PATIENCE_NANOS
                || stuckInARow > STUCK_MAX
                || notFormedInARow > NOT_FORMED_MAX;
        Optional<CoreNode> candidate = force ? furthest(voters()).or(() -> furthest(able())) : candidate();
        candidate.ifPresent(best -> {
            waitedFor = false;
            truth.promotionAsked(best, force);
            String text = "SET ROLE TO MAIN" + (force ? " FORCE" : "");
            tell(best, text, (ticket, role) -> promotion(best, role, ticket, force), reply -> {
                if (reply instanceof RoleReply.Refused(var reason)) {
                    world.reached(Probe.PROMOTION_REFUSED);
                    world.trace().note("operator", "promotion refused", 0, 0, reason.getMessage());
                    truth.promotionRefused(best);
                    if (String.valueOf(reason.getMessage()).contains("the MAIN before decided alone")) {
                        world.reached(Probe.QUORUM_NOT_FORMED);
                        notFormedInARow++;
                    }
                }
            });
        });
    }

    private static RoleInput promotion(CoreNode node, CoreRole role, long ticket, boolean force) {
        return new RoleInput.SetMain(
                ticket,
                force,
                node.name(),
                node.freshIds(),
                role.epochInLogs(),
                node.memberships(),
                role.databases().getFirst().identity().id());
    }

    private List<CoreNode> able() {
        return nodes.stream().filter(Operator::isSteadyReplica).toList();
    }

    private Optional<CoreNode> candidate() {
        List<CoreNode> voters = voters();
        return settings.mix().strongest() == ReplicationMode.QUORUM && !voters.isEmpty() ? any(voters) : best(able());
    }

    /** Whoever of them it is, the others' answers make it whole, or it is refused. */
    private List<CoreNode> voters() {
        return able().stream()
                .filter(node -> truth.isVoter(node) || node == main() && !truth.isMainEmptied())
                .toList();
    }

    private Optional<CoreNode> any(List<CoreNode> candidates) {
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get(world.random().nextInt(candidates.size())));
    }

    /** Who was in step with the MAIN; where nobody is waited for, or the MAIN has stepped down, whoever has most. */
    private Optional<CoreNode> best(List<CoreNode> able) {
        List<CoreNode> vouched = able.stream()
                .filter(node -> truth.isVouched(node) || node == main() && !truth.isMainEmptied())
                .toList();
        boolean nobodyWaitedFor = !waitedFor && modes.values().stream().allMatch(mode -> mode == ReplicationMode.ASYNC);
        // whoever was in step will do: what others hold beyond it is taken over
        return vouched.isEmpty() && nobodyWaitedFor ? furthest(able) : any(vouched);
    }

    private static Optional<CoreNode> furthest(List<CoreNode> candidates) {
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
