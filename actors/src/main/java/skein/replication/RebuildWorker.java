package skein.replication;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.OfferSnapshot;
import skein.storage.DatabaseRebuild;
import skein.storage.GivenUp;
import skein.storage.snapshot.IncomingSnapshot;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotOutline;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * Writes and reads for a replica that is being rebuilt, so that its actor goes on answering: one thing after the other,
 * on a thread that ends when there is nothing to do. Called by the actor alone; answers on its own thread.
 */
final class RebuildWorker {
    private final DatabaseCell cell;
    private final Consumer<Answer> answers;
    private final Executor thread;

    /** Known to the worker's thread alone. */
    private @Nullable IncomingSnapshot incoming;

    private @Nullable SnapshotContent verified;

    /** What came of it. */
    sealed interface Answer {
        record Stored(long connection, long bytes) implements Answer {}

        record Verified(long connection, SnapshotContent content) implements Answer {}

        record NotReceived(long connection, boolean outOfSequence, String message) implements Answer {}

        /** The database is another one, or the old one again. */
        record Changed(@Nullable GivenUp givenUp, @Nullable String failure) implements Answer {}

        /** There is no database any more. */
        record Broken(RuntimeException cause) implements Answer {}
    }

    RebuildWorker(DatabaseCell cell, Consumer<Answer> answers) {
        this.cell = cell;
        this.answers = answers;
        this.thread = cell.platform().worker("skein-rebuild");
    }

    void open(long connection, OfferSnapshot offer) {
        attempt(connection, () -> {
            closeIncoming();
            IncomingSnapshot opened = cell.database()
                    .receiveSnapshot(
                            new SnapshotOutline(cell.id(), offer.position(), offer.createdMicros(), offer.bytes()));
            incoming = opened;
            return new Answer.Stored(connection, opened.received());
        });
    }

    void store(long connection, long offset, ByteBuffer blocks) {
        attempt(connection, () -> {
            IncomingSnapshot open = open();
            open.add(offset, blocks);
            return new Answer.Stored(connection, open.received());
        });
    }

    void verify(long connection) {
        attempt(connection, () -> {
            SnapshotContent content = open().verify();
            verified = content;
            return new Answer.Verified(connection, content);
        });
    }

    private IncomingSnapshot open() {
        return Invariant.present(incoming, "no snapshot is being received");
    }

    /** What has arrived stays. */
    void stop() {
        thread.execute(this::closeIncoming);
    }

    private void closeIncoming() {
        IncomingSnapshot open = incoming;
        incoming = null;
        if (open != null) {
            open.close();
        }
    }

    /** What was verified last, in place of everything; what this log holds after the record is kept beside it. */
    void install(long afterLsn) {
        change(rebuild -> {
            rebuild.install(Invariant.present(verified, "no snapshot was verified"), afterLsn);
            return null;
        });
    }

    void giveUpAfter(long lsn) {
        change(rebuild -> rebuild.giveUpAfter(lsn));
    }

    private void change(Function<DatabaseRebuild, @Nullable GivenUp> change) {
        thread.execute(() -> {
            try {
                closeIncoming();
                answers.accept(cell.reopen(change));
            } catch (RuntimeException | Error e) {
                answers.accept(new Answer.Broken(e instanceof RuntimeException known ? known : unexpected(e)));
            }
        });
    }

    private interface Attempt {
        Answer run();
    }

    private void attempt(long connection, Attempt attempt) {
        thread.execute(() -> {
            try {
                answers.accept(attempt.run());
            } catch (RuntimeException | Error e) {
                boolean outOfSequence =
                        e instanceof SkeinException expected && expected.code() == ErrorCode.REPLICATION_REFUSED;
                answers.accept(new Answer.NotReceived(connection, outOfSequence, String.valueOf(e.getMessage())));
            }
        });
    }

    private static RuntimeException unexpected(Throwable cause) {
        return new IllegalStateException(cause);
    }
}
