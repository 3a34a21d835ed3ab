package skein.instance;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.Link;
import skein.link.Link.LinkPort;
import skein.management.CoordinatorsWord;
import skein.management.ManagementAgent;
import skein.management.ManagementSettings;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.ManagementProtocol.Routes;
import skein.replication.WriteLatch;
import skein.replication.core.WriteGrant;
import skein.role.DatabaseSet;
import skein.role.InstanceFacts;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;

/** What an instance has besides when coordinators say what it is. */
final class Management {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private final DatabaseSet databases;
    private final ManagementSettings.Lines lines;
    private final LongSupplier nanos;
    private final CoordinatorsWord word;
    private final CompletableFuture<LinkPort> bound = new CompletableFuture<>();
    private final WriteLatch latch = new WriteLatch(
            WriteGrant.withheld(Long.MIN_VALUE, "this instance waits to hear from the coordinators what it is to be"));
    private volatile @Nullable ActorRef<ManagementAgent.Message> agent;

    Management(DatabaseSet databases, ManagementSettings.Lines lines, LongSupplier nanos) {
        this.databases = databases;
        this.lines = lines;
        this.nanos = nanos;
        this.word = new CoordinatorsWord(nanos);
    }

    WriteLatch latch() {
        return latch;
    }

    /** In the role's own actor, before it is anything. */
    void begin(ActorContext<InstanceRoleProtocol.Message> role, Link link, HostPort address) {
        agent = role.spawn(
                ManagementAgent.create(
                        new ManagementSettings(
                                address, link, role.getSelf(), new InstanceFacts(databases), latch, lines, nanos),
                        word,
                        bound),
                "management");
    }

    /** Completes when coordinators can connect. */
    CompletableFuture<LinkPort> bound() {
        return bound;
    }

    Optional<Routes> routes() {
        return word.routes();
    }

    Optional<Boolean> readersComeHere() {
        return word.sendsReadersHere();
    }

    /** Of the database that is the furthest behind its MAIN. */
    OptionalLong behind() {
        Map<DatabaseName, Long> main = word.mainLogs();
        Map<DatabaseName, Long> own = new InstanceFacts(databases).applied();
        return main.entrySet().stream()
                .mapToLong(log -> Math.max(0, log.getValue() - own.getOrDefault(log.getKey(), 0L)))
                .max();
    }

    Optional<Duration> leaseLeft() {
        WriteGrant grant = latch.grant();
        long now = nanos.getAsLong();
        return grant.takes() && grant.leaseEndNanos() != Long.MAX_VALUE
                ? Optional.of(Duration.ofNanos(Math.max(0, grant.leaseEndNanos() - now)))
                : Optional.empty();
    }

    /** Waits until this instance is not MAIN, or patience is out. */
    void leave(Duration patience) {
        ActorRef<ManagementAgent.Message> present = agent;
        if (present == null) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        present.tell(new ManagementAgent.Leave(done));
        try {
            done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("nobody else has become MAIN in time; this instance ends as what it is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
