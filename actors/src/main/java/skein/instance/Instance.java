package skein.instance;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import skein.cypher.CypherEngine;
import skein.forwarding.ForwardedWrites;
import skein.journal.JournalPlatform;
import skein.link.Link;
import skein.link.tcp.LinkSecurity;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ManagementProtocol.Routes;
import skein.query.OpenTransactions;
import skein.query.SessionService;
import skein.query.TransactionWatch;
import skein.replication.CommitMeter;
import skein.replication.DatabaseSettings;
import skein.replication.ServedDatabase;
import skein.replication.WriteLatch;
import skein.replication.core.CommitRules;
import skein.replication.core.StreamLimits;
import skein.replication.core.SyncAck;
import skein.replication.core.WriteGrant;
import skein.role.DatabaseSet;
import skein.role.DatabaseSetSettings;
import skein.role.InstanceFacts;
import skein.role.InstanceRole;
import skein.role.RoleFailure;
import skein.role.RoleSettings;
import skein.session.QueryService;
import skein.setting.SettingDirectory;
import skein.storage.wal.LogCounters;
import skein.storage.wal.Platform;
import skein.user.UserService;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** One running instance without its Bolt port: role, databases, sessions. */
public final class Instance implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofMinutes(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(2);
    private static final Duration ENLIST_TIMEOUT = Duration.ofSeconds(10);

    /** What fails is tried again, and others wait meanwhile. */
    private static final Duration MANAGED_ENLIST_TIMEOUT = Duration.ofSeconds(2);

    private final ActorSystem<InstanceRoleProtocol.Message> system;
    private final DatabaseSet databases;
    private final PlanCounts plans;
    private final OpenTransactions transactions;
    private final QueryService queries;
    private final @Nullable Management management;
    private volatile boolean closing;

    private Instance(
            ActorSystem<InstanceRoleProtocol.Message> system,
            DatabaseSet databases,
            PlanCounts plans,
            OpenTransactions transactions,
            QueryService queries,
            @Nullable Management management) {
        this.system = system;
        this.databases = databases;
        this.plans = plans;
        this.transactions = transactions;
        this.queries = queries;
        this.management = management;
    }

    /**
     * Recovers the databases and takes up the role; returns when the instance is what it was, or a MAIN.
     *
     * @param users learn from the system database who there is
     * @param security how this instance talks to others
     * @param meter hears how long commits take
     * @param fatal hears that a log has failed: the process must end, without another word to clients
     */
    public static Instance start(
            InstanceSettings settings,
            UserService users,
            LinkSecurity security,
            CommitMeter meter,
            Consumer<SkeinException> fatal) {
        return start(settings, users, fatal, Surroundings.ofProcess(security, settings.link(), meter));
    }

    /** As above, anywhere. */
    public static Instance start(
            InstanceSettings settings, UserService users, Consumer<SkeinException> fatal, Surroundings surroundings) {
        Platform platform = surroundings.platform();
        Path directory = settings.dataDirectory();
        SettingDirectory shared =
                new SettingDirectory(settings.sessions().transactions().get());
        DatabaseSet databases = databases(settings, users, shared, fatal, platform);
        CompletableFuture<Void> started = new CompletableFuture<>();
        RoleFailure failure = new RoleFailure();
        ForwardedWrites forwarding = new ForwardedWrites(settings.forwarding());
        Management management = settings.management().isPresent()
                ? new Management(databases, forwarding::carry, platform::nanoTime)
                : null;
        ActorSystem<InstanceRoleProtocol.Message> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    Link link = surroundings.link().apply(context.getSystem());
                    if (management != null) {
                        management.begin(context, link, settings.management().orElseThrow());
                    }
                    return InstanceRole.create(
                            roleSettings(settings, users, forwarding, link, management, surroundings.meter()),
                            databases,
                            started,
                            failure);
                }),
                "skein",
                ActorSystemSetup.create(
                        BootstrapSetup.create(surroundings.actors().apply(actorConfiguration(directory))),
                        new JournalPlatform(platform)));
        OpenTransactions transactions = new OpenTransactions(platform::nanoTime);
        var _ = system.systemActorOf(TransactionWatch.create(transactions), "transaction-watch", Props.empty());
        PlanCounts plans = new PlanCounts();
        Instance instance = new Instance(
                system,
                databases,
                plans,
                transactions,
                new SessionService(
                        databases,
                        new CypherEngine(
                                settings.procedures(), settings.planCacheSize(), settings.queryLimits(), plans),
                        database -> new DatabaseFacts(
                                databases,
                                database,
                                settings.bolt(),
                                settings.memory().memory(),
                                transactions,
                                settings.shown()),
                        settings.sessions().limitedBy(shared::policy),
                        transactions,
                        users.directory(),
                        forwarding.forwarding()),
                management);
        forwarding.serve(instance.queries(), databases, users.directory()::inForce);
        users.onRenewal((account, hash) -> instance.role()
                .tell(new InstanceRoleProtocol.RenewHash(account.name(), account.version(), hash, system.ignoreRef())));
        instance.awaitStart(started, failure, fatal, platform.worker("skein-ending"));
        return instance;
    }

    /** Returns when it serves; from then on it ends the process when its role ends. */
    private void awaitStart(
            CompletableFuture<Void> started, RoleFailure failure, Consumer<SkeinException> fatal, Executor teller) {
        awaitOrEnd(started, teller, failure);
        if (management != null) {
            await(management.bound());
        }
        endWithItsRole(teller, fatal, failure);
    }

    private static DatabaseSet databases(
            InstanceSettings settings,
            UserService users,
            SettingDirectory shared,
            Consumer<SkeinException> fatal,
            Platform platform) {
        return new DatabaseSet(
                new DatabaseSetSettings(
                        platform,
                        settings.dataDirectory().resolve("databases"),
                        settings.defaultDatabase(),
                        settings.databasesMax(),
                        settings.isolateLogFailures(),
                        settings.snapshots(),
                        users.directory(),
                        shared,
                        settings::databaseOptions),
                fatal);
    }

    private static RoleSettings roleSettings(
            InstanceSettings settings,
            UserService users,
            ForwardedWrites forwarding,
            Link link,
            @Nullable Management management,
            CommitMeter meter) {
        return new RoleSettings(
                settings.name(),
                settings.bolt(),
                settings.replicationAddress(),
                settings.restoreRole() || management != null,
                management != null,
                settings.defaultDatabase(),
                link,
                users,
                forwarding,
                management == null ? ENLIST_TIMEOUT : MANAGED_ENLIST_TIMEOUT,
                new DatabaseSettings(
                        settings.name(),
                        settings.bolt(),
                        link,
                        StreamLimits.checkingEvery(settings.checkInterval()).withWindowBytes(settings.windowBytes()),
                        new CommitRules(
                                settings.syncAckApplied() ? SyncAck.APPLIED : SyncAck.DURABLE, settings.quorum()),
                        settings.syncAckTimeout(),
                        DRAIN_PATIENCE,
                        management == null ? new WriteLatch(WriteGrant.unlimited()) : management.latch(),
                        meter));
    }

    static Config actorConfiguration(Path directory) {
        return ConfigFactory.parseResources("skein-actors.conf")
                .withValue(
                        "skein.role-journal.directory",
                        ConfigValueFactory.fromAnyRef(directory.resolve("role").toString()))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    /** Its role's actor may end before it has taken up the role, because its journal cannot be read for example. */
    private void awaitOrEnd(CompletableFuture<Void> started, Executor teller, RoleFailure failure) {
        Consumer<Done> ended = done -> started.completeExceptionally(new SkeinException(
                ErrorCode.INTERNAL,
                "SKEIN-ROLE-013: The instance did not start: the actor that holds its role has ended: "
                        + failure.inWords() + ". The databases are not affected. Look at the files in the"
                        + " directory 'role' of the data directory, and start again."));
        whenEnded(ended, teller);
        await(started);
    }

    private void await(CompletableFuture<?> started) {
        try {
            started.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof SkeinException expected
                    ? expected
                    : new SkeinException(ErrorCode.INTERNAL, "The instance did not start: " + e.getCause(), e);
        } catch (TimeoutException | InterruptedException e) {
            close();
            throw new SkeinException(ErrorCode.INTERNAL, "The instance did not start in time.", e);
        }
    }

    /** An instance whose role's actor has ended, because its journal failed for example, must not serve on. */
    private void endWithItsRole(Executor teller, Consumer<SkeinException> fatal, RoleFailure failure) {
        Consumer<Done> ended = done -> {
            if (!closing) {
                fatal.accept(new SkeinException(
                        ErrorCode.INTERNAL,
                        "SKEIN-ROLE-009: The actor that holds this instance's role has ended: " + failure.inWords()
                                + ". The databases are not affected. Restart the instance."));
            }
        };
        whenEnded(ended, teller);
    }

    /** Without an executor it would be told on a thread of the common pool. */
    private void whenEnded(Consumer<Done> told, Executor teller) {
        var _ = system.getWhenTerminated().thenAcceptAsync(told, teller);
    }

    /** Where sessions come from. */
    public QueryService queries() {
        return queries;
    }

    /** Who answers role commands. */
    public ActorRef<InstanceRoleProtocol.Command> role() {
        return system.unsafeUpcast().narrow();
    }

    /** Where the coordinators say clients shall go; empty when none do, or have not for a while. */
    public Optional<Routes> routes() {
        return management == null ? Optional.empty() : management.routes();
    }

    /** Whether coordinators send readers here; empty when there are none, or they were not heard for a while. */
    public Optional<Boolean> readersComeHere() {
        return management == null ? Optional.empty() : management.readersComeHere();
    }

    /**
     * On a replica under coordinators: how many transactions the furthest of its databases is behind its MAIN, as that
     * last told the coordinators; empty where that is not known, or has not been heard for a while.
     */
    public OptionalLong behind() {
        return management == null ? OptionalLong.empty() : management.behind();
    }

    /** On a MAIN under coordinators: for so long nobody else can be MAIN; empty where there is no lease. */
    public Optional<Duration> leaseLeft() {
        return management == null ? Optional.empty() : management.leaseLeft();
    }

    /** What the logs of the databases have done since they were opened. */
    public Map<DatabaseName, LogCounters> logWork() {
        return new InstanceFacts(databases).logWork();
    }

    /** Bytes in the files of the databases. */
    public Map<DatabaseName, Long> diskBytes() {
        return new InstanceFacts(databases).diskBytes();
    }

    /** How many queries since the start were planned already; see {@link #planCacheMisses}. */
    public long planCacheHits() {
        return plans.hits();
    }

    /** How many had to be read and checked first. */
    public long planCacheMisses() {
        return plans.misses();
    }

    /** How many transactions since the start came with bookmarks; see {@link #bookmarkWaitNanos}. */
    public long bookmarkWaits() {
        return transactions.bookmarkWaits();
    }

    /** How long these have waited, together, for the states that their bookmarks name. */
    public long bookmarkWaitNanos() {
        return transactions.bookmarkWaitNanos();
    }

    /** Before {@link #close}: under coordinators, has somebody else become MAIN first if this instance is. */
    public void leave(Duration patience) {
        if (management != null) {
            management.leave(patience);
        }
    }

    /** A database itself; null while it is not served, as when a MAIN's is being taken over. */
    @Nullable
    ServedDatabase database(DatabaseName name) {
        return databases.served(name).orElse(null);
    }

    public ActorSystem<?> system() {
        return system;
    }

    /** Ends the actors, then flushes and closes the databases. */
    @Override
    public void close() {
        closing = true;
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the actors did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        databases.close();
    }
}
