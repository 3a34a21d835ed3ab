package skein.simulation.cores;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.replication.core.AckRule;
import skein.replication.core.CommitLedger;
import skein.replication.core.CommitRules;
import skein.replication.core.CommitWarning;
import skein.replication.core.GrantText;
import skein.replication.core.LedgerEffect;
import skein.replication.core.LedgerInput;
import skein.replication.core.WriteGate;
import skein.role.core.Registration;
import skein.simulation.Probe;
import skein.vocabulary.Epoch;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/** The duty of a MAIN for one database: carries out what the ledger decides. */
final class CoreMain {
    private static final long DRAIN_PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long DRAIN_LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final CoreDatabase database;
    private final CoreLog log;
    private final Map<ReplicaName, CoreStream> streams = new LinkedHashMap<>();
    private final Map<Long, Waiting> waiting = new TreeMap<>();
    private final long firstReignLsn;
    private CommitLedger ledger;
    private @Nullable Opening opening;
    private boolean refusing;
    private boolean ended;

    /** A client that is to hear what came of its record, which may be gone from the log before. */
    private record Waiting(CoreRecord entry, Operation operation) {}

    private record Opening(long lsn, Runnable stands) {}

    CoreMain(
            CoreDatabase database,
            Epoch epoch,
            CommitRules rules,
            List<Registration> replicas,
            List<ReplicaName> joined,
            Runnable stands) {
        this.database = database;
        this.log = database.log();
        long applied = log.appliedLsn();
        if (applied < log.end().lsn()) {
            database.host().world().reached(Probe.INHERITED_TAIL_DECIDED);
        }
        CoreRecord entry = log.openReign(epoch);
        this.firstReignLsn = entry.position().lsn();
        this.opening = new Opening(firstReignLsn, stands);
        this.ledger = CommitLedger.startingAt(applied, firstReignLsn, rules);
        replicas.forEach(replica -> register(replica, joined.contains(replica.name())));
        database.appended(List.of(entry));
    }

    void begin() {
        durable();
    }

    void openReign(Epoch epoch, Runnable stands) {
        CoreRecord entry = log.openReign(epoch);
        opening = new Opening(entry.position().lsn(), stands);
        database.appended(List.of(entry));
        tellGrowth();
        durable();
    }

    void durable() {
        if (log.durableLsn() > ledger.fsyncedLsn()) {
            heard(new LedgerInput.Fsynced(log.durableLsn()));
        }
        Opening pending = opening;
        if (pending != null && log.durableLsn() >= pending.lsn()) {
            opening = null;
            pending.stands().run();
        }
        tellGrowth();
    }

    private void tellGrowth() {
        streams.values().forEach(CoreStream::grown);
    }

    /** Unless the stream was stopped in the meantime. */
    void heard(CoreStream stream, LedgerInput input) {
        if (streams.containsValue(stream)) {
            heard(input);
        }
    }

    void heard(LedgerInput input) {
        if (ended) {
            return;
        }
        Step<CommitLedger, LedgerEffect> step =
                ledger.step(input, database.host().nanos());
        ledger = step.state();
        step.effects().forEach(this::perform);
    }

    private void perform(LedgerEffect effect) {
        switch (effect) {
            case LedgerEffect.Decide(long lsn) -> decide(lsn);
            case LedgerEffect.Complete(long first, long last, var warnings, var acks) ->
                complete(first, last, warnings, acks);
            case LedgerEffect.JoinedSync(ReplicaName replica) -> database.note("joined sync", replica);
            case LedgerEffect.Unknown(long first, long last, var _) -> unknown(first, last);
            case LedgerEffect.Holds(ReplicaName replica) -> database.holds(replica);
            case LedgerEffect.LeftSync(ReplicaName replica) -> {
                database.host().world().reached(Probe.REPLICA_LEFT_SYNC);
                database.note("left sync", replica);
                CoreStream stream = streams.get(replica);
                if (stream != null) {
                    stream.leftSync();
                }
            }
            case LedgerEffect.WakeAt(long nanos) -> {
                if (nanos != Long.MAX_VALUE) {
                    database.later(nanos - database.host().nanos(), () -> heard(new LedgerInput.Tick()));
                }
            }
        }
    }

    private void decide(long lsn) {
        database.decide(lsn);
        database.node().truth().decided(database, lsn);
        streams.values().forEach(stream -> stream.decided(lsn));
        database.node().truth().moment(database.node());
    }

    private void complete(long first, long last, List<CommitWarning> warnings, List<ReplicaAck> acks) {
        boolean allowed = isAllowed(warnings, acks);
        for (long lsn = Math.max(first, firstReignLsn + 1); lsn <= last; lsn++) {
            Waiting one = waiting.remove(lsn);
            if (one != null && !allowed && !one.operation().isOwn()) {
                one.operation().unknown("the lease is over");
            } else if (one != null) {
                database.node().truth().acknowledged(database, one.entry(), one.operation(), warnings);
                one.operation().acknowledged(!warnings.isEmpty());
            }
        }
    }

    /** Without a lease somebody else may be MAIN. */
    private boolean isAllowed(List<CommitWarning> warnings, List<ReplicaAck> acks) {
        return database.node().grant().answersUnconfirmed(database.host().nanos())
                || GrantText.isConfirmed(!warnings.isEmpty(), acks);
    }

    private void unknown(long first, long last) {
        for (long lsn = Math.max(first, firstReignLsn + 1); lsn <= last; lsn++) {
            Waiting one = waiting.remove(lsn);
            if (one != null) {
                one.operation().unknown("the modes do not let it be decided now");
            }
        }
    }

    private boolean mayWrite(Operation operation) {
        return operation.isOwn()
                || switch (database.node().grant().leave(database.host().nanos())) {
                    case FREE -> true;
                    case CONFIRMED_ONLY -> ledger.isConfirmable();
                    case NONE -> false;
                };
    }

    void commit(Operation operation) {
        if (!mayWrite(operation)) {
            database.host().world().reached(Probe.WRITE_NOT_GRANTED);
            operation.refused("the coordinators do not allow it");
            return;
        }
        if (!isWritable()) {
            operation.refused("this instance is changing its role");
            return;
        }
        if (database.graph().hasChanged(operation)) {
            operation.refused("another transaction has changed the same");
            return;
        }
        try {
            CoreRecord entry = log.append(operation.value());
            waiting.put(entry.position().lsn(), new Waiting(entry, operation));
            if (waiting.size() > 1) {
                database.host().world().reached(Probe.DECIDED_TWICE_IN_FLIGHT);
            }
            database.appended(List.of(entry));
            tellGrowth();
        } catch (SkeinException e) {
            operation.refused(String.valueOf(e.getMessage()));
        }
    }

    void startStream(Registration registration, Supplier<MainIdentity> who) {
        if (!ledger.knows(registration.name())) {
            register(registration, false);
        }
        streams.put(registration.name(), new CoreStream(database, registration, who));
    }

    private void register(Registration registration, boolean joined) {
        Duration own = registration.ackTimeout();
        long timeout = own == null ? database.settings().syncAckNanos() : own.toNanos();
        heard(new LedgerInput.Registered(
                registration.name(), new AckRule(registration.mode(), timeout, own == null), joined));
    }

    void stopStream(Registration registration) {
        CoreStream stream = streams.remove(registration.name());
        if (stream != null) {
            stream.stop();
        }
        heard(new LedgerInput.Dropped(registration.name()));
    }

    /** Who must have confirmed a commit without a warning. */
    List<Registration> registered() {
        return streams.values().stream().map(CoreStream::registration).toList();
    }

    /** The log after this record must stay. */
    long inUseLsn() {
        return streams.values().stream().mapToLong(CoreStream::inUseLsn).reduce(Long.MAX_VALUE, Math::min);
    }

    StreamState shown(ReplicaName replica) {
        CoreStream stream = streams.get(replica);
        return stream == null ? StreamState.INVALID : stream.shown();
    }

    long lag(ReplicaName replica) {
        CoreStream stream = streams.get(replica);
        return stream == null ? log.end().lsn() : stream.lag();
    }

    void drain(Runnable drained) {
        refusing = true;
        drainUntil(database.host().nanos() + DRAIN_PATIENCE_NANOS, drained);
    }

    private void drainUntil(long deadline, Runnable drained) {
        boolean done = waiting.isEmpty() && streams.values().stream().allMatch(CoreStream::isDrained);
        if (done || database.host().nanos() > deadline) {
            drained.run();
        } else {
            database.later(DRAIN_LOOK_NANOS, () -> drainUntil(deadline, drained));
        }
    }

    void end() {
        ended = true;
        refusing = true;
        streams.values().forEach(CoreStream::stop);
        streams.clear();
        waiting.values().forEach(one -> one.operation().unknown("this instance stopped being MAIN"));
        waiting.clear();
    }

    /** The process is gone. */
    void vanish() {
        waiting.values().forEach(one -> one.operation().unknown("the connection broke"));
        waiting.clear();
    }

    /** No commit is under way, and who keeps up has everything. */
    boolean isQuiet() {
        return waiting.isEmpty() && streams.values().stream().allMatch(CoreStream::isQuiet);
    }

    boolean isCovered() {
        return !ended && ledger.isCovered();
    }

    boolean isWritable() {
        return !refusing && !ended && ledger.gate() instanceof WriteGate.Open;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isWritable() ? "writable" : "closed");
        streams.forEach(
                (name, stream) -> text.append(' ').append(name).append('=').append(stream.shown()));
        return text.toString();
    }
}
