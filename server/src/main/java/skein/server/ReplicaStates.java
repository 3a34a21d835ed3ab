package skein.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import skein.http.InstanceMetrics.Row;
import skein.instance.Instance;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.StreamState;

/** In which state each replica of a MAIN is, as a table of zeros and ones: one row per replica, database and state. */
final class ReplicaStates {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private ReplicaStates() {}

    static List<Row> rows(Instance instance) {
        List<Row> rows = new ArrayList<>();
        if (ask(instance) instanceof InstanceRoleProtocol.Replicas(var replicas)) {
            replicas.forEach(replica -> add(replica, rows));
        }
        return rows;
    }

    private static void add(ReplicaStatus replica, List<Row> rows) {
        replica.databases().forEach((database, stream) -> {
            for (StreamState state : StreamState.values()) {
                rows.add(Row.of(
                        stream.state() == state ? 1 : 0,
                        "replica",
                        replica.name().value(),
                        "database",
                        database.value(),
                        "state",
                        state.name().toLowerCase(Locale.ROOT)));
            }
        });
    }

    private static Reply ask(Instance instance) {
        try {
            return AskPattern.<InstanceRoleProtocol.Command, Reply>ask(
                            instance.role(),
                            InstanceRoleProtocol.ShowReplicas::new,
                            PATIENCE,
                            instance.system().scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            return new InstanceRoleProtocol.Replicas(List.of());
        }
    }
}
