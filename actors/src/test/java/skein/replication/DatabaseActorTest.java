package skein.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.link.memory.MemoryNetwork;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.query.QueryTarget.OpenTransaction;
import skein.replication.core.CommitRules;
import skein.replication.core.StreamLimits;
import skein.replication.core.SyncAck;
import skein.role.core.Registration;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.DatabaseOptions;
import skein.storage.memory.MemoryPool;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** One database and its actor, without a role around them. */
class DatabaseActorTest {
    private static final CommitRules RULES = new CommitRules(SyncAck.DURABLE, 1);

    private static final HostPort NOBODY = new HostPort("nobody", 1);

    @TempDir
    Path directory;

    private final ActorTestKit actors = ActorTestKit.create(
            ConfigFactory.parseResources("skein-actors.conf").withFallback(ConfigFactory.load()));
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<SkeinException> failures = new CopyOnWriteArrayList<>();
    private DatabaseCell cell;
    private ServedDatabase served;
    private ActorRef<DatabaseActor.Message> actor;

    @BeforeEach
    void open() {
        cell = DatabaseCell.open(
                new DatabaseName("skein"),
                directory,
                DatabaseOptions.standard(UUID.randomUUID()),
                payload -> {},
                failures::add);
        served = new ServedDatabase(cell, Instant.EPOCH);
        actor = actors.spawn(DatabaseActor.create(
                cell,
                served,
                new DatabaseSettings(
                        new InstanceName("main"),
                        NOBODY,
                        network,
                        StreamLimits.checkingEvery(Duration.ofSeconds(1)),
                        new CommitRules(SyncAck.DURABLE, 1),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100))));
    }

    @AfterEach
    void close() {
        actors.shutdownTestKit();
        network.close();
        cell.close();
    }

    @Test
    void writesComeOnlyAfterTheReignIsDecided() {
        assertThat(refusal(this::commit).code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        openReign(1);

        assertThat(commit()).isEqualTo(2);
        assertThat(cell.database().lineage()).hasSize(1);
    }

    @Test
    void drainedMainTakesNoMoreWrites() {
        openReign(1);
        TestProbe<DatabaseActor.DrainedReply> drained = actors.createTestProbe();
        actor.tell(new DatabaseActor.Drain(drained.ref()));
        drained.receiveMessage();

        assertThat(refusal(this::commit).code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void unreachableSyncReplicaHoldsNothingUp() {
        openReign(1);
        actor.tell(new DatabaseActor.StartStream(spec("r", status -> {})));

        assertThat(commit()).isEqualTo(2);
    }

    /** What the owner cannot understand ends the instance; who waits is told that the outcome is unknown. */
    @Test
    void ownerThatMeetsABrokenInvariantEndsTheInstance() {
        openReign(5);
        // registers a replica that never answers, so that a commit stays under way
        network.bind(NOBODY, remote -> new StuckReplica());
        var shown = new AtomicReference<@Nullable StreamStatus>();
        actor.tell(new DatabaseActor.StartStream(spec("r", shown::set)));
        await().until(() -> shown.get() != null && shown.get().state() == StreamState.READY);
        var waiting = CompletableFuture.supplyAsync(this::commit);
        await().until(() -> cell.database().durableLsn() == 2);

        actor.tell(new DatabaseActor.OpenReign(
                new Epoch(1, UUID.randomUUID()),
                RULES,
                List.of(),
                actors.<DatabaseActor.ReignReply>createTestProbe().ref()));

        assertThat(refusal(waiting::join).code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(failures).isNotEmpty();
    }

    @Test
    void streamThatBreaksStartsAgain() {
        openReign(1);
        var starts = new CopyOnWriteArrayList<String>();
        actor.tell(new DatabaseActor.StartStream(spec("r", status -> {
            starts.add("status");
            throw new IllegalStateException("planted");
        })));

        await().atMost(Duration.ofSeconds(10)).until(() -> starts.size() >= 2);
        assertThat(commit()).isEqualTo(2);
        assertThat(failures).isEmpty();
    }

    /** DROP answers when this is called: whoever writes next is not refused for want of the replica that is gone. */
    @Test
    void writesAreOpenWhenADroppedReplicaIsLetGo() {
        Registration strict = Registration.asked(new ReplicaName("r"), ReplicationMode.STRICT_SYNC, null, NOBODY);
        TestProbe<DatabaseActor.ReignReply> reign = actors.createTestProbe();
        actor.tell(new DatabaseActor.OpenReign(
                new Epoch(1, UUID.randomUUID()), RULES, List.of(new ReplicaTerms(strict, true)), reign.ref()));
        assertThat(reign.receiveMessage()).isInstanceOf(DatabaseActor.ReignStands.class);
        assertThat(refusal(served::requireWritable).code()).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        assertThat(served.isCovered()).isFalse();
        var writable = new CompletableFuture<Boolean>();

        actor.tell(new DatabaseActor.StopStream(strict.name(), () -> writable.complete(served.isWritable())));

        assertThat(writable.join()).isTrue();
        assertThat(served.isCovered()).isTrue();
        assertThat(commit()).isEqualTo(2);
    }

    private StreamSpec spec(String name, Consumer<StreamStatus> status) {
        return new StreamSpec(
                Registration.asked(new ReplicaName(name), ReplicationMode.SYNC, null, NOBODY),
                database -> new Hello(
                        ReplicationProtocol.VERSION,
                        new MainIdentity(
                                UUID.randomUUID(), new InstanceName("main"), NOBODY, new Epoch(1, UUID.randomUUID())),
                        database),
                false,
                status,
                () -> {});
    }

    private void openReign(long number) {
        TestProbe<DatabaseActor.ReignReply> reign = actors.createTestProbe();
        actor.tell(new DatabaseActor.OpenReign(new Epoch(number, UUID.randomUUID()), RULES, List.of(), reign.ref()));
        assertThat(reign.receiveMessage()).isInstanceOf(DatabaseActor.ReignStands.class);
        assertThat(reign.receiveMessage()).isInstanceOf(DatabaseActor.ReignOpen.class);
    }

    private long commit() {
        try (OpenTransaction transaction = served.begin(AccessMode.WRITE, MemoryPool.unlimited(), () -> {})) {
            transaction.graph().createNode(new int[0]);
            return transaction.commit().bookmark().lsn();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a test", e);
        }
    }

    private static SkeinException refusal(Runnable attempt) {
        return Optional.of(attempt)
                .map(work -> {
                    try {
                        work.run();
                        return null;
                    } catch (SkeinException e) {
                        return e;
                    } catch (CompletionException e) {
                        return (SkeinException) e.getCause();
                    }
                })
                .orElseThrow(() -> new AssertionError("nothing was refused"));
    }
}
