package skein.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import skein.http.InstanceMetrics;
import skein.http.InstanceMetrics.Row;
import skein.instance.Instance;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.CatchUpProgress;
import skein.protocol.InstanceRoleProtocol.InstanceLag;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.vocabulary.DatabaseName;

/**
 * What {@code SHOW REPLICAS} and {@code SHOW REPLICATION LAG} say, as numbers: a row per replica that is registered
 * here, on a MAIN or in the middle of a chain, and per database of users.
 */
final class ReplicaGauges {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Supplier<List<ReplicaStatus>> replicas;
    private final Supplier<List<InstanceLag>> lags;

    /** @param lags those of the replicas in the same order, perhaps with the instance's own behind them */
    ReplicaGauges(Supplier<List<ReplicaStatus>> replicas, Supplier<List<InstanceLag>> lags) {
        this.replicas = replicas;
        this.lags = lags;
    }

    static ReplicaGauges of(Instance instance) {
        return new ReplicaGauges(
                () -> ask(instance, InstanceRoleProtocol.ShowReplicas::new)
                                instanceof InstanceRoleProtocol.Replicas(var replicas)
                        ? replicas
                        : List.of(),
                () -> ask(instance, InstanceRoleProtocol.ShowReplicationLag::new)
                                instanceof InstanceRoleProtocol.ReplicationLag(var instances)
                        ? instances
                        : List.of());
    }

    void addTo(InstanceMetrics metrics) {
        metrics.table(
                "replica.lag.transactions",
                "Transactions that a replica is behind.",
                () -> lags(StreamLag::lagTransactions));
        metrics.table("replica.lag.bytes", "About what these take in the log.", () -> lags(StreamLag::lagBytes));
        metrics.table(
                "replica.lag.seconds",
                "Age of the oldest record that a replica lacks.",
                () -> lags(lag -> lag.lagMillis() / MILLIS_PER_SECOND));
        metrics.table("replica.state", "1 for the state that a replica is in.", () -> each(ReplicaGauges::states));
        metrics.table(
                "replica.catch.up.percent",
                "How much a replica that catches up has of what it has to get, by log or by snapshot.",
                () -> each(catchUps(CatchUpProgress::percent)));
        metrics.table(
                "replica.catch.up.bytes.per.second",
                "How fast it gets it, on the average of this connection.",
                () -> each(catchUps(CatchUpProgress::bytesPerSecond)));
        metrics.table(
                "replica.catch.up.seconds.left",
                "How long it takes at this rate; NaN while that is not known.",
                () -> each(catchUps(ReplicaGauges::secondsLeft)));
        metrics.table(
                "replica.given.up.transactions",
                "Transactions that a replica gave up because its MAIN does not have them.",
                () -> each((status, row) -> row.accept(status.givenUp(), List.of())));
    }

    private static double secondsLeft(CatchUpProgress progress) {
        long left = progress.secondsLeft();
        return left < 0 ? Double.NaN : left;
    }

    /** Makes rows of the stream of one database: values, and tags behind those of replica and database. */
    private interface Rows extends BiConsumer<StreamStatus, BiConsumer<Number, List<String>>> {}

    private static void states(StreamStatus status, BiConsumer<Number, List<String>> row) {
        for (StreamState state : StreamState.values()) {
            row.accept(
                    status.state() == state ? 1 : 0,
                    List.of("state", state.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Rows catchUps(ToDoubleFunction<CatchUpProgress> what) {
        return (status, row) -> {
            CatchUpProgress progress = status.catchUp();
            if (progress != null) {
                row.accept(what.applyAsDouble(progress), List.of("by", progress.bySnapshot() ? "snapshot" : "log"));
            }
        };
    }

    private List<Row> each(Rows rows) {
        List<Row> all = new ArrayList<>();
        for (ReplicaStatus replica : replicas.get()) {
            replica.databases()
                    .forEach((database, status) -> rows.accept(
                            status,
                            (value, tags) -> all.add(row(value, replica.name().value(), database, tags))));
        }
        return all;
    }

    private List<Row> lags(ToDoubleFunction<StreamLag> what) {
        List<Row> rows = new ArrayList<>();
        int registered = replicas.get().size();
        lags.get().stream()
                .limit(registered)
                .forEach(replica -> replica.databases()
                        .forEach((database, lag) ->
                                rows.add(row(what.applyAsDouble(lag), replica.instance(), database, List.of()))));
        return rows;
    }

    private static Row row(Number value, String replica, DatabaseName database, List<String> more) {
        return Row.of(
                value.doubleValue(),
                Stream.concat(Stream.of("replica", replica, "database", database.value()), more.stream())
                        .toArray(String[]::new));
    }

    private static @Nullable Reply ask(
            Instance instance, Function<ActorRef<Reply>, InstanceRoleProtocol.Command> question) {
        try {
            return AskPattern.<InstanceRoleProtocol.Command, Reply>ask(
                            instance.role(),
                            question::apply,
                            PATIENCE,
                            instance.system().scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            return null;
        }
    }
}
