package skein.simulation.cores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import skein.vocabulary.Bookmark;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** Sees every node at once and holds them to the promises; changes nothing. */
final class Truth {
    private static final int MOMENT_EVERY = 100;

    private final World world;
    private final List<CoreNode> nodes = new ArrayList<>();
    private final Map<UUID, Map<Epoch, WrittenReign>> reigns = new HashMap<>();
    private final List<Acked> acked = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    /** Replica and database, of those that have been in step with the present MAIN and are to be waited for. */
    private final Set<String> vouched = new TreeSet<>();

    private Consumer<CoreNode> moments = node -> {};
    private final Decisions decisions;
    private final CoreBook book = new CoreBook();
    private final Tails tails;

    /** Instances that were in step with a MAIN once and were not dropped or wiped since: members, to an operator. */
    private final Set<String> members = new TreeSet<>();

    /** Of these, those on whom decisions may depend by QUORUM: the only ones that may be promoted then. */
    private final Set<String> voters = new TreeSet<>();

    /** What was on disks that are gone: a confirmation given before may still be on its way. */
    private final Map<CoreNode, List<CoreLog>> lostDisks = new HashMap<>();

    private final List<Members> records = new ArrayList<>();
    private final Map<CoreNode, Boolean> promotionAsked = new HashMap<>();

    /** Null where an operator says who is MAIN. */
    private @Nullable Reigns appointed;

    /** By database, of the present MAIN. */
    private final Map<Integer, LogPosition> newestPromised = new TreeMap<>();

    private boolean forcedOnce;
    /** The newest record of each database that the MAIN has shown. */
    private final Map<Integer, LogPosition> shown = new TreeMap<>();

    private boolean lossy;

    /** A deposed MAIN has decided a reign at least: that it is another one, bookmarks tell. */
    private boolean strayed;

    private @Nullable CoreNode main;
    private boolean mainIsEmptied;

    /** In which the present MAIN was promoted, where coordinators number reigns. */
    private long mainReign;

    /** @param quorum setting {@code replication.quorum} */
    Truth(World world, int quorum) {
        this.world = world;
        this.tails = new Tails(world, this);
        this.decisions = new Decisions(quorum, (log, lsn) -> record(log, lsn).position());
    }

    /** @param heard of nodes at which something has just changed for good */
    void onMoments(Consumer<CoreNode> heard) {
        moments = heard;
    }

    /** Something has just changed for good on this node. */
    void moment(CoreNode node) {
        moments.accept(node);
    }

    /** Coordinators say who is MAIN. */
    void follow(Reigns reigns) {
        appointed = reigns;
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
        isMemberNow(node);
    }

    private void isMemberNow(CoreNode node) {
        for (int i = 0; i < node.logs().size(); i++) {
            members.add(key(node, i));
        }
    }

    /** True when something that somebody may have seen is gone, or there were two who let it be seen. */
    boolean isLossy() {
        return lossy;
    }

    /** I6: a session reads a state that includes what it has seen. */
    void reads(CoreDatabase database, Bookmark seen) {
        CoreLog log = database.log();
        boolean there = seen.lsn() == 0
                || seen.lsn() <= log.appliedLsn()
                        && log.reignOf(seen.lsn())
                                .filter(epoch -> epoch.reign().equals(seen.reign()))
                                .isPresent();
        check("I6", there, () -> database + " is read by a session that has seen " + seen);
    }

    /** I6: a database does not have the state that a session has seen; on disks that are new, it need not. */
    void bookmarkRefused(CoreDatabase database, String bookmark) {
        boolean isNew = mainIsEmptied && database.node() == main;
        check("I6", lossy || strayed || isNew, () -> database + " does not have the state of " + bookmark);
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
    void logged(CoreDatabase database, CoreRecord entry) {
        LogPosition position = entry.position();
        Map<Epoch, WrittenReign> known = reigns.computeIfAbsent(database.log().id(), id -> new HashMap<>());
        WrittenReign reign =
                known.computeIfAbsent(position.epoch(), epoch -> new WrittenReign(database.node(), position.lsn()));
        int at = Math.toIntExact(position.lsn() - reign.firstLsn());
        check("I4", at >= 0 && at <= reign.records().size(), () -> database + " holds " + position + " of nowhere");
        if (at < reign.records().size()) {
            CoreRecord there = reign.records().get(at);
            check("I4", there.equals(entry), () -> database + " holds " + entry + ", written was " + there);
        } else {
            check("I2", reign.owner() == database.node(), () -> database + " writes in the reign of " + reign.owner());
            reign.records().add(entry);
        }
    }

    /** I4: a snapshot says what the records before it said; what was decided for good is in it. */
    void installed(CoreDatabase database) {
        CoreLog log = database.log();
        for (long lsn = 1; lsn <= log.appliedLsn(); lsn++) {
            long at = lsn;
            boolean same = record(log, lsn).value() == log.value(lsn);
            check("I4", same, () -> database + " has another record " + at + " in its snapshot");
        }
        decisions.installed(database.node(), indexOf(database));
    }

    /** As it was written by the MAIN of its reign. */
    private CoreRecord record(CoreLog log, long lsn) {
        WrittenReign reign =
                reigns.getOrDefault(log.id(), Map.of()).get(log.reignOf(lsn).orElse(Epoch.NONE));
        check("I4", reign != null, () -> "record " + lsn + " of a reign that never was");
        WrittenReign written = Invariant.present(reign, "checked");
        return written.records().get(Math.toIntExact(lsn - written.firstLsn()));
    }

    /** What was given up. */
    Tails tails() {
        return tails;
    }

    /** What writes mean. */
    CoreBook book() {
        return book;
    }

    /** I13: nothing is shown that is not durable here. */
    void applied(CoreDatabase database, CoreRecord entry) {
        long lsn = entry.position().lsn();
        if (database.node() == main) {
            shown.put(indexOf(database), entry.position());
        }
        WrittenReign reign = Invariant.present(
                reigns.getOrDefault(database.log().id(), Map.of())
                        .get(entry.position().epoch()),
                "a record that nobody wrote");
        if (database.main() != null) {
            reign.decide(lsn);
        }
        check("I4", lsn <= reign.decidedLsn(), () -> database + " shows " + entry + ", which nobody has decided");
        check("I13", lsn <= database.log().durableLsn(), () -> database + " shows " + lsn + " before it is durable");
    }

    void acknowledged(CoreDatabase database, CoreRecord entry, Operation operation, List<CommitWarning> warnings) {
        LogPosition position = entry.position();
        operation.at(position);
        CoreNode node = database.node();
        int index = indexOf(database);
        if (!warnings.isEmpty()) {
            world.reached(Probe.COMMIT_WARNED);
        }
        check("I1", database.log().durableLsn() >= position.lsn(), () -> database + " acknowledges " + position);
        check("I1", database.log().appliedLsn() >= position.lsn(), () -> database + " has not decided " + position);
        WrittenReign reign = reigns.getOrDefault(database.log().id(), Map.of()).get(position.epoch());
        check(
                "I2",
                reign != null && reign.owner() == node,
                () -> database + " acknowledges " + position + " of another");
        Reigns coordinated = appointed;
        boolean waits = coordinated == null
                ? node.registrations().stream().anyMatch(one -> one.mode() != ReplicationMode.ASYNC)
                : coordinated.keeps();
        boolean promised = warnings.isEmpty() && waits;
        if (warnings.isEmpty()) {
            checkHeld(database, index, position);
        }
        // nobody is told of an instance's own records: they are a promise only to whoever reigns after it was opened
        promised &= coordinated == null
                || !operation.isOwn()
                || !coordinated.isOver(Epoch.termOf(position.epoch().number()));
        Acked one = new Acked(index, operation, promised);
        if (promised && node == main) {
            newestPromised.put(index, position);
        }
        CoreNode present = main;
        // an operator who has forced a promotion accepts that the MAIN before may not know of it
        boolean isThere = present == null || present == node || one.isOn(present);
        if (coordinated != null && !operation.isOwn()) {
            coordinated.acknowledged(node, position, isThere);
        }
        if (isThere || present != null && !forcedOnce && survives(one, present)) {
            acked.add(one);
        } else {
            operation.excuse();
        }
        if (acked.size() % MOMENT_EVERY == 0) {
            moment(node);
        }
    }

    static int indexOf(CoreDatabase database) {
        return database.node().logs().indexOf(database.log());
    }

    void decided(CoreDatabase database, long lsn) {
        boolean deposed = database.node() != main && isMember(database.node());
        strayed |= deposed;
        lossy |= deposed && database.log().value(lsn) != CoreRecord.REIGN;
        if (forcedOnce && database.node() != main) {
            return;
        }
        checkDecidable(database, lsn);
        decisions.decided(database.node(), indexOf(database), lsn);
    }

    /** I1: whom the modes name has it, answered or not. */
    private void checkDecidable(CoreDatabase database, long lsn) {
        CoreRole role = database.node().role();
        if (role == null || !(role.state() instanceof RoleState.Main own)) {
            return;
        }
        int index = indexOf(database);
        LogPosition position = database.log().positionOf(lsn).orElseThrow();
        List<Registration> joined = own.replicas().stream()
                .filter(one -> own.joined().contains(one.name()))
                .toList();
        for (Registration one : joined) {
            check(
                    "I1",
                    one.mode() != ReplicationMode.STRICT_SYNC || hasHeld(at(one), index, position),
                    () -> database + " decides " + position + " without " + one.name());
        }
        List<Registration> voters = joined.stream()
                .filter(one -> one.mode() == ReplicationMode.QUORUM)
                .toList();
        long holding = database.registered().stream()
                .filter(one -> one.mode() == ReplicationMode.QUORUM && hasHeld(at(one), index, position))
                .count();
        check(
                "I1",
                voters.isEmpty() || holding >= database.settings().quorum(),
                () -> database + " decides " + position + ", which only " + holding + " of " + voters + " hold");
    }

    /** Applied or not, it is dropped after this record. */
    void givesUp(CoreDatabase database, long afterLsn) {
        decisions.givesUp(database.node(), indexOf(database), afterLsn);
    }

    /** I1: who acknowledges without a warning has it on the disks of all that the modes name. */
    private void checkHeld(CoreDatabase database, int index, LogPosition position) {
        checkQuorum(database, index, position);
        for (Registration registration : database.registered()) {
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

    private void checkQuorum(CoreDatabase database, int index, LogPosition position) {
        List<CoreNode> voters = database.registered().stream()
                .filter(registration -> registration.mode() == ReplicationMode.QUORUM)
                .map(this::at)
                .toList();
        long holding =
                voters.stream().filter(voter -> hasHeld(voter, index, position)).count();
        int needed = Math.min(voters.size(), database.settings().quorum());
        check(
                "I1",
                holding >= needed,
                () -> database + " acknowledges " + position + ", which " + holding + " of " + voters + " hold");
    }

    private boolean hasHeld(CoreNode node, int index, LogPosition position) {
        CoreLog log = node.logs().get(index);
        return log.holds(position) && log.durableLsn() >= position.lsn()
                || lostDisks.getOrDefault(node, List.of()).stream()
                        .anyMatch(lost -> lost.id().equals(log.id()) && lost.holds(position));
    }

    CoreNode at(Registration registration) {
        return named(registration.address().host());
    }

    CoreNode named(String host) {
        return nodes.stream()
                .filter(node -> node.host().name().equals(host))
                .findFirst()
                .orElseThrow();
    }

    static String key(CoreNode node, int database) {
        return node.host().name() + "/" + database;
    }

    /** A stream says that the replica holds everything. */
    void caughtUp(CoreDatabase database, Registration registration) {
        CoreNode present = database.node();
        if (present != main) {
            return;
        }
        members.add(key(at(registration), indexOf(database)));
        LogPosition promised = newestPromised.get(indexOf(database));
        check(
                "I1",
                promised == null
                        || registration.mode() == ReplicationMode.ASYNC
                        // others may have confirmed more meanwhile
                        || registration.mode() == ReplicationMode.QUORUM
                        || hasHeld(at(registration), indexOf(database), promised),
                () -> registration.name() + " is in step with " + database + " without " + promised);
        moment(present);
        if (registration.mode() != ReplicationMode.ASYNC) {
            vouched.add(key(at(registration), indexOf(database)));
        }
        if (registration.mode() == ReplicationMode.QUORUM) {
            voters.add(key(present, indexOf(database)));
            voters.add(key(at(registration), indexOf(database)));
        }
    }

    /** From now on nothing is promised of this replica: it is dropped, or its disks are gone. */
    void noLongerVouched(CoreNode replica) {
        for (int i = 0; i < replica.logs().size(); i++) {
            vouched.remove(key(replica, i));
            members.remove(key(replica, i));
            voters.remove(key(replica, i));
        }
    }

    /** The present MAIN counts on this replica no more. */
    void dropped(ReplicaName replica) {
        nodes.stream()
                .filter(node -> node.host().name().equals(replica.value()))
                .forEach(this::noLongerVouched);
    }

    void disksLost(CoreNode node) {
        noLongerVouched(node);
        promotionAsked.remove(node);
        lostDisks.computeIfAbsent(node, _ -> new ArrayList<>()).addAll(node.logs());
        mainIsEmptied |= node == main;
    }

    /** True when the MAIN came to have empty disks: it must not go on as if nothing had been. */
    boolean isMainEmptied() {
        return mainIsEmptied;
    }

    /** True when whatever was promised to clients of the present MAIN is on this node too. */
    boolean isVouched(CoreNode node) {
        return isIn(vouched, node);
    }

    /** True when it was in step as a QUORUM replica, and no promotion has asked without it since. */
    boolean isVoter(CoreNode node) {
        return isIn(voters, node);
    }

    /** True when it was in step with some MAIN, and was neither dropped nor wiped since. */
    boolean isMember(CoreNode node) {
        return isIn(members, node);
    }

    private static boolean isIn(Set<String> keys, CoreNode node) {
        for (int i = 0; i < node.logs().size(); i++) {
            if (!keys.contains(key(node, i))) {
                return false;
            }
        }
        return true;
    }

    /** The operator has told this node to become MAIN: it may do so at any time from now on. */
    void promotionAsked(CoreNode node, boolean forced) {
        promotionAsked.put(node, forced);
    }

    void roleChanged(CoreRole role, List<RoleEvent> events) {
        remembered(role.node(), events);
        moment(role.node());
    }

    /** Its journal holds these now; the process may be gone already. */
    void remembered(CoreNode node, List<RoleEvent> events) {
        Reigns coordinated = appointed;
        for (RoleEvent event : events) {
            boolean reigns = event instanceof RoleEvent.BecameMain || event instanceof RoleEvent.Promoted;
            Boolean asked = coordinated == null ? promotionAsked.get(node) : Boolean.valueOf(coordinated.mayLose(node));
            if (reigns && asked != null) {
                promotionAsked.remove(node);
                long reign = coordinated == null ? 0 : ClusterReigns.termOf(event);
                if (reign < mainReign) {
                    // somebody else was appointed meanwhile: it will never be opened, and takes no writes
                    world.trace().note(node.host().name(), "is MAIN too late", reign, mainReign, null);
                } else {
                    mainReign = reign;
                    promoted(node, asked);
                }
            }
        }
    }

    /** I1, I2: coordinators let clients write in this reign. */
    void opened(long reign) {
        CoreNode present = main;
        check("I2", present != null && reign == mainReign, () -> reign + " is opened, and " + mainReign + " stands");
        if (present != null && !mainIsEmptied) {
            acked.forEach(one -> survives(one, present));
        }
    }

    /** I1: coordinators count on this replica as on one that has everything that was promised. */
    void counted(CoreNode replica) {
        for (Acked one : acked) {
            LogPosition missing = one.operation().position();
            boolean has = !one.promised() || one.isOn(replica) || isNobodys(one);
            check("I1", has, () -> replica + " has joined without " + missing);
        }
    }

    private boolean isNobodys(Acked one) {
        Reigns coordinated = appointed;
        return coordinated != null && coordinated.isNobodys(one.operation());
    }

    /** It was refused: it will not. */
    void promotionRefused(CoreNode node) {
        promotionAsked.remove(node);
    }

    private void promoted(CoreNode node, boolean forced) {
        shown.forEach((index, position) -> lossy |= !node.logs().get(index).holds(position));
        isMemberNow(node);
        if (forced || !isVoter(node)) {
            voters.clear();
        }
        if (forced) {
            world.reached(Probe.PROMOTION_FORCED);
            forcedOnce = true;
            decisions.forced(node);
        } else {
            decisions.promoted(node);
        }
        if (node != main) {
            world.reached(Probe.PROMOTION);
        }
        main = node;
        mainIsEmptied = false;
        vouched.clear();
        newestPromised.clear();
        world.trace().note(node.host().name(), "is the MAIN now", 0, 0, null);
        acked.removeIf(one -> !one.isOn(node) && (forced || !survives(one, node)));
    }

    /** False when it is not there and need not be. */
    private boolean survives(Acked one, CoreNode node) {
        LogPosition position = one.operation().position();
        if (one.isOn(node)) {
            return true;
        }
        check(
                "I1",
                !one.promised() || isNobodys(one),
                () -> "acknowledged write " + one.operation().value() + " at " + position + " of database "
                        + one.database() + " is not on the promoted " + node);
        world.reached(Probe.ACK_EXCUSED_BY_PROMOTION);
        return false;
    }

    List<Operation> clientOperations() {
        return operations;
    }

    /** The end: everything acknowledged is there, nothing refused is. */
    void judge(CoreNode present) {
        decisions.judge(present);
        List<Set<Long>> found = new ArrayList<>();
        for (CoreLog log : present.logs()) {
            Set<Long> values = new HashSet<>();
            for (long lsn = 1; lsn <= log.appliedLsn(); lsn++) {
                long value = log.value(lsn);
                check("I14", value == CoreRecord.REIGN || values.add(value), () -> "written twice: " + value);
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
