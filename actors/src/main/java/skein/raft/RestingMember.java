package skein.raft;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import skein.raft.core.DurableState;
import skein.raft.core.RaftEvent;

/** The journal of a member that takes no part: it can be read, and be given one event more. */
public final class RestingMember extends EventSourcedBehavior<RestingMember.Write, RaftEvent, DurableState> {
    /** @param written completes when it is durable */
    public record Write(RaftEvent event, CompletableFuture<Done> written) {}

    private final CompletableFuture<DurableState> held;

    private RestingMember(PersistenceId id, CompletableFuture<DurableState> held) {
        super(id);
        this.held = held;
    }

    /** @param held completes with what the journal holds, or fails */
    public static Behavior<Write> create(CompletableFuture<DurableState> held) {
        return new RestingMember(RaftMember.ID, held);
    }

    @Override
    public DurableState emptyState() {
        return DurableState.empty();
    }

    @Override
    public EventHandler<DurableState, RaftEvent> eventHandler() {
        return DurableState::evolve;
    }

    @Override
    public SignalHandler<DurableState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), held::complete)
                .onSignal(RecoveryFailed.class, (state, failed) -> held.completeExceptionally(failed.getFailure()))
                .build();
    }

    @Override
    public CommandHandler<Write, RaftEvent, DurableState> commandHandler() {
        return (state, write) ->
                Effect().persist(write.event()).thenRun(() -> write.written().complete(Done.getInstance()));
    }
}
