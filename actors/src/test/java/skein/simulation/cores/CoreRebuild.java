package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.protocol.ReplicationProtocol.Reason;
import skein.replication.core.FollowerInput;
import skein.simulation.Mailbox;
import skein.simulation.Probe;
import skein.vocabulary.Invariant;

/** Work for a replica that gets another state: one thing after the other, each taking its time, beside its mailbox. */
final class CoreRebuild {
    private static final long PIECE_NANOS_MAX = 3_000_000;
    private static final long CHANGE_NANOS_MAX = 400_000_000;

    private final CoreDatabase database;
    private final Consumer<FollowerInput> answers;
    private final Mailbox work;
    private @Nullable CoreSnapshot verified;

    /** @param answers what the follower hears, in its turn */
    CoreRebuild(CoreDatabase database, Consumer<FollowerInput> answers) {
        this.database = database;
        this.answers = answers;
        this.work = new Mailbox(database.host());
    }

    private void later(long nanosMax, Supplier<FollowerInput> task) {
        work.tell(() -> {
            work.hold();
            database.host().afterTrue(database.host().world().around(0, nanosMax), () -> {
                FollowerInput answer = task.get();
                database.whenTold(() -> answers.accept(answer));
                work.release();
            });
        });
    }

    void open(long connection, OfferSnapshot offer) {
        later(PIECE_NANOS_MAX, () -> {
            CoreIncoming present = database.log().incoming();
            if (present == null || !present.isOf(offer)) {
                database.log().incoming(new CoreIncoming(offer));
            } else if (present.received() > 0) {
                database.host().world().reached(Probe.SNAPSHOT_RESUMED);
            }
            return new FollowerInput.Stored(connection, incoming().received());
        });
    }

    private CoreIncoming incoming() {
        return Invariant.present(database.log().incoming(), "no snapshot is being received");
    }

    void store(long connection, long offset, ByteBuffer blocks) {
        later(
                PIECE_NANOS_MAX,
                () -> incoming().add(offset, blocks)
                        ? new FollowerInput.Stored(connection, incoming().received())
                        : new FollowerInput.NotReceived(
                                connection, Reason.OUT_OF_SEQUENCE, "blocks at " + offset + " do not follow"));
    }

    void verify(long connection) {
        later(CHANGE_NANOS_MAX, () -> {
            CoreSnapshot read = incoming().readBack();
            verified = read;
            return new FollowerInput.Verified(connection, read.position(), read.reigns(), database.report());
        });
    }

    /** What was verified last. */
    void install(long afterLsn) {
        later(CHANGE_NANOS_MAX, () -> {
            if (database.log().isFull()) {
                return rebuilt(null, "the disk is full");
            }
            database.install(Invariant.present(verified, "no snapshot was verified"), afterLsn);
            return rebuilt(null, null);
        });
    }

    void giveUpAfter(long lsn) {
        later(CHANGE_NANOS_MAX, () -> {
            CoreLog log = database.log();
            long records = log.end().lsn() - lsn;
            boolean complete = log.start().lsn() <= lsn;
            database.node().truth().givesUp(database, lsn);
            List<CoreRecord> dropped = log.entriesAfter(lsn);
            long transactions = database.giveUpAfter(lsn);
            GaveUp gaveUp = new GaveUp(Math.max(records, transactions), transactions, complete);
            database.node().truth().tails().gaveUp(database, dropped, gaveUp);
            return rebuilt(gaveUp, null);
        });
    }

    private FollowerInput rebuilt(@Nullable GaveUp gaveUp, @Nullable String failure) {
        CoreLog log = database.log();
        return new FollowerInput.Rebuilt(database.report(), log.durableLsn(), log.appliedLsn(), gaveUp, failure);
    }
}
