package skein.role;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.query.QueryTarget;
import skein.query.QueryTarget.OpenTransaction;
import skein.replication.ServedDatabase;
import skein.role.core.DatabaseNames;
import skein.role.core.RoleRefusals;
import skein.role.disk.DatabaseDirectories;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.DatabaseOptions;
import skein.storage.SnapshotImport;
import skein.storage.memory.MemoryPool;
import skein.storage.snapshot.SnapshotContent;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * {@code RECOVER SNAPSHOT}: a new database is made of the snapshot beside the others, then one record of the catalogue
 * gives it the name of the one it replaces. Until that record nothing has happened; the long part is done before it, on
 * a thread of its own. On the session's thread.
 */
final class SnapshotReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReplacement.class);

    private final DatabaseDirectories directories;
    private final Function<UUID, DatabaseOptions> options;
    private final BiFunction<DatabaseName, UUID, CompletionStage<Reply>> role;

    /** @param role asked for the record, by name and the identity that is to have it */
    SnapshotReplacement(
            DatabaseDirectories directories,
            Function<UUID, DatabaseOptions> options,
            BiFunction<DatabaseName, UUID, CompletionStage<Reply>> role) {
        this.directories = directories;
        this.options = options;
        this.role = role;
    }

    /** @param system whose streams tell whether replicas are registered */
    void run(QueryTarget target, ServedDatabase system, Path snapshot, boolean force) {
        requireAllowed(target, system, force);
        UUID id = UUID.randomUUID();
        try {
            SnapshotContent content = imported(snapshot, id);
            directories.finish(id);
            LOG.info(
                    "snapshot {} of {} nodes and {} relationships is to take the place of database {}, id {}, as id {}",
                    snapshot,
                    content.nodes(),
                    content.relationships(),
                    target.name(),
                    target.id(),
                    id);
        } catch (RuntimeException | Error e) {
            directories.abandon(id);
            throw e;
        }
        replace(target.name(), id);
    }

    private void replace(DatabaseName name, UUID id) {
        Reply reply;
        try {
            reply = role.apply(name, id).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new SkeinException(
                    ErrorCode.COMMIT_UNKNOWN,
                    "SKEIN-DB-025: Whether database " + name + " holds the content of the snapshot now is not known: "
                            + e.getCause() + ". Look with SHOW DATABASES and a query before repeating it.",
                    e);
        }
        if (reply instanceof Refused(SkeinException reason)) {
            if (reason.code() != ErrorCode.COMMIT_UNKNOWN) {
                directories.abandon(id);
            }
            throw reason;
        }
    }

    private static void requireAllowed(QueryTarget target, ServedDatabase system, boolean force) {
        if (DatabaseNames.isSystem(target.name())) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-DB-022: The system database has no snapshots. Nothing was done. Name another database, or"
                            + " none.");
        }
        system.requireWritable();
        if (!system.followers().isEmpty()) {
            throw RoleRefusals.recoveryWithReplicas(target.name());
        }
        if (!force && (target.damage().isPresent() || !isEmpty(target))) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-DB-024: RECOVER SNAPSHOT was not carried out: database " + target.name()
                            + " is not empty, and its content would be replaced. Nothing changed. Write RECOVER SNAPSHOT"
                            + " \"...\" FORCE to replace it; the files of the present content stay in the data"
                            + " directory.");
        }
    }

    private static boolean isEmpty(QueryTarget target) {
        try (OpenTransaction transaction = target.begin(AccessMode.READ, MemoryPool.unlimited(), () -> {})) {
            return transaction.graph().nodeCount() == 0;
        }
    }

    /** Keeps a processor busy, so not on a virtual thread. */
    private SnapshotContent imported(Path snapshot, UUID id) {
        CompletableFuture<SnapshotContent> result = new CompletableFuture<>();
        Thread.ofPlatform().name("skein-recover-snapshot").daemon(true).start(() -> {
            try {
                result.complete(SnapshotImport.run(snapshot, directories.unfinished(id), options.apply(id)));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkeinException expected ? expected : e;
        }
    }
}
