package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.WireMessage;
import skein.replication.core.CommitRules;
import skein.replication.core.FollowerInput;
import skein.replication.core.LedgerInput;
import skein.role.core.Registration;
import skein.simulation.Host;
import skein.simulation.Mailbox;
import skein.simulation.Probe;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;

/** One database of a running node: its log, and the duty it has at the moment, each message in its turn. */
final class CoreDatabase {
    private static final int SNAPSHOTS_KEPT = 2;

    /** Of one answer to a Pull: few records, so that a tail comes in many pieces. */
    private static final int SHARED_BYTES = 16 * CoreRecord.BYTES;

    private final CoreNode node;
    private final CoreLog log;
    private final DatabaseIdentity identity;
    private final Mailbox mailbox;
    private final CoreDisk disk;
    private final CoreGraph graph;
    private final List<Runnable> postponed = new ArrayList<>();
    private @Nullable CoreMain main;
    private @Nullable CoreFollower follower;

    CoreDatabase(CoreNode node, CoreLog log, DatabaseIdentity identity) {
        this.node = node;
        this.log = log;
        this.identity = identity;
        this.mailbox = new Mailbox(node.host());
        this.disk = new CoreDisk(
                node.host(), log, node.health(), () -> mailbox.tell(this::durable), () -> node.dies("a force failed"));
        this.graph = new CoreGraph(log, node.truth().book());
        if (settings().snapshotSeconds() > 0) {
            host().after((long) (settings().snapshotSeconds() * 1e9), () -> mailbox.tell(this::tidyUp));
        }
    }

    CoreNode node() {
        return node;
    }

    Host host() {
        return node.host();
    }

    CoreLog log() {
        return log;
    }

    CoreDisk disk() {
        return disk;
    }

    Swarm settings() {
        return node.settings();
    }

    Link link() {
        return node.link();
    }

    DatabaseIdentity identity() {
        return identity;
    }

    ReplicationProtocol.LogReport report() {
        return log.report(ReplicationProtocol.LINEAGE_MAX);
    }

    int longestMailbox() {
        return mailbox.longest();
    }

    void note(String what, @Nullable Object detail) {
        host().world().trace().note(host().name(), what, log.end().lsn(), log.decidedLsn(), detail);
    }

    private void durable() {
        if (main != null) {
            main.durable();
        } else if (follower != null) {
            follower.durable();
        }
    }

    /** Everything decided is applied here, whoever decided it. */
    void decide(long lsn) {
        long first = log.decide(lsn);
        if (first <= lsn) {
            host().world()
                    .trace()
                    .hash(host().name(), lsn, log.entry(lsn).position().crc());
            for (long at = first; at <= lsn; at++) {
                node.truth().applied(this, log.entry(at));
                node.applied(log.entry(at));
            }
        }
    }

    void truncateAfter(long lsn) {
        node.truth().givesUp(this, lsn);
        host().world().reached(Probe.TAIL_TRUNCATED);
        note("truncates", lsn);
        List<CoreRecord> dropped = log.entriesAfter(lsn);
        log.truncateAfter(lsn);
        disk.truncated();
        node.truth().tails().kept(this, dropped);
    }

    /** As {@link #truncateAfter}, of what was applied too; answers how many transactions that were. */
    long giveUpAfter(long lsn) {
        host().world().reached(Probe.TAIL_GIVEN_UP);
        note("gives up", lsn);
        int kept = log.sideFile().size();
        List<CoreRecord> dropped = log.entriesAfter(lsn);
        log.giveUpAfter(lsn);
        disk.truncated();
        graph.begin();
        node.truth().tails().kept(this, dropped);
        return log.sideFile().stream()
                .skip(kept)
                .filter(entry -> !entry.isReign())
                .count();
    }

    /** Changes over to a snapshot of the MAIN. */
    void install(CoreSnapshot snapshot, long afterLsn) {
        host().world().reached(Probe.SNAPSHOT_INSTALLED);
        note("installs", snapshot.position());
        List<CoreRecord> held = log.entriesAfter(0);
        log.install(snapshot, afterLsn);
        disk.truncated();
        graph.begin();
        node.truth().tails().kept(this, held);
        node.truth().installed(this);
        node.truth().moment(node);
    }

    void takeSnapshot() {
        log.takeSnapshot(host().world().nanos() / 1000);
    }

    /** Snapshots are taken now and then, and what they make superfluous goes. */
    private void tidyUp() {
        if (!isSystem() && (follower == null || !follower.isChanging()) && !log.isFull()) {
            takeSnapshot();
            CoreMain present = main;
            log.retain(SNAPSHOTS_KEPT, present == null ? Long.MAX_VALUE : present.inUseLsn());
        }
        host().after((long) (settings().snapshotSeconds() * 1e9), () -> mailbox.tell(this::tidyUp));
    }

    /** What its applied records say. */
    CoreGraph graph() {
        return graph;
    }

    /** As a member that has pledged answers who is being promoted. */
    WireMessage share(Pull pull) {
        LogPosition after = pull.after();
        if (after.lsn() < log.start().lsn()) {
            return new Refusal(Reason.OUT_OF_SEQUENCE, "it keeps no records before " + log.start() + " any more");
        }
        if (!log.positionOf(after.lsn()).equals(Optional.of(after))) {
            return new Refusal(Reason.DIVERGED, "the records at lsn " + after.lsn() + " differ");
        }
        return log.read(after.lsn(), log.end().lsn(), SHARED_BYTES)
                .map(chunk -> new Pulled(pull.database(), chunk.previous(), chunk.last(), chunk.records()))
                .orElseGet(() -> new Pulled(pull.database(), after, after, ByteBuffer.allocate(0)));
    }

    boolean isSystem() {
        return node.logs().getFirst() == log;
    }

    void appended(List<CoreRecord> entries) {
        entries.forEach(entry -> node.truth().logged(this, entry));
        disk.wrote();
    }

    /** Not before the database has been exchanged, if that is under way. */
    private void tellWhenWhole(Runnable message) {
        mailbox.tell(() -> {
            if (follower != null && follower.isChanging()) {
                postponed.add(message);
            } else {
                message.run();
            }
        });
    }

    /** From what works for the follower. */
    void whenTold(Runnable answer) {
        mailbox.tell(() -> {
            answer.run();
            if (follower == null || !follower.isChanging()) {
                postponed.forEach(mailbox::tell);
                postponed.clear();
            }
        });
    }

    /** From the role. */
    void openReign(
            Epoch epoch, CommitRules rules, List<Registration> replicas, List<ReplicaName> joined, Runnable stands) {
        tellWhenWhole(() -> {
            CoreMain present = main;
            if (present != null) {
                present.openReign(epoch, stands);
            } else {
                CoreFollower was = follower;
                if (was != null) {
                    was.depose(Reason.NOT_REPLICA, "this instance has become MAIN");
                    follower = null;
                }
                main = new CoreMain(this, epoch, rules, replicas, joined, stands);
                main.begin();
            }
        });
    }

    /** Calls back when what is decided is held by as many as have to hold it. */
    void ifCovered(Runnable then) {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present != null && present.isCovered()) {
                then.run();
            }
        });
    }

    void startStream(Registration registration, Supplier<MainIdentity> who) {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present != null) {
                present.startStream(registration, who);
            }
        });
    }

    void stopStream(Registration registration) {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present != null) {
                present.stopStream(registration);
            }
        });
    }

    void drain(Runnable drained) {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present == null) {
                drained.run();
            } else {
                present.drain(drained);
            }
        });
    }

    void follow() {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present != null) {
                present.end();
                main = null;
            }
            if (follower == null) {
                follower = new CoreFollower(this);
            }
        });
    }

    /** As replica: whatever is here gives way to what the MAIN sends. */
    void beginAnew() {
        mailbox.tell(() -> {
            CoreFollower was = follower;
            if (was != null) {
                was.depose(Reason.UNAVAILABLE, "this database begins anew");
                node.truth().noLongerVouched(node);
                giveUpAfter(0);
                follower = new CoreFollower(this);
            }
        });
    }

    void depose(Reason reason, String text) {
        mailbox.tell(() -> {
            if (follower != null) {
                follower.depose(reason, text);
            }
        });
    }

    void admit(long number, LinkConnection connection) {
        mailbox.tell(() -> {
            if (follower != null) {
                follower.admit(number, connection);
            } else {
                connection.close();
            }
        });
    }

    void heard(long number, FromMain message) {
        mailbox.tell(() -> {
            if (follower != null) {
                follower.heard(number, message);
            }
        });
    }

    /** Calls back when everything told before has been done. */
    void whenStill(Runnable then) {
        tellWhenWhole(then);
    }

    /** As replica that is being promoted: cut the tail, append to it or apply it. */
    void inherit(FollowerInput input, Consumer<LogPosition> inherited) {
        tellWhenWhole(() -> {
            if (follower != null) {
                follower.inherit(input, inherited);
            }
        });
    }

    void hungUp(long number) {
        mailbox.tell(() -> {
            if (follower != null) {
                follower.hungUp(number);
            }
        });
    }

    /** From one of its streams. */
    void streamSpoke(CoreStream stream, LedgerInput input) {
        mailbox.tell(() -> {
            CoreMain present = main;
            if (present != null) {
                present.heard(stream, input);
            }
        });
    }

    /** Decisions of this database depend on the replica from now on. */
    void holds(ReplicaName replica) {
        note("holds", replica);
        CoreRole role = node.role();
        if (role != null) {
            role.tell(() -> role.holds(replica, this));
        }
    }

    void caughtUp(Registration registration) {
        node.truth().caughtUp(this, registration);
    }

    /** For the ledger's timer. */
    void later(long hostNanos, Runnable work) {
        host().after(hostNanos, () -> mailbox.tell(work));
    }

    /** A client's commit, on a thread of its session. */
    void commit(Operation operation) {
        CoreMain present = main;
        if (present == null) {
            host().world().reached(Probe.WRITE_REFUSED_BY_REPLICA);
            operation.refused("no writes here");
        } else {
            present.commit(operation);
        }
    }

    @Nullable
    CoreMain main() {
        return main;
    }

    /** Who is waited for, where this is the MAIN's. */
    List<Registration> registered() {
        CoreMain duty = main();
        return duty == null ? List.of() : duty.registered();
    }

    boolean isCaughtUpWith(LogPosition end) {
        return log.end().equals(end) && log.appliedLsn() == end.lsn() && log.durableLsn() == end.lsn();
    }

    @Override
    public String toString() {
        return node.host().name() + "/" + identity.name() + " " + log.end() + " durable " + log.durableLsn()
                + " decided " + log.decidedLsn() + " applied " + log.appliedLsn() + " "
                + (main != null ? "main " + main : follower != null ? "follower" : "idle");
    }
}
