package skein.role;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.query.QueryTarget;
import skein.query.SnapshotService;
import skein.query.StorageFigures;
import skein.session.Route;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.memory.MemorySource;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A database whose files are damaged or whose log has failed: it is shown and refuses everything, while the others
 * serve.
 */
record BrokenDatabase(DatabaseIdentity identity, Instant created, SkeinException reason) implements QueryTarget {
    static BrokenDatabase because(DatabaseIdentity identity, Instant created, Path directory, Throwable cause) {
        return new BrokenDatabase(
                identity,
                created,
                new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        "SKEIN-DB-020: Database " + identity.name() + " is broken and refuses everything; the other"
                                + " databases serve. The cause: " + cause.getMessage() + " Its directory is "
                                + directory
                                + ". On a REPLICA, have its MAIN send everything again: DROP REPLICA there, then"
                                + " REGISTER REPLICA with RESYNC; the damaged files stay beside the new ones, with"
                                + " .damaged at the end of their directory's name. On a MAIN, restore it from a copy, or give it up: DROP"
                                + " DATABASE " + identity.name() + " FORCE.",
                        cause));
    }

    BrokenDatabase renamed(DatabaseName name) {
        return new BrokenDatabase(new DatabaseIdentity(name, identity.id()), created, reason);
    }

    private SkeinException refusal() {
        return new SkeinException(reason.code(), String.valueOf(reason.getMessage()), reason);
    }

    @Override
    public DatabaseName name() {
        return identity.name();
    }

    @Override
    public UUID id() {
        return identity.id();
    }

    @Override
    public Optional<SkeinException> damage() {
        return Optional.of(reason);
    }

    @Override
    public Route route() {
        return new Route(false, null);
    }

    @Override
    public void attach() {
        // nothing of it is in use
    }

    @Override
    public void detach() {
        // see attach
    }

    @Override
    public OpenTransaction begin(AccessMode access, MemorySource memory, Runnable terminate) {
        throw refusal();
    }

    @Override
    public void requireWritable() {
        throw refusal();
    }

    @Override
    public StorageFigures storage() {
        throw refusal();
    }

    @Override
    public SnapshotService snapshots() {
        throw refusal();
    }

    @Override
    public Bookmark visible() {
        throw refusal();
    }

    @Override
    public void awaitVisible(List<Bookmark> own, Duration patience) {
        if (!own.isEmpty()) {
            throw refusal();
        }
    }
}
