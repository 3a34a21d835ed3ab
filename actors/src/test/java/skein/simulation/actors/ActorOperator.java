package skein.simulation.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.DropReplica;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.RegisterReplica;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.Role;
import skein.protocol.InstanceRoleProtocol.SetRoleToMain;
import skein.protocol.InstanceRoleProtocol.SetRoleToReplica;
import skein.protocol.InstanceRoleProtocol.ShowReplicas;
import skein.protocol.InstanceRoleProtocol.ShowRole;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** Who runs the cluster, by the commands and the reports that there are, one at a time, as the manual says. */
final class ActorOperator {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long COMMAND_PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long STRAY_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long WAY_NANOS = 500_000;

    private final World world;
    private final List<ActorNode> nodes;
    private final ActorSwarm settings;
    private final Runnable formed;
    private final long patienceNanos;

    /** Seen in step with the present MAIN, and not dropped since: they may be promoted without loss. */
    private final Set<ActorNode> vouched = new TreeSet<>(Comparator.comparing(ActorNode::toString));

    /** They hold what never was this MAIN's; the operator has decided that it may go. */
    private final Set<ActorNode> givingWay = new TreeSet<>(Comparator.comparing(ActorNode::toString));

    private final long[] seenWellNanos;
    private long voters;
    private int refusals;
    private ActorNode main;
    private @Nullable ActorNode former;
    private boolean promoting;
    private long commands;
    private long command;
    private long mainSeenNanos;
    private long mainServesNanos;
    private boolean calm;
    private boolean moved;
    private boolean allReady;

    /** @param formed runs when all are in step */
    ActorOperator(World world, List<ActorNode> nodes, ActorSwarm settings, Runnable formed) {
        this.world = world;
        this.nodes = nodes;
        this.settings = settings;
        this.formed = formed;
        this.main = nodes.getFirst();
        this.seenWellNanos = new long[nodes.size()];
        this.patienceNanos = Duration.ofSeconds(world.random().nextInt(5, 25)).toNanos();
    }

    ActorNode main() {
        return main;
    }

    /** True when another instance than the first has ever been told to be MAIN. */
    boolean hasMoved() {
        return moved;
    }

    /** At the last look every replica was registered and ready. */
    boolean isAllReady() {
        return allReady && command == 0 && !promoting;
    }

    void begin() {
        world.after(LOOK_NANOS, this::look);
    }

    /** From now on it only mends. */
    void calm() {
        calm = true;
    }

    private void look() {
        world.after(LOOK_NANOS, this::look);
        if (command != 0) {
            return;
        }
        if (promoting) {
            tell(main, "SET ROLE TO MAIN", replyTo -> new SetRoleToMain(false, replyTo), this::promoted);
        } else if (main.instance() != null && main.host().isRunning()) {
            mainSeenNanos = world.nanos();
            tell(main, "SHOW ROLE", ShowRole::new, this::visit);
        } else if (!calm && world.nanos() - mainSeenNanos > patienceNanos) {
            promote(candidates(false));
        }
    }

    /** Also a refusal may mean that it has come about, when the first attempt was not answered. */
    private void promoted(Reply reply) {
        if (reply instanceof Refused(var reason)) {
            world.trace().note("operator", "refused", 0, 0, reason.getMessage());
        }
        ActorNode before = former;
        tell(main, "SHOW ROLE", ShowRole::new, role -> {
            promoting = !isMain(role);
            if (promoting && reply instanceof Refused && before != null && before.instance() != null) {
                // nothing has changed, and the MAIN before is back
                main = before;
                promoting = false;
            }
        });
    }

    private static boolean isMain(Reply reply) {
        return reply instanceof Role(boolean is) && is;
    }

    /** A REPLICA has replicas too, perhaps none. */
    private void visit(Reply role) {
        if (isMain(role) && main.database() != null) {
            mainServesNanos = world.nanos();
        }
        if (isMain(role) && world.nanos() - mainServesNanos > STRAY_NANOS) {
            // its database is broken: a start reads it again
            mainServesNanos = world.nanos();
            world.reached(Probe.DATABASE_BROKEN);
            restart(main);
        } else if (isMain(role)) {
            tell(main, "SHOW REPLICAS", ShowReplicas::new, this::tend);
        } else {
            // it was told to step down, or another has its pledge
            allReady = false;
            promote(candidates(true));
        }
    }

    private void tend(Reply reply) {
        if (!(reply instanceof Replicas(var replicas))) {
            // another look will show who it is now
            allReady = false;
            return;
        }
        allReady = replicas.size() == nodes.size() - 1;
        voters = replicas.stream()
                .filter(status -> status.mode() != ReplicationMode.ASYNC)
                .count();
        for (ReplicaStatus status : replicas) {
            boolean ready = isReady(status);
            allReady &= ready;
            if (ready) {
                vouched.add(nodeOf(status));
                seenWellNanos[nodeOf(status).host().index()] = world.nanos();
            }
        }
        if (allReady) {
            formed.run();
        }
        if (dropGone(replicas)) {
            return;
        }
        for (ActorNode node : inTurn()) {
            if (node != main && node.instance() != null && node.host().isRunning() && mend(node, replicas)) {
                return;
            }
        }
    }

    /** Who was refused does not keep others from being tried. */
    private List<ActorNode> inTurn() {
        List<ActorNode> all = new ArrayList<>(nodes);
        Collections.rotate(all, refusals);
        return all;
    }

    private ActorNode nodeOf(ReplicaStatus status) {
        return nodes.stream()
                .filter(node -> node.host().name().equals(status.name().value()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isReady(ReplicaStatus status) {
        return Stream.concat(Stream.of(status.system()), status.databases().values().stream())
                        .map(StreamStatus::state)
                        .allMatch(state -> state == StreamState.READY || state == StreamState.REPLICATING)
                && !status.databases().isEmpty();
    }

    /** True when something had to be done. */
    private boolean mend(ActorNode node, List<ReplicaStatus> replicas) {
        Optional<ReplicaStatus> known =
                replicas.stream().filter(status -> nodeOf(status) == node).findFirst();
        if (known.isEmpty()) {
            tell(node, "SHOW ROLE", ShowRole::new, reply -> enlist(node, isMain(reply)));
            return true;
        }
        return false;
    }

    /** Whoever is down for long, or has diverged, must not hold writes up for ever: registrations too wait for them. */
    private boolean dropGone(List<ReplicaStatus> replicas) {
        for (ReplicaStatus status : replicas) {
            if (dropStray(nodeOf(status))) {
                return true;
            }
        }
        return false;
    }

    private boolean dropStray(ActorNode node) {
        if (world.nanos() - seenWellNanos[node.host().index()] <= STRAY_NANOS) {
            return false;
        }
        boolean dispensable = isDispensable(node);
        lookAfter(node, dispensable);
        if (dispensable) {
            drop(node);
            return true;
        }
        return node.instance() != null && node.host().isRunning() && isToldToFollow(node);
    }

    /** It is counted on, and may be MAIN itself since it was promoted last. */
    private boolean isToldToFollow(ActorNode node) {
        seenWellNanos[node.host().index()] = world.nanos();
        tell(node, "SHOW ROLE", ShowRole::new, reply -> {
            if (isMain(reply)) {
                demote(node);
            }
        });
        return true;
    }

    private void demote(ActorNode node) {
        world.reached(Probe.STALE_MAIN_DEMOTED);
        tell(node, "SET ROLE TO REPLICA", this::toReplica, _ -> {});
    }

    private static void restart(ActorNode node) {
        node.crash(false);
        node.start();
    }

    /** A database that is broken is read again by a restart, or made anew by RESYNC; the manual has both. */
    private void lookAfter(ActorNode node, boolean dispensable) {
        if (node.instance() == null || !node.host().isRunning() || node.database() != null) {
            return;
        }
        world.reached(Probe.DATABASE_BROKEN);
        if (!dispensable || world.random().nextBoolean()) {
            seenWellNanos[node.host().index()] = world.nanos();
            restart(node);
        } else {
            givingWay.add(node);
        }
    }

    /** Where a quorum decides, fewer than it needs must never be left. */
    private boolean isDispensable(ActorNode node) {
        return settings.mode() != ReplicationMode.QUORUM || settings.isAsync(node) || voters > settings.quorum();
    }

    /** From now on nobody counts on the replica, whenever the command arrives. */
    private void drop(ActorNode node) {
        seenWellNanos[node.host().index()] = world.nanos();
        vouched.remove(node);
        ReplicaName name = new ReplicaName(node.host().name());
        tell(main, "DROP REPLICA " + node, replyTo -> new DropReplica(name, replyTo), _ -> {});
    }

    /** Somebody wants a replica away; it is registered again at the next look. */
    void dropOne() {
        List<ActorNode> others = nodes.stream()
                .filter(node -> node != main && isDispensable(node))
                .toList();
        if (command == 0 && !promoting && allReady && !others.isEmpty()) {
            drop(others.get(world.random().nextInt(others.size())));
        }
    }

    private void enlist(ActorNode node, boolean isMain) {
        if (isMain) {
            demote(node);
            return;
        }
        ReplicationMode mode = settings.modeOf(node);
        tell(
                main,
                "REGISTER REPLICA " + node + " " + mode,
                replyTo -> new RegisterReplica(
                        new ReplicaName(node.host().name()),
                        mode,
                        settings.timeoutOf(node),
                        node.address(),
                        givingWay.contains(node),
                        replyTo),
                reply -> registered(node, reply));
    }

    private InstanceRoleProtocol.Command toReplica(ActorRef<Reply> replyTo) {
        return new SetRoleToReplica(ActorNode.REPLICATION_PORT, replyTo);
    }

    private void registered(ActorNode node, Reply reply) {
        seenWellNanos[node.host().index()] = world.nanos();
        givingWay.remove(node);
        if (reply instanceof Refused(var reason)) {
            refusals++;
            world.trace().note("operator", "refused", 0, 0, reason.getMessage());
            world.reached(Probe.REPLICA_REFUSED_REGISTRATION);
            if (String.valueOf(reason.getMessage()).contains("RESYNC")) {
                givingWay.add(node);
            } else if (String.valueOf(reason.getMessage()).contains("make it a REPLICA and MAIN again")) {
                tell(main, "SET ROLE TO REPLICA", this::toReplica, _ -> {});
            }
        } else {
            world.reached(Probe.REGISTERED_AGAIN);
            node.follows();
        }
    }

    /** Somebody wants another MAIN. */
    void switchover() {
        if (command == 0 && !promoting && main.instance() != null) {
            world.reached(Probe.SWITCHOVER);
            tell(main, "SET ROLE TO REPLICA", this::toReplica, _ -> {});
        }
    }

    /** A replica whose loss all promises survive, if there is one just now; it counts for nothing from now on. */
    Optional<ActorNode> sacrifice() {
        List<ActorNode> others = nodes.stream()
                .filter(node -> node != main && isDispensable(node))
                .toList();
        if (!isAllReady() || main.instance() == null || others.isEmpty()) {
            return Optional.empty();
        }
        ActorNode one = others.get(world.random().nextInt(others.size()));
        vouched.remove(one);
        return Optional.of(one);
    }

    private List<ActorNode> candidates(boolean steppedDown) {
        return nodes.stream()
                .filter(node -> node.instance() != null && node.host().isRunning())
                .filter(node -> node == main
                        ? steppedDown
                        : settings.mode() == ReplicationMode.ASYNC || vouched.contains(node) && !settings.isAsync(node))
                .toList();
    }

    private void promote(List<ActorNode> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        ActorNode node = candidates.get(world.random().nextInt(candidates.size()));
        if (node != main) {
            world.reached(Probe.PROMOTION);
            moved = true;
        }
        world.trace().note("operator", "chooses", node.host().index(), 0, node);
        former = main;
        main = node;
        mainServesNanos = world.nanos();
        promoting = true;
        vouched.clear();
    }

    private void tell(
            ActorNode node,
            String text,
            Function<ActorRef<Reply>, InstanceRoleProtocol.Command> input,
            Consumer<Reply> then) {
        long mine = ++commands;
        command = mine;
        if (!text.startsWith("SHOW")) {
            world.trace().note("operator", text, node.host().index(), 0, "on " + node);
        }
        world.after(COMMAND_PATIENCE_NANOS, () -> end(mine));
        node.command(
                input,
                reply -> world.after(WAY_NANOS, () -> {
                    if (command == mine) {
                        end(mine);
                        then.accept(reply);
                    }
                }));
    }

    private void end(long mine) {
        if (command == mine) {
            command = 0;
        }
    }
}
