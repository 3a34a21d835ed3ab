package skein.simulation.cores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.replication.core.CommitWarning;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.role.core.RoleEvent;
import skein.role.core.RoleState;
import skein.simulation.InvariantBroken;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicationMode;

/** Sees every node at once and holds them to the promises; changes nothing. */
final class Truth {
    private static final int MOMENT_EVERY = 100;

    private final World world;
    private final List<CoreNode> nodes = new ArrayList<>();
    private final Map<UUID, Map<Epoch, Reign>> reigns = new HashMap<>();
    private final List<Acked> acked = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    /**
     * Replica and database, for those that have been in step with the present MAIN and are registered to be waited for.
     */
    private final Set<String> vouched = new TreeSet<>();

    private Consumer<CoreNode> moments = node -> {};
    private final List<Members> records = new ArrayList<>();
    private final Set<CoreNode> promotionAsked = new HashSet<>();
    private @Nullable CoreNode main;
    private boolean mainIsEmptied;

    /** What one MAIN wrote in one reign. */
    private static final class Reign {
        private final CoreNode owner;
        private final long firstLsn;
        private final List<LogPosition> positions = new ArrayList<>();

        Reign(CoreNode owner, long firstLsn) {
            this.owner = owner;
            this.firstLsn = firstLsn;
        }
    }

    /** @param promised every promotion keeps it */
    private record Acked(int database, Operation operation, boolean promised) {}

    Truth(World world) {
        this.world = world;
    }

    /** @param heard of nodes at which something has just changed for good */
    void onMoments(Consumer<CoreNode> heard) {
        moments = heard;
    }

    /** Something has just changed for good on this node. */
    void moment(CoreNode node) {
        moments.accept(node);
    }

    void knows(CoreNode node) {
        nodes.add(node);
    }

    void check(String invariant, boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new InvariantBroken(invariant, what.get());
        }
    }

    /** The node that clients are meant to write to. */
    @Nullable
    CoreNode main() {
        return main;
    }

    void firstMain(CoreNode node) {
        main = node;
    }

    /** How a record of members is written in a simulated log. */
    long valueOf(Members members) {
        records.add(members);
        return -records.size();
    }

    /** What a value of a simulated log says of members; null when it speaks of something else. */
    @Nullable
    Members membersOf(long value) {
        return value < 0 ? records.get(Math.toIntExact(-value - 1)) : null;
    }

    void issued(Operation operation) {
        operations.add(operation);
    }

    /** I2, I4: whatever is in any log was written by the one MAIN of its reign, and is the same everywhere. */
    void logged(CoreDatabase database, CoreLog.Entry entry) {
        LogPosition position = entry.position();
        Map<Epoch, Reign> known = reigns.computeIfAbsent(database.log().id(), id -> new HashMap<>());
        Reign reign = known.computeIfAbsent(position.epoch(), epoch -> new Reign(database.node(), position.lsn()));
        int at = Math.toIntExact(position.lsn() - reign.firstLsn);
        check("I4", at >= 0 && at <= reign.positions.size(), () -> database + " holds " + position + " of nowhere");
        if (at < reign.positions.size()) {
            LogPosition there = reign.positions.get(at);
            check("I4", there.equals(position), () -> database + " holds " + position + ", written was " + there);
        } else {
            check("I2", reign.owner == database.node(), () -> database + " writes in the reign of " + reign.owner);
            reign.positions.add(position);
        }
    }

    /** I4: nothing is shown that is not durable here. */
    void applied(CoreDatabase database, CoreLog.Entry entry) {
        long lsn = entry.position().lsn();
        check("I13", lsn <= database.log().durableLsn(), () -> database + " shows " + lsn + " before it is durable");
    }

    void acknowledged(CoreDatabase database, CoreLog.Entry entry, Operation operation, List<CommitWarning> warnings) {
        LogPosition position = entry.position();
        operation.at(position);
        CoreNode node = database.node();
        int index = node.logs().indexOf(database.log());
        if (!warnings.isEmpty()) {
            world.reached(Probe.COMMIT_WARNED);
        }
        check("I1", database.log().durableLsn() >= position.lsn(), () -> database + " acknowledges " + position);
        Reign reign = reigns.getOrDefault(database.log().id(), Map.of()).get(position.epoch());
        check("I2", reign != null && reign.owner == node, () -> database + " acknowledges " + position + " of another");
        boolean waits = registrations(node).stream().anyMatch(one -> one.mode() != ReplicationMode.ASYNC);
        boolean promised = warnings.isEmpty() && waits;
        if (warnings.isEmpty()) {
            checkHeld(database, index, position);
        }
        Acked one = new Acked(index, operation, promised);
        CoreNode present = main;
        if (present == null || present == node || survives(one, present)) {
            acked.add(one);
        }
        if (acked.size() % MOMENT_EVERY == 0) {
            moment(node);
        }
    }

    private static List<Registration> registrations(CoreNode node) {
        CoreRole role = node.role();
        return role != null && role.state() instanceof RoleState.Main own ? own.replicas() : List.of();
    }

    private static List<Registration> registered(CoreDatabase database) {
        CoreMain duty = database.main();
        return duty == null ? List.of() : duty.registered();
    }

    /** I1: who acknowledges without a warning has it on the disks of all that the modes name. */
    private void checkHeld(CoreDatabase database, int index, LogPosition position) {
        for (Registration registration : registered(database)) {
            if (registration.mode() == ReplicationMode.SYNC || registration.mode() == ReplicationMode.STRICT_SYNC) {
                CoreNode replica = at(registration);
                CoreLog log = replica.logs().get(index);
                boolean vouches = vouched.contains(key(replica, index));
                check(
                        "I1",
                        !vouches || log.holds(position) && log.durableLsn() >= position.lsn(),
                        () -> database + " acknowledges " + position + " without " + registration.name() + ": "
                                + log.end() + " durable " + log.durableLsn());
            }
        }
    }

    CoreNode at(Registration registration) {
        return nodes.stream()
                .filter(node -> node.host().name().equals(registration.address().host()))
                .findFirst()
                .orElseThrow();
    }

    private static String key(CoreNode node, int database) {
        return node.host().name() + "/" + database;
    }

    /** A stream says that the replica holds everything. */
    void caughtUp(CoreDatabase database, Registration registration) {
        CoreNode present = database.node();
        if (present == main && registration.mode() != ReplicationMode.ASYNC) {
            vouched.add(key(at(registration), present.logs().indexOf(database.log())));
        }
    }

    /** From now on nothing is promised of this replica: it is dropped, or its disks are gone. */
    void noLongerVouched(CoreNode replica) {
        for (int i = 0; i < replica.logs().size(); i++) {
            vouched.remove(key(replica, i));
        }
    }

    void wiped(CoreNode node) {
        noLongerVouched(node);
        mainIsEmptied |= node == main;
    }

    /** True when the MAIN came to have empty disks: it must not go on as if nothing had been. */
    boolean isMainEmptied() {
        return mainIsEmptied;
    }

    /** True when whatever was promised to clients of the present MAIN is on this node too. */
    boolean isVouched(CoreNode node) {
        for (int i = 0; i < node.logs().size(); i++) {
            if (!vouched.contains(key(node, i))) {
                return false;
            }
        }
        return true;
    }

    /** The operator has told this node to become MAIN: it may do so at any time from now on. */
    void promotionAsked(CoreNode node) {
        promotionAsked.add(node);
    }

    void roleChanged(CoreRole role, List<RoleEvent> events) {
        for (RoleEvent event : events) {
            if (event instanceof RoleEvent.BecameMain && promotionAsked.remove(role.node())) {
                promoted(role.node());
            }
        }
        moment(role.node());
    }

    private void promoted(CoreNode node) {
        if (node != main) {
            world.reached(Probe.PROMOTION);
        }
        main = node;
        mainIsEmptied = false;
        vouched.clear();
        world.trace().note(node.host().name(), "is the MAIN now", 0, 0, null);
        acked.removeIf(one -> !survives(one, node));
    }

    /** False when it is not there and need not be. */
    private boolean survives(Acked one, CoreNode node) {
        LogPosition position = one.operation().position();
        if (position == null || node.logs().get(one.database()).holds(position)) {
            return true;
        }
        check(
                "I1",
                !one.promised(),
                () -> "acknowledged write " + one.operation().value() + " at " + position + " of database "
                        + one.database() + " is not on the promoted " + node);
        world.reached(Probe.ACK_EXCUSED_BY_PROMOTION);
        return false;
    }

    /** The end: everything acknowledged is there, nothing refused is. */
    void judge(CoreNode present) {
        List<Set<Long>> found = new ArrayList<>();
        for (CoreLog log : present.logs()) {
            Set<Long> values = new HashSet<>();
            for (long lsn = 1; lsn <= log.appliedLsn(); lsn++) {
                CoreLog.Entry entry = log.entry(lsn);
                check("I14", entry.isReign() || values.add(entry.value()), () -> "twice: " + entry);
            }
            found.add(values);
        }
        for (Acked one : acked) {
            check(
                    "I1",
                    found.get(one.database()).contains(one.operation().value()),
                    () -> "acknowledged write " + one.operation().value() + " at "
                            + one.operation().position() + " of database " + one.database() + " is lost");
        }
        for (Operation operation : operations) {
            if (operation.outcome() == Operation.Outcome.REFUSED) {
                check(
                        "I14",
                        found.stream().noneMatch(values -> values.contains(operation.value())),
                        () -> "refused write " + operation.value() + " is there");
            }
        }
    }

    long acknowledged() {
        return operations.stream()
                .filter(operation -> operation.outcome() == Operation.Outcome.ACKNOWLEDGED
                        || operation.outcome() == Operation.Outcome.WARNED)
                .count();
    }

    long issued() {
        return operations.size();
    }
}
