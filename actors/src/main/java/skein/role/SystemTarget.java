package skein.role;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.query.QueryTarget;
import skein.query.SnapshotService;
import skein.query.StorageFigures;
import skein.replication.ServedDatabase;
import skein.session.Route;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.memory.MemorySource;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The system database as sessions meet it: drivers and tools name it to ask about databases; it holds no graph. */
record SystemTarget(ServedDatabase served) implements QueryTarget {
    @Override
    public DatabaseName name() {
        return served.name();
    }

    @Override
    public UUID id() {
        return served.id();
    }

    @Override
    public Instant created() {
        return served.created();
    }

    @Override
    public Optional<SkeinException> damage() {
        return Optional.empty();
    }

    @Override
    public Route route() {
        return served.route();
    }

    @Override
    public void attach() {
        served.attach();
    }

    @Override
    public void detach() {
        served.detach();
    }

    @Override
    public OpenTransaction begin(AccessMode access, MemorySource memory, Runnable terminate) {
        return served.begin(AccessMode.READ, memory, terminate);
    }

    @Override
    public void requireWritable() {
        throw new SkeinException(
                ErrorCode.ACCESS_MODE,
                "SKEIN-DB-021: The system database holds the catalogue of databases and no graph. Nothing was written."
                        + " Name another database, or none.");
    }

    @Override
    public StorageFigures storage() {
        return served.storage();
    }

    @Override
    public SnapshotService snapshots() {
        throw new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-DB-022: The system database has no snapshots: it is small, and its log alone is kept. Nothing was"
                        + " done. Name another database, or none.");
    }

    @Override
    public Bookmark visible() {
        return served.visible();
    }

    @Override
    public void awaitVisible(List<Bookmark> own, Duration patience) throws InterruptedException {
        served.awaitVisible(own, patience);
    }
}
