package skein.storage.tx;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.storage.graph.FreedSlots;
import skein.storage.graph.GraphStore;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemorySource;
import skein.storage.memory.Reservation;
import skein.storage.tx.PendingTable.Effect;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Begins transactions, and puts those that commit into one order: checks each against everything sequenced before it,
 * gives it the next lsn and hands its record to the log. Safe to use from any thread; the work that needs the order is
 * done under one short lock, the packing before it.
 *
 * <p>Sequencing is possible only while a reign is open here, and only for transactions that began after the reign's
 * EPOCH record was applied: until then records of an earlier reign may still be on their way, and what they change is
 * not in the pending table.
 */
public final class Sequencer implements FreedSlots {
    private static final int[] ANY_TYPE = new int[0];
    private static final long NOT_OPEN = Long.MAX_VALUE;

    /** How long a commit waits for a constraint that is being declared, and that one for commits under way. */
    private static final Duration GATE_PATIENCE = Duration.ofSeconds(30);

    private final GraphStore store;
    private final WriteAheadLog log;
    private final SnapshotRegistry snapshots;
    private final MemoryLimits limits;
    private final PendingTable pending = new PendingTable();
    private final ClaimTable claims = new ClaimTable();
    private final Conflicts conflicts;
    private final SequencedNames names;
    private final SlotAllocator nodeSlots = new SlotAllocator("nodes");
    private final SlotAllocator relationshipSlots = new SlotAllocator("relationships");
    private final ReentrantLock lock = new ReentrantLock();
    private final SchemaGate gate = new SchemaGate(lock, GATE_PATIENCE);

    /** Guarded by the lock, as all below. */
    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();

    private long keptBytes;

    /** The EPOCH record of the reign that was opened here; {@link #NOT_OPEN} while there is none. */
    private long reignLsn = NOT_OPEN;

    private boolean writable;

    public Sequencer(GraphStore store, WriteAheadLog log, SnapshotRegistry snapshots, MemoryLimits limits) {
        this.store = store;
        this.log = log;
        this.snapshots = snapshots;
        this.limits = limits;
        this.conflicts = new Conflicts(store, pending);
        this.names = new SequencedNames(store.dictionary());
    }

    /**
     * A record between sequencing and applying.
     *
     * @param record null when too much is kept already
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record InFlight(long lsn, @Nullable LogRecord record, long[] pendingKeys, List<ClaimTable.Claim> claims) {}

    /**
     * Begins a transaction at the newest published snapshot.
     *
     * @param source what its changes take counts there
     */
    public StoreTransaction begin(AccessMode access, MemorySource source) {
        TransactionSlots slots = new TransactionSlots(nodeSlots, relationshipSlots);
        Reservation memory = new Reservation(source, "a transaction's changes");
        return new StoreTransaction(
                store, snapshots.acquire(access), access, conflicts, slots, memory, limits.transactionBytesMax());
    }

    /**
     * Gives a transaction its place and answers the lsn; 0 when it leaves no change behind. After a failure nothing was
     * spent and the transaction can only be closed: WRITE_CONFLICT, CONSTRAINT_VERIFICATION_FAILED for a node that
     * still has relationships, CONSTRAINT_VALIDATION_FAILED for a declared constraint, DATABASE_UNAVAILABLE when no
     * reign is open or the log's queue is full, STORAGE_FAILURE. Waits, 30 s at most, while a constraint is declared;
     * declaring one waits for what is under way.
     */
    public long sequence(StoreTransaction transaction) {
        transaction.requireOpen();
        if (!transaction.hasChanges()) {
            return 0;
        }
        return transaction.constraintsAdded().isEmpty() ? place(transaction) : declare(transaction);
    }

    /** Proves that what is there fits the new constraints before their record gets its place. See docs/adr/011. */
    private long declare(StoreTransaction transaction) {
        List<ConstraintProof> proofs = transaction.constraintsAdded().stream()
                .map(rule -> new ConstraintProof(store, rule))
                .toList();
        proofs.forEach(proof -> proof.look(transaction.snapshot()));
        shutGate(transaction);
        try {
            SnapshotLease newest = snapshots.acquire(AccessMode.READ);
            try {
                proofs.forEach(proof -> proof.look(newest.snapshot()));
            } finally {
                newest.release();
            }
            return place(transaction);
        } catch (RuntimeException | Error e) {
            openGate(transaction);
            throw e;
        }
    }

    /** From here on nobody else is sequenced, and everything that was is applied. */
    private void shutGate(StoreTransaction transaction) {
        lock.lock();
        try {
            requireWritable(transaction.begunAt());
            gate.shut(transaction);
            long last = inFlight.isEmpty() ? 0 : inFlight.getLast().lsn;
            boolean drained = gate.await(() -> inFlight.isEmpty() || inFlight.getFirst().lsn > last);
            if (!drained) {
                gate.open(transaction);
                throw new SkeinException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "Commits that were under way are not decided after " + GATE_PATIENCE.toSeconds()
                                + " s, and until then no constraint can be declared. Nothing was changed; see SHOW"
                                + " REPLICAS for who does not answer, then run the statement again.");
            }
        } finally {
            lock.unlock();
        }
    }

    private void openGate(StoreTransaction transaction) {
        lock.lock();
        try {
            gate.open(transaction);
        } finally {
            lock.unlock();
        }
    }

    private long place(StoreTransaction transaction) {
        Overlay overlay = transaction.overlay();
        requireIsolatedDeletions(overlay);
        WriteSet writes = WriteSet.of(overlay);
        RecordDraft early = namesKnown(overlay.names) ? draft(transaction, names.assign()) : null;
        if (early != null && isEmpty(early.body())) {
            return 0;
        }
        ConstraintCheck constraints = ConstraintCheck.of(overlay, names);
        lock.lock();
        try {
            gate.pass(transaction);
            requireWritable(transaction.begunAt());
            check(transaction, writes);
            constraints = constraints.upToDate();
            constraints.verify(claims, pending);
            SequencedNames.Assignment assignment = names.assign();
            RecordDraft draft = early != null ? early : draft(transaction, assignment);
            if (isEmpty(draft.body())) {
                return 0;
            }
            long lsn = append(draft.bytes());
            names.keep(assignment);
            enter(lsn, draft, keys(transaction, writes), constraints.claims());
            gate.openAfter(transaction, lsn);
            transaction.sequenced();
            return lsn;
        } finally {
            lock.unlock();
        }
    }

    /** Puts bytes of the owner into the order. */
    public long sequenceSystem(byte[] payload) {
        RecordBody body = new RecordBody.SystemPayload(payload);
        RecordDraft draft = new RecordDraft(body, RecordCodec.draft(body));
        lock.lock();
        try {
            requireWritable(store.publishedTs());
            long lsn = append(draft.bytes());
            enter(lsn, draft, new long[0], List.of());
            return lsn;
        } finally {
            lock.unlock();
        }
    }

    /** Appends the EPOCH record; sequencing begins once it is applied. */
    public LogPosition openReign(Epoch epoch) {
        lock.lock();
        try {
            forget();
            LogPosition position = log.openReign(epoch, log.end().lsn() + 1);
            reignLsn = position.lsn();
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reign here: nothing is sequenced any more, and records on their way are nobody's concern here. */
    public void closeReign() {
        lock.lock();
        try {
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** Records from one lsn to another as far as they are at hand as objects; perhaps none. For the applier. */
    public List<LogRecord> atHand(long fromLsn, long toLsn) {
        List<LogRecord> found = new ArrayList<>();
        lock.lock();
        try {
            for (InFlight next : inFlight) {
                if (next.lsn != fromLsn + found.size() || next.lsn > toLsn || next.record == null) {
                    break;
                }
                found.add(next.record);
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    /** Told by the applier after it applied records, in order: they are part of the graph now, and not pending. */
    public void applied(List<LogRecord> records) {
        lock.lock();
        try {
            records.forEach(this::settle);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void node(int slot) {
        nodeSlots.recycle(slot);
    }

    @Override
    public void relationship(int slot) {
        relationshipSlots.recycle(slot);
    }

    private void settle(LogRecord record) {
        InFlight first = inFlight.peekFirst();
        if (first != null && first.lsn == record.lsn()) {
            inFlight.removeFirst();
            keptBytes -= first.record == null ? 0 : first.record.header().length();
            pending.leave(first.pendingKeys, first.lsn);
            claims.leave(first.claims, first.lsn);
        }
        if (record.body() instanceof RecordBody.DataChanges data) {
            names.applied(data.additions());
        } else if (record.body() instanceof RecordBody.SchemaChanges schema) {
            names.applied(schema.additions());
        }
        if (record.lsn() == reignLsn) {
            startAboveEverything();
        }
        gate.applied(record.lsn());
    }

    private void startAboveEverything() {
        names.reset();
        nodeSlots.open(store.nodes().limit(), store.freeNodeSlots());
        relationshipSlots.open(store.relationships().limit(), store.freeRelationshipSlots());
        writable = true;
    }

    private void forget() {
        reignLsn = NOT_OPEN;
        writable = false;
        nodeSlots.close();
        relationshipSlots.close();
        inFlight.clear();
        keptBytes = 0;
        pending.clear();
        claims.clear();
        gate.reset();
        names.reset();
    }

    private void requireWritable(long snapshot) {
        if (!writable || snapshot < reignLsn) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    writable
                            ? "The database became writable after this transaction began. Nothing was changed; run the"
                                    + " transaction again."
                            : "The database is not open for writing on this instance at the moment. Nothing was"
                                    + " changed; run the transaction again, on the MAIN.");
        }
    }

    private void check(StoreTransaction transaction, WriteSet writes) {
        long snapshot = transaction.snapshot();
        writes.check(conflicts, snapshot);
        if (transaction.changesSchema()) {
            boolean unchanged =
                    store.indexes().declaredAt(snapshot).equals(store.indexes().declaredAt(store.publishedTs()))
                            && store.constraints()
                                    .at(snapshot)
                                    .equals(store.constraints().newest().all());
            conflicts.checkSchema(unchanged, snapshot);
        }
    }

    private static long[] keys(StoreTransaction transaction, WriteSet writes) {
        return transaction.changesSchema() ? new long[] {PendingTable.key(Effect.SCHEMA, 0)} : writes.pendingKeys();
    }

    private RecordDraft draft(StoreTransaction transaction, SequencedNames.Assignment assignment) {
        RecordBuilder builder = new RecordBuilder(transaction.overlay(), assignment);
        RecordBody body = transaction.changesSchema()
                ? builder.schema(transaction.schemaChanges(), transaction.constraintOperations(assignment))
                : builder.data();
        return new RecordDraft(body, RecordCodec.draft(body));
    }

    private static boolean isEmpty(RecordBody body) {
        return body instanceof RecordBody.DataChanges data && data.operations().isEmpty();
    }

    private long append(byte[] draft) {
        return log.append(draft, log.end().lsn() + 1).lsn();
    }

    private void enter(long lsn, RecordDraft draft, long[] keys, List<ClaimTable.Claim> claimed) {
        pending.enter(keys, lsn);
        claims.enter(claimed, lsn);
        LogRecord record = new LogRecord(RecordCodec.header(draft.bytes()), draft.body());
        boolean kept = keptBytes + record.header().length() <= limits.recordBytesMax();
        keptBytes += kept ? record.header().length() : 0;
        inFlight.addLast(new InFlight(lsn, kept ? record : null, keys, claimed));
    }

    private boolean namesKnown(NameOverlay overlay) {
        for (NameKind kind : NameKind.values()) {
            for (String name : overlay.names(kind)) {
                if (names.find(kind, name) == GraphReads.NO_TOKEN) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void requireIsolatedDeletions(Overlay overlay) {
        MergedReads reads = new MergedReads(overlay);
        for (int i = 0; i < overlay.nodes.size(); i++) {
            if (!overlay.nodes.valueAt(i).deleted) {
                continue;
            }
            int node = overlay.nodes.keyAt(i);
            long left = reads.degree(node, Direction.BOTH, ANY_TYPE);
            if (left > 0) {
                throw new SkeinException(
                        ErrorCode.CONSTRAINT_VERIFICATION_FAILED,
                        "Node " + node + " cannot be deleted: it still has " + left
                                + " relationships [DeleteConnectedNode]. Delete these first, or use DETACH DELETE.");
            }
        }
    }
}
