package skein.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.LinkConnection;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.Reason;
import skein.replication.core.CommitRules;
import skein.replication.core.FollowerInput;
import skein.replication.core.LedgerInput;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;

/**
 * Owns one database: as part of a MAIN it decides commits, as part of a REPLICA it follows. Both duties are phases of
 * one actor, so that the change from one to the other has a place in one mailbox and the database never has two owners.
 *
 * <p>Hot path: the duty at hand is one confined mutable object.
 */
public final class DatabaseActor {
    /** Everything in the mailbox. */
    public sealed interface Message {}

    /** From the log's thread: it is durable further than before. How far, the log knows; a truncation may have come. */
    record LogDurable() implements Message {}

    /**
     * Take up the duty of a MAIN, or go on with it in a new reign; answered when the EPOCH record is durable, and again
     * when it is decided.
     *
     * @param rules what the modes demand; they hold until the duty ends
     * @param replicas registered so far: the EPOCH record is decided by the rules of their modes
     */
    public record OpenReign(Epoch epoch, CommitRules rules, List<ReplicaTerms> replicas, ActorRef<ReignReply> replyTo)
            implements Message {
        public OpenReign {
            replicas = List.copyOf(replicas);
        }
    }

    /** Answers {@link OpenReign}. */
    public sealed interface ReignReply {}

    /** The reign's EPOCH record is durable here: streams may start, and the instance can be administered. */
    public record ReignStands(UUID database) implements ReignReply {}

    /** The reign's EPOCH record is decided: what was inherited is applied, and writes may come. */
    public record ReignOpen(UUID database) implements ReignReply {}

    /** Stream to this replica. */
    public record StartStream(StreamSpec spec) implements Message {}

    /** As replica: whom this instance follows has changed, and whoever follows it is to hear that. */
    public record GreetAnew() implements Message {}

    /**
     * End that stream.
     *
     * @param done called when no decision depends on the replica any more
     */
    public record StopStream(ReplicaName replica, Runnable done) implements Message {}

    /**
     * From a stream.
     *
     * @param stream tells it from an earlier one to the same replica
     */
    record StreamSpoke(Growth stream, LedgerInput input) implements Message {}

    /**
     * As MAIN: take no more writes; answered when none is under way and connected replicas hold everything, or soon.
     */
    public record Drain(ActorRef<DrainedReply> replyTo) implements Message {}

    /** Answer to {@link Drain}. */
    public record DrainedReply(UUID database) {}

    /** Take up the duty of a replica. */
    public record Follow() implements Message {}

    /** As replica: a MAIN that the role has admitted streams on this connection. */
    public record Admit(long number, LinkConnection connection, Hello hello) implements Message {}

    /** As replica: a message on an admitted connection. */
    public record Heard(long number, FromMain message) implements Message {}

    /** As replica: an admitted connection has ended. */
    public record HungUp(long number) implements Message {}

    /** As replica: whoever streams must no longer. */
    public record Depose(Reason reason, String text) implements Message {}

    /** Answered when everything told before has been done. */
    public record StandStill(long number, ActorRef<StoodStill> replyTo) implements Message {}

    /** Answer to {@link StandStill}. */
    public record StoodStill(long number, UUID database) {}

    /**
     * As replica that nobody streams to and that is being promoted: cut the tail, append to it or apply it; answered
     * when the log as it is then is durable.
     */
    public record Inherit(FollowerInput input, ActorRef<Inherited> replyTo) implements Message {}

    /** Answer to {@link Inherit}: the log ends here now. */
    public record Inherited(UUID database, LogPosition end) {}

    /** End; once the actor is gone, nobody here uses the database any more and it may be closed. */
    public record Stop() implements Message {}

    /** As replica: what came of work on another state of the database. */
    private record RebuildSpoke(RebuildWorker.Answer answer) implements Message {}

    /** A stream's actor has ended. */
    private record StreamEnded(ActorRef<ReplicaStream.Message> stream) implements Message {}

    /** A stream that broke is to run again. */
    private record StartStreamAgain(StreamSpec spec) implements Message {}

    /** A timer of the ledger. */
    private record LedgerTick() implements Message {}

    /** A timer: see whether everything is drained. */
    private record DrainTick() implements Message {}

    /** A timer: let go of what nobody can see any more. */
    private record TidyUp() implements Message {}

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseActor.class);
    private static final Duration STREAM_RESTART_DELAY = Duration.ofSeconds(1);
    private static final Duration TIDY_INTERVAL = Duration.ofSeconds(1);

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final DatabaseCell cell;
    private final ServedDatabase served;
    private final DatabaseSettings settings;

    private DatabaseActor(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            DatabaseCell cell,
            ServedDatabase served,
            DatabaseSettings settings) {
        this.context = context;
        this.timers = timers;
        this.cell = cell;
        this.served = served;
        this.settings = settings;
    }

    /** @param served what sessions see of the database; this actor tells it what it may do */
    public static Behavior<Message> create(DatabaseCell cell, ServedDatabase served, DatabaseSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            cell.ownedBy(context.getSelf());
            return new DatabaseActor(context, timers, cell, served, settings).idle();
        }));
    }

    /** Neither duty yet. */
    private Behavior<Message> idle() {
        return Behaviors.receiveMessage(message -> switch (message) {
            case OpenReign open -> takeUpMain(open);
            case Follow _ -> takeUpReplica();
            case Stop _ -> Behaviors.stopped();
            case Admit admit -> {
                admit.connection().close();
                yield Behaviors.same();
            }
            case Drain(ActorRef<DrainedReply> replyTo) -> {
                replyTo.tell(new DrainedReply(cell.id()));
                yield Behaviors.same();
            }
            case LogDurable _, StreamSpoke _, LedgerTick _, DrainTick _, TidyUp _, StartStream _, GreetAnew _ ->
                Behaviors.same();
            case StopStream(var _, Runnable done) -> {
                done.run();
                yield Behaviors.same();
            }
            case StreamEnded _, StartStreamAgain _, RebuildSpoke _ -> Behaviors.same();
            case StandStill still -> stoodStill(still);
            case Heard _, HungUp _, Depose _, Inherit _ -> Behaviors.same();
        });
    }

    private Behavior<Message> stoodStill(StandStill still) {
        still.replyTo().tell(new StoodStill(still.number(), cell.id()));
        return Behaviors.same();
    }

    private Behavior<Message> takeUpMain(OpenReign open) {
        timers.startTimerWithFixedDelay("tidy", new TidyUp(), TIDY_INTERVAL);
        return main(new MainDuty(cell, served, settings, spawner(), this::wakeAt, open));
    }

    private StreamGroup.Spawner spawner() {
        ActorRef<Message> self = context.getSelf();
        return (spec, growth) -> {
            ActorRef<ReplicaStream.Message> stream = context.spawn(
                    ReplicaStream.create(
                            spec, cell, settings, growth, input -> self.tell(new StreamSpoke(growth, input))),
                    "stream-" + UUID.randomUUID(),
                    DispatcherSelector.fromConfig("skein.database-dispatcher"));
            context.watchWith(stream, new StreamEnded(stream));
            return stream;
        };
    }

    private void wakeAt(long nanos) {
        long delay = Math.max(0, nanos - cell.nanos());
        timers.startSingleTimer("ledger", new LedgerTick(), Duration.ofNanos(delay));
    }

    private Behavior<Message> main(MainDuty duty) {
        return duty(message -> heardAsMain(duty, message), () -> leaveMain(duty));
    }

    /**
     * A database whose owner does not understand the world any more must not go on: what waits is told that its outcome
     * is unknown, and the role hears of it.
     */
    private Behavior<Message> duty(Function<Message, Behavior<Message>> heard, Runnable end) {
        return Behaviors.receive(
                (ignored, message) -> {
                    try {
                        return heard.apply(message);
                    } catch (RuntimeException e) {
                        cell.ownerFailed(e);
                        throw e;
                    }
                },
                (ignored, signal) -> {
                    if (signal instanceof PostStop) {
                        end.run();
                    }
                    return Behaviors.same();
                });
    }

    private Behavior<Message> heardAsMain(MainDuty duty, Message message) {
        switch (message) {
            case LogDurable _ -> duty.durable();
            case StreamSpoke(var stream, var input) -> duty.heard(stream, input);
            case LedgerTick _ -> duty.heard(new LedgerInput.Tick());
            case OpenReign open -> duty.openReign(open);
            case StartStream(StreamSpec spec) -> duty.startStream(spec);
            case StopStream(var replica, Runnable done) -> {
                duty.stopStream(replica);
                done.run();
            }
            case StreamEnded(var stream) -> streamEnded(duty.streamEnded(stream));
            case StartStreamAgain(StreamSpec spec) -> duty.startStreamAgain(spec);
            case Drain(ActorRef<DrainedReply> replyTo) -> {
                duty.drain(replyTo, cell.nanos());
                timers.startTimerWithFixedDelay("drain", new DrainTick(), Duration.ofMillis(5));
            }
            case TidyUp _ -> cell.database().tidyUp();
            case DrainTick _ -> {
                if (duty.drainTick(cell.nanos())) {
                    timers.cancel("drain");
                }
            }
            case Follow _ -> {
                leaveMain(duty);
                return takeUpReplica();
            }
            case Stop _ -> {
                leaveMain(duty);
                return Behaviors.stopped();
            }
            case Admit admit -> admit.connection().close();
            case StandStill still -> {
                return stoodStill(still);
            }
            case Heard _, HungUp _, Depose _, Inherit _, RebuildSpoke _, GreetAnew _ -> {}
        }
        return Behaviors.same();
    }

    private void streamEnded(@Nullable StreamSpec broken) {
        if (broken != null) {
            LOG.error(
                    "the stream of {} to replica {} broke; it starts again",
                    cell.name(),
                    broken.registration().name());
            timers.startSingleTimer(broken, new StartStreamAgain(broken), STREAM_RESTART_DELAY);
        }
    }

    private void leaveMain(MainDuty duty) {
        timers.cancelAll();
        duty.end();
    }

    private Behavior<Message> takeUpReplica() {
        timers.startTimerWithFixedDelay("tidy", new TidyUp(), TIDY_INTERVAL);
        ActorRef<Message> self = context.getSelf();
        return replica(new ReplicaDuty(
                cell, served, settings, spawner(), this::wakeAt, answer -> self.tell(new RebuildSpoke(answer))));
    }

    private Behavior<Message> replica(ReplicaDuty duty) {
        List<Message> postponed = new ArrayList<>();
        return duty(message -> heardAsReplica(duty, postponed, message), duty::end);
    }

    /** @param postponed what has to wait until the database has been exchanged */
    private Behavior<Message> heardAsReplica(ReplicaDuty duty, List<Message> postponed, Message message) {
        if (duty.isChanging()
                && (message instanceof OpenReign
                        || message instanceof Stop
                        || message instanceof StandStill
                        || message instanceof Inherit)) {
            postponed.add(message);
            return Behaviors.same();
        }
        switch (message) {
            case LogDurable _ -> duty.durable();
            case Admit(long number, LinkConnection connection, Hello _) -> duty.admit(number, connection);
            case Heard(long number, FromMain heard) -> duty.heard(number, heard);
            case HungUp(long number) -> duty.hungUp(number);
            case Depose(Reason reason, String text) -> duty.depose(reason, text);
            case StandStill still -> {
                return stoodStill(still);
            }
            case Inherit(FollowerInput input, ActorRef<Inherited> replyTo) -> duty.inherit(input, replyTo);
            case RebuildSpoke(RebuildWorker.Answer answer) -> {
                duty.heard(answer);
                if (!duty.isChanging()) {
                    postponed.forEach(context.getSelf()::tell);
                    postponed.clear();
                }
            }
            case OpenReign open -> {
                duty.depose(Reason.NOT_REPLICA, "this instance has become MAIN");
                timers.cancelAll();
                duty.end();
                return takeUpMain(open);
            }
            case Stop _ -> {
                duty.depose(Reason.UNAVAILABLE, "this instance stops");
                return Behaviors.stopped();
            }
            case TidyUp _ -> {
                if (!duty.isChanging()) {
                    cell.database().tidyUp();
                }
            }
            case Drain(ActorRef<DrainedReply> replyTo) -> replyTo.tell(new DrainedReply(cell.id()));
            case StreamSpoke(var stream, var input) -> duty.relay().heard(stream, input);
            case LedgerTick _ -> duty.relay().tick();
            case StartStream(StreamSpec spec) -> duty.relay().startStream(spec);
            case StopStream(var replica, Runnable done) -> {
                duty.relay().stopStream(replica);
                done.run();
            }
            case StreamEnded(var stream) -> streamEnded(duty.relay().streamEnded(stream));
            case StartStreamAgain(StreamSpec spec) -> duty.relay().startStreamAgain(spec);
            case GreetAnew _ -> duty.relay().greetAnew();
            case DrainTick _, Follow _ -> {}
        }
        return Behaviors.same();
    }
}
