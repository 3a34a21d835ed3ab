package skein.instance;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.ClusterChange.CoordinatorForgotten;
import skein.coordination.core.ClusterChange.FailoverPaused;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorAddress;
import skein.journal.JournalPlatform;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Position;
import skein.raft.RestingMember;
import skein.raft.core.DurableState;
import skein.raft.core.RaftEvent;
import skein.raft.core.Recovery;
import skein.storage.wal.Platform;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The data directory of a coordinator that does not run, for repairs by an operator. Whoever opens it holds the
 * directory's lock.
 */
public final class RestingCoordinator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ActorSystem<RestingMember.Write> system;
    private final DurableState held;

    private RestingCoordinator(ActorSystem<RestingMember.Write> system, DurableState held) {
        this.system = system;
        this.held = held;
    }

    /**
     * Reads its journal; STORAGE_FAILURE when that cannot be.
     *
     * @param directory of an instance; where there is none, one would be made
     */
    public static RestingCoordinator open(Path directory) {
        CompletableFuture<DurableState> held = new CompletableFuture<>();
        ActorSystem<RestingMember.Write> system = ActorSystem.create(
                RestingMember.create(held),
                "skein",
                ActorSystemSetup.create(
                        BootstrapSetup.create(Instance.actorConfiguration(directory)),
                        new JournalPlatform(Platform.PROCESS)));
        var _ = system.getWhenTerminated().thenAccept(done -> held.completeExceptionally(unreadable(directory)));
        try {
            return new RestingCoordinator(system, await(held, directory));
        } catch (SkeinException e) {
            system.terminate();
            throw e;
        }
    }

    /** What it would go on with: all that is in its log, also what was not known to be agreed on. */
    public ClusterState cluster() {
        var snapshot = held.snapshot();
        ClusterState state = snapshot == null ? ClusterState.EMPTY : ClusterBytes.state(bytes(snapshot.state()));
        long index = held.log().base().index();
        for (Entry entry : held.log().entries()) {
            index++;
            boolean news = snapshot == null || index > snapshot.last().index();
            if (news && entry.content() instanceof Owned owned) {
                state = state.evolve(ClusterBytes.change(bytes(owned.bytes())));
            }
        }
        return state;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    public List<Integer> members() {
        return held.configuration().members().stream()
                .map(member -> member.id())
                .toList();
    }

    /** Of its log. Of two survivors the one with the higher term, then the higher index, holds more. */
    public Position last() {
        return held.log().last();
    }

    /** The id that it was started with; -1 before. */
    public int id() {
        var self = held.self();
        return self == null ? -1 : self.id();
    }

    /** Throws SkeinException when it cannot be made a group of its own. */
    public void checkAlone() {
        RaftEvent _ = Recovery.alone(held, new UUID(0, 0), List.of());
    }

    /**
     * Makes it a group of its own, durably: the other coordinators are forgotten, and automatic failover is paused
     * until somebody has looked at the instances.
     */
    public void makeAlone() {
        List<byte[]> entries = new ArrayList<>();
        for (CoordinatorAddress address : cluster().coordinators()) {
            if (address.id() != id()) {
                entries.add(ClusterBytes.of(new CoordinatorForgotten(address.id())));
            }
        }
        entries.add(ClusterBytes.of(new FailoverPaused(true)));
        RaftEvent event = Recovery.alone(held, UUID.randomUUID(), entries);
        CompletableFuture<Done> written = new CompletableFuture<>();
        system.tell(new RestingMember.Write(event, written));
        Done _ = await(written, Path.of("role"));
    }

    private static <T> T await(CompletableFuture<T> future, Path what) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SkeinException expected ? expected : unreadable(what);
        } catch (TimeoutException | InterruptedException e) {
            throw new SkeinException(ErrorCode.INTERNAL, "The journal in " + what + " did not answer in time.", e);
        }
    }

    private static SkeinException unreadable(Path directory) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "SKEIN-RAFT-022: The journal in " + directory + " cannot be read or written; the log says why."
                        + " Look at it with `skein check`, or use the directory of another survivor.");
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the journal did not close in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
