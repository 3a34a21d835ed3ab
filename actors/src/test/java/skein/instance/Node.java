package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CypherParser;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Done;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.ReplicationLag;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.Role;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.replication.ServedDatabase;
import skein.session.Authentication;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.Route;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.user.UserService;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** One running instance, as an operator and a client use it. */
final class Node {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPLICATION_PORT = 10_000;

    private final Instance instance;
    private final UserService users;
    private final String name;
    private final int boltPort;
    private boolean stopped;

    Node(Instance instance, UserService users, String name, int boltPort) {
        this.instance = instance;
        this.users = users;
        this.name = name;
        this.boltPort = boltPort;
    }

    HostPort replicationPort() {
        return new HostPort(name, REPLICATION_PORT);
    }

    HostPort bolt() {
        return new HostPort("127.0.0.1", boltPort);
    }

    Node becomeReplica() {
        done(ask(replyTo -> new InstanceRoleProtocol.SetRoleToReplica(REPLICATION_PORT, replyTo)));
        return this;
    }

    Node becomeMain() {
        promote(false);
        return this;
    }

    /** Answers the codes of the notifications. */
    List<String> promote(boolean force) {
        return done(ask(replyTo -> new InstanceRoleProtocol.SetRoleToMain(force, replyTo)));
    }

    boolean isMain() {
        return ask(InstanceRoleProtocol.ShowRole::new) instanceof Role(boolean main) && main;
    }

    void register(String replica, ReplicationMode mode, Node node) {
        register(replica, mode, null, node);
    }

    void register(String replica, ReplicationMode mode, @Nullable Duration timeout, Node node) {
        done(ask(replyTo -> new InstanceRoleProtocol.RegisterReplica(
                new ReplicaName(replica), mode, Optional.ofNullable(timeout), node.replicationPort(), false, replyTo)));
    }

    /** Answers the codes of the notifications. */
    List<String> registerAnyway(String replica, ReplicationMode mode, Node node) {
        return done(ask(replyTo -> new InstanceRoleProtocol.RegisterReplica(
                new ReplicaName(replica), mode, Optional.empty(), node.replicationPort(), true, replyTo)));
    }

    /** An operator types a command about replicas; answers the codes of the notifications. */
    List<String> type(String statement) {
        AdminStatement typed = CypherParser.parseAdmin(statement).orElseThrow();
        return done(ask(replyTo -> switch (typed) {
            case AdminStatement.SetReplicationRole(boolean main, boolean force, OptionalInt port) ->
                main
                        ? new InstanceRoleProtocol.SetRoleToMain(force, replyTo)
                        : new InstanceRoleProtocol.SetRoleToReplica(port.orElse(REPLICATION_PORT), replyTo);
            case AdminStatement.RegisterReplica(var replica, var mode, var timeout, var address, boolean resync) ->
                new InstanceRoleProtocol.RegisterReplica(
                        new ReplicaName(replica),
                        ReplicationMode.valueOf(mode),
                        timeout,
                        HostPort.parse(address, REPLICATION_PORT),
                        resync,
                        replyTo);
            case AdminStatement.DropReplica(var replica) ->
                new InstanceRoleProtocol.DropReplica(new ReplicaName(replica), replyTo);
            default -> throw new IllegalArgumentException(statement);
        }));
    }

    /** Answers the codes of the notifications. */
    List<String> drop(String replica) {
        return done(ask(replyTo -> new InstanceRoleProtocol.DropReplica(new ReplicaName(replica), replyTo)));
    }

    /** Answers the codes of the notifications. */
    List<String> createDatabase(String database) {
        return done(
                ask(replyTo -> new InstanceRoleProtocol.CreateDatabase(new DatabaseName(database), false, replyTo)));
    }

    void dropDatabase(String database) {
        dropDatabase(database, false);
    }

    void dropDatabase(String database, boolean force) {
        done(ask(replyTo -> new InstanceRoleProtocol.DropDatabase(new DatabaseName(database), false, force, replyTo)));
    }

    void renameDatabase(String from, String to) {
        done(ask(replyTo ->
                new InstanceRoleProtocol.RenameDatabase(new DatabaseName(from), new DatabaseName(to), replyTo)));
    }

    /** Names and identities, as clients see them. */
    Map<String, String> databases() {
        var identities = new TreeMap<String, String>();
        for (String database : read("SHOW DATABASES")) {
            identities.put(
                    database,
                    readIn(database, "CALL db.info() YIELD id RETURN id").getFirst());
        }
        return identities;
    }

    /** The database's column of SHOW REPLICAS. */
    Map<String, StreamState> streams(String replica) {
        var states = new TreeMap<String, StreamState>();
        replicas().stream()
                .filter(status -> status.name().value().equals(replica))
                .forEach(status ->
                        status.databases().forEach((name, stream) -> states.put(name.value(), stream.state())));
        return states;
    }

    /** Transactions that a replica gave up, of this MAIN's default database. */
    long givenUp(String replica) {
        return replicas().stream()
                .filter(status -> status.name().value().equals(replica))
                .flatMap(status -> status.databases().values().stream())
                .mapToLong(StreamStatus::givenUp)
                .sum();
    }

    List<String> replicaNames() {
        return replicas().stream().map(replica -> replica.name().value()).toList();
    }

    /** Of the system stream, then of the database's. */
    List<StreamState> states(String replica) {
        return replicas().stream()
                .filter(status -> status.name().value().equals(replica))
                .flatMap(status -> Stream.concat(
                        Stream.of(status.system().state()),
                        status.databases().values().stream().map(StreamStatus::state)))
                .toList();
    }

    /** SHOW REPLICATION LAG for the default database. */
    StreamLag lag(String instance) {
        if (ask(InstanceRoleProtocol.ShowReplicationLag::new) instanceof ReplicationLag(var instances)) {
            return instances.stream()
                    .filter(lag -> lag.instance().equals(instance))
                    .flatMap(lag -> lag.databases().values().stream())
                    .findFirst()
                    .orElseThrow();
        }
        throw new AssertionError("no lag");
    }

    private List<ReplicaStatus> replicas() {
        Reply reply = ask(InstanceRoleProtocol.ShowReplicas::new);
        if (reply instanceof Replicas(var replicas)) {
            return replicas;
        }
        throw new AssertionError("no replicas: " + reply);
    }

    private Reply ask(Function<ActorRef<Reply>, InstanceRoleProtocol.Command> command) {
        return AskPattern.ask(
                        instance.role(),
                        command::apply,
                        PATIENCE,
                        instance.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private static List<String> done(Reply reply) {
        if (reply instanceof Refused(var reason)) {
            throw reason;
        }
        if (!(reply instanceof Done(var notifications))) {
            throw new AssertionError("neither done nor refused: " + reply);
        }
        return notifications.stream().map(Notification::code).toList();
    }

    Authentication authentication() {
        return users.authentication();
    }

    /** What the role answers about users. */
    Reply users(Function<ActorRef<Reply>, InstanceRoleProtocol.Command> command) {
        return ask(command);
    }

    QueryService queries() {
        return instance.queries();
    }

    /** Auto-commits a write. */
    CommitSummary write(String query) {
        return writeIn(null, query);
    }

    CommitSummary writeIn(@Nullable String database, String query) {
        try (QuerySession session = instance.queries().open("test")) {
            QuerySummary summary = session.run(query, Map.of(), options(database, AccessMode.WRITE, List.of()))
                    .finish();
            Bookmark bookmark = summary.bookmark();
            if (bookmark == null) {
                throw new AssertionError("an auto-commit without a bookmark");
            }
            return new CommitSummary(bookmark, summary.notifications());
        }
    }

    /** Auto-commits a write, asking for what the replicas say. */
    List<ReplicaAck> acksOf(String query) {
        TransactionOptions asking = new TransactionOptions(
                null, AccessMode.WRITE, List.of(), null, Map.of(TransactionOptions.ASKS_FOR_ACKS, Value.TRUE));
        try (QuerySession session = instance.queries().open("test")) {
            List<ReplicaAck> acks =
                    session.run(query, Map.of(), asking).finish().acks();
            session.begin(asking);
            session.run(query, Map.of(), asking).finish();
            assertThat(session.commit().acks()).hasSameSizeAs(acks);
            return acks;
        }
    }

    List<String> read(String query) {
        return read(null, query, List.of());
    }

    List<String> readIn(String database, String query) {
        return read(database, query, List.of());
    }

    List<String> readInAt(String database, Bookmark bookmark, String query) {
        return read(database, query, List.of(bookmark));
    }

    /** One column of the answer. */
    List<String> column(String name, String query) {
        try (QuerySession session = session()) {
            QueryCursor cursor = session.run(query, Map.of(), options(null, AccessMode.READ, List.of()));
            int column = cursor.columns().indexOf(name);
            var values = new ArrayList<String>();
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                values.add(print(row[column]));
            }
            cursor.finish();
            return values;
        }
    }

    /** As if the log of a database had failed. */
    void fail(String database, SkeinException reason) {
        database(database).cell().failed(reason);
    }

    static TransactionOptions options(@Nullable String database, AccessMode access, List<Bookmark> bookmarks) {
        return new TransactionOptions(
                database == null ? null : new DatabaseName(database), access, bookmarks, null, Map.of());
    }

    QuerySession session() {
        return instance.queries().open("test");
    }

    Route route(String database) {
        return instance.queries().route(new DatabaseName(database));
    }

    /** Its MAIN's databases are here, which one that was only just registered still waits for, up to the bookmark. */
    void awaitRead(Bookmark bookmark) {
        await().ignoreExceptions().until(() -> readAt(bookmark, "RETURN 1").equals(List.of("1")));
    }

    /** Reads a state that includes the bookmark. */
    List<String> readAt(Bookmark bookmark, String query) {
        return read(null, query, List.of(bookmark));
    }

    private List<String> read(@Nullable String database, String query, List<Bookmark> bookmarks) {
        var options = options(database, AccessMode.READ, bookmarks);
        try (QuerySession session = instance.queries().open("test")) {
            QueryCursor cursor = session.run(query, Map.of(), options);
            var rows = new ArrayList<String>();
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(print(row[0]));
            }
            cursor.finish();
            return rows;
        }
    }

    private static String print(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> text;
            case Value.IntegerValue(long number) -> Long.toString(number);
            default -> value.toString();
        };
    }

    long stateHash() {
        return database().cell().database().stateHash();
    }

    long logEnd(String database) {
        return database(database).cell().database().logEnd().lsn();
    }

    long logEnd() {
        return database().cell().database().logEnd().lsn();
    }

    long durableLsn() {
        return database().cell().database().durableLsn();
    }

    UUID databaseId() {
        return database().id();
    }

    ServedDatabase database() {
        return database("skein");
    }

    private ServedDatabase database(String database) {
        return Invariant.present(
                instance.database(new DatabaseName(database)), "%s has no database %s", name, database);
    }

    void stop() {
        if (!stopped) {
            stopped = true;
            instance.close();
            users.close();
        }
    }
}
