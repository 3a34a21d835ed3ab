package skein.role;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.replication.ServedDatabase;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN's system database takes the place of this instance's. Where the disk has no room for it, for example, it
 * is tried again until there is; the instance goes on meanwhile, without a system database. Confined to the role's
 * actor.
 */
final class SystemAdoption {
    static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(SystemAdoption.class);

    private final DatabaseSet databases;
    private final Runnable tryLater;
    private @Nullable DatabaseIdentity wanted;
    private @Nullable String told;

    /** @param tryLater has {@link #make} called again after {@link #PAUSE} */
    SystemAdoption(DatabaseSet databases, Runnable tryLater) {
        this.databases = databases;
        this.tryLater = tryLater;
    }

    /** From when one is wanted until it is there. */
    boolean isUnderWay() {
        return wanted != null;
    }

    /** The newest wish counts. */
    void want(DatabaseIdentity system) {
        wanted = system;
    }

    /** The one before is closed, and no other database is served. Empty when it could not be made yet. */
    Optional<ServedDatabase> make() {
        DatabaseIdentity identity = Invariant.present(wanted, "no system database is to be taken over");
        try {
            ServedDatabase made = databases.adoptSystem(identity.id());
            wanted = null;
            told = null;
            return Optional.of(made);
        } catch (SkeinException | UncheckedIOException e) {
            tell(String.valueOf(e.getMessage()));
            tryLater.run();
            return Optional.empty();
        }
    }

    /** Once, and not every second. */
    private void tell(String message) {
        if (!message.equals(told)) {
            LOG.warn(
                    "the MAIN's system database cannot take the place of this instance's yet; it is tried again every"
                            + " second: {}",
                    message);
            told = message;
        }
    }
}
