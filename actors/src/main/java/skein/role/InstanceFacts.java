package skein.role;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.replication.ServedDatabase;
import skein.role.core.RoleView;
import skein.storage.Database;
import skein.storage.wal.LogCounters;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicaName;

/** What an instance's databases hold and how its replicas keep up, at this moment. Thread-safe. */
public final class InstanceFacts {
    private final DatabaseSet databases;

    public InstanceFacts(DatabaseSet databases) {
        this.databases = databases;
    }

    /**
     * A replica.
     *
     * @param ready it keeps up in every database
     * @param lag in transactions
     */
    public record ReplicaFacts(ReplicaName name, boolean ready, Map<DatabaseName, Long> lag) {
        public ReplicaFacts {
            lag = Map.copyOf(lag);
        }
    }

    /** User databases that are served. */
    public Map<DatabaseName, LogEnd> logs() {
        return perDatabase(served -> {
            Database database = served.cell().database();
            var end = database.logEnd();
            return new LogEnd(end.epoch(), end.lsn(), database.decidedLsn(), end.lsn());
        });
    }

    /** Last record that is shown, per user database. */
    public Map<DatabaseName, Long> applied() {
        return perDatabase(served -> served.cell().database().appliedLsn());
    }

    /** What the logs of the user databases have done since they were opened. */
    public Map<DatabaseName, LogCounters> logWork() {
        return perDatabase(served -> served.cell().database().logWork());
    }

    /** Bytes in the files of the user databases. */
    public Map<DatabaseName, Long> diskBytes() {
        return perDatabase(served -> served.storage().diskBytes());
    }

    /** Those registered, in that order. */
    public List<ReplicaFacts> replicas(RoleView role) {
        return role.replicas().stream()
                .map(registration -> {
                    ReplicaName name = registration.name();
                    boolean promised =
                            !registration.mode().joins() || role.joined().contains(name);
                    return new ReplicaFacts(
                            name,
                            promised && keepsUp(name),
                            perDatabase(served -> served.lag(name).lagTransactions()));
                })
                .toList();
    }

    private boolean keepsUp(ReplicaName name) {
        return databases.everything().stream().allMatch(database -> {
            StreamStatus status = database.status(name);
            return status != null
                    && switch (status.state()) {
                        case READY, REPLICATING -> true;
                        case RECOVERY, INVALID, DIVERGED -> false;
                    };
        });
    }

    /** No commit is under way, and all replicas that keep up have everything. */
    public boolean isQuiet() {
        return databases.everything().stream().allMatch(ServedDatabase::isQuiet);
    }

    private <T> Map<DatabaseName, T> perDatabase(Function<ServedDatabase, T> fact) {
        Map<DatabaseName, T> facts = new HashMap<>();
        databases.users().forEach(served -> facts.put(served.name(), fact.apply(served)));
        return facts;
    }
}
