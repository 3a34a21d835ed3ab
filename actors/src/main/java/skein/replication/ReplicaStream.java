package skein.replication;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol.Ack;
import skein.protocol.ReplicationProtocol.Append;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.protocol.WireMessage;
import skein.replication.core.CatchUpCosts;
import skein.replication.core.LedgerInput;
import skein.replication.core.StreamCore;
import skein.replication.core.StreamEffect;
import skein.replication.core.StreamEffect.CaughtUp;
import skein.replication.core.StreamEffect.CloseSnapshot;
import skein.replication.core.StreamEffect.Connect;
import skein.replication.core.StreamEffect.Disconnect;
import skein.replication.core.StreamEffect.Fetch;
import skein.replication.core.StreamEffect.FetchBlocks;
import skein.replication.core.StreamEffect.Locate;
import skein.replication.core.StreamEffect.Lost;
import skein.replication.core.StreamEffect.MakeSnapshot;
import skein.replication.core.StreamEffect.NoteGivenUp;
import skein.replication.core.StreamEffect.OpenSnapshot;
import skein.replication.core.StreamEffect.Progress;
import skein.replication.core.StreamEffect.RetryAt;
import skein.replication.core.StreamEffect.Say;
import skein.replication.core.StreamEffect.SayHello;
import skein.replication.core.StreamEffect.Send;
import skein.replication.core.StreamInput;
import skein.storage.failpoint.FailPoint;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogRead;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/**
 * Streams one database to one replica: the shell of a {@link StreamCore}. Reads the log, perhaps from disk, so it runs
 * on the dispatcher for blocking work.
 *
 * <p>Hot path: confined mutable state. Restarted by nobody: when it fails its parent's database has failed.
 */
final class ReplicaStream {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaStream.class);

    /** Everything in the mailbox. */
    sealed interface Message {}

    /** The log reaches further; how far, the log knows. */
    record Grown() implements Message {}

    /** From the database: decided up to here. */
    record Decided(long lsn) implements Message {}

    /** From the database: commits no longer wait for this replica. */
    record LeftSync() implements Message {}

    /** From the database: end. */
    record Stop() implements Message {}

    /** From the link; numbers tell connections apart. */
    private record Opened(long number, LinkConnection connection) implements Message {}

    private record Received(long number, WireMessage message) implements Message {}

    private record Closed(long number, LinkClosed reason) implements Message {}

    /** The check interval, or what the core asked for. */
    private record Tick() implements Message {}

    /** From the thread that made a snapshot; the reason why there is none, or null. */
    private record Made(@Nullable String failure) implements Message {}

    private final ActorRef<Message> self;
    private final TimerScheduler<Message> timers;
    private final StreamSpec spec;
    private final DatabaseCell cell;
    private final DatabaseSettings settings;
    private final Growth growth;
    private final Consumer<LedgerInput> ledger;
    private final Deque<StreamInput> inputs = new ArrayDeque<>();
    private StreamCore core;
    private long connectionNumber;
    private Link.@Nullable LinkHandle attempt;
    private @Nullable LinkConnection connection;
    private final SnapshotShelf shelf;
    private final CatchUpMeter meter;
    private String said = "";

    private ReplicaStream(
            ActorRef<Message> self,
            TimerScheduler<Message> timers,
            StreamSpec spec,
            DatabaseCell cell,
            DatabaseSettings settings,
            Growth growth,
            Consumer<LedgerInput> ledger) {
        this.self = self;
        this.timers = timers;
        this.spec = spec;
        this.cell = cell;
        this.settings = settings;
        this.growth = growth;
        this.ledger = ledger;
        this.shelf = new SnapshotShelf(cell);
        this.meter = new CatchUpMeter(spec.registration().name(), cell::name, settings.meter());
        this.core = StreamCore.starting(
                settings.limits(),
                spec.travels(),
                cell.end().lsn(),
                cell.database().decidedLsn());
    }

    /**
     * @param growth where this stream says that it has heard of the log's growth
     * @param ledger hears what the database's ledger has to know
     */
    static Behavior<Message> create(
            StreamSpec spec,
            DatabaseCell cell,
            DatabaseSettings settings,
            Growth growth,
            Consumer<LedgerInput> ledger) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ReplicaStream stream = new ReplicaStream(context.getSelf(), timers, spec, cell, settings, growth, ledger);
            timers.startTimerAtFixedRate(
                    new Tick(), Duration.ofNanos(settings.limits().checkNanos()));
            stream.step(new StreamInput.Tick());
            return stream.streaming();
        }));
    }

    private Behavior<Message> streaming() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Grown _ -> {
                    growth.heard();
                    step(new StreamInput.Grown(cell.end().lsn()));
                }
                case Decided(long lsn) -> step(new StreamInput.Decided(lsn));
                case LeftSync _ -> step(new StreamInput.LeftSync());
                case Tick _ -> step(new StreamInput.Tick());
                case Opened(long number, LinkConnection opened) -> opened(number, opened);
                case Received(long number, WireMessage received) -> received(number, received);
                case Closed(long number, LinkClosed reason) -> closed(number, reason);
                case Made(String failure) ->
                    step(failure == null ? new StreamInput.SnapshotMade() : new StreamInput.NoSnapshot(failure));
                case Stop _ -> {
                    shelf.close();
                    disconnect();
                    return Behaviors.stopped();
                }
            }
            return Behaviors.same();
        });
    }

    private void opened(long number, LinkConnection opened) {
        if (number != connectionNumber) {
            opened.close();
            return;
        }
        connection = opened;
        step(new StreamInput.Opened());
    }

    private void received(long number, WireMessage message) {
        LinkConnection current = connection;
        if (number != connectionNumber || current == null) {
            return;
        }
        if (message instanceof Ack) {
            FailPoint.STREAM_ACK_RECEIVED.reached();
        }
        if (message instanceof FromReplica fromReplica) {
            // only a Welcome is compared with this log
            List<LogPosition> reigns =
                    fromReplica instanceof Welcome ? cell.database().lineage() : List.of();
            step(new StreamInput.Received(fromReplica, reigns, cell.end()));
            current.confirm();
        } else {
            current.close();
        }
    }

    private void closed(long number, LinkClosed reason) {
        if (number == connectionNumber) {
            connection = null;
            attempt = null;
            step(new StreamInput.Closed(reason.detail()));
        }
    }

    private void step(StreamInput first) {
        inputs.add(first);
        for (StreamInput input = inputs.poll(); input != null; input = inputs.poll()) {
            Step<StreamCore, StreamEffect> step = core.step(input, cell.nanos());
            core = step.state();
            step.effects().forEach(this::perform);
        }
        publish();
    }

    private void publish() {
        StreamState state = core.shown(cell.nanos());
        long end = spec.passesOn() ? core.decidedLsn() : cell.end().lsn();
        long behind = Math.min(0, core.durableLsn() - end);
        meter.look(core, state, end, cell.nanos());
        spec.status()
                .accept(new StreamStatus(
                        core.durableLsn(), behind, state, meter.progress().orElse(null), meter.givenUp()));
    }

    private ReplicaName name() {
        return spec.registration().name();
    }

    private void perform(StreamEffect effect) {
        switch (effect) {
            case Connect _ -> connect();
            case Disconnect _ -> disconnect();
            case SayHello _ -> send(spec.hello().apply(cell.identity()));
            case Send(var message) -> sendOn(message);
            case Locate(long lsn) -> inputs.add(locate(lsn));
            case Fetch(long after, long upTo, int bytes) -> inputs.add(fetch(after, upTo, bytes));
            case OpenSnapshot(long lsn) -> inputs.add(shelf.open(lsn));
            case MakeSnapshot _ -> shelf.make(failure -> self.tell(new Made(failure)));
            case FetchBlocks(long offset, int bytes) -> inputs.add(shelf.read(offset, bytes));
            case CloseSnapshot(long received) -> shelf.close(received);
            case NoteGivenUp(GaveUp what) -> meter.gaveUp(what);
            case CaughtUp(long durable, long applied) -> ledger.accept(new LedgerInput.Ready(name(), durable, applied));
            case Progress(long durable, long applied) -> ledger.accept(new LedgerInput.Acked(name(), durable, applied));
            case Lost(var doubt) -> ledger.accept(new LedgerInput.Lost(name(), doubt));
            case RetryAt(long nanos) ->
                timers.startSingleTimer("retry", new Tick(), Duration.ofNanos(Math.max(0, nanos - cell.nanos())));
            case Say(String text) -> say(text);
        }
    }

    /** A replica that stays away says the same at every attempt: once is enough. */
    private void say(String text) {
        if (!text.equals(said)) {
            LOG.info("replica {} of {}: {}", name(), cell.name(), text);
            said = text;
        }
    }

    private void connect() {
        long number = ++connectionNumber;
        attempt = settings.link().connect(spec.registration().address(), new LinkListener() {
            @Override
            public void opened(LinkConnection opened) {
                self.tell(new Opened(number, opened));
            }

            @Override
            public void received(WireMessage message) {
                self.tell(new Received(number, message));
            }

            @Override
            public void closed(LinkClosed reason) {
                self.tell(new Closed(number, reason));
            }
        });
    }

    private void disconnect() {
        connectionNumber++;
        Link.LinkHandle open = attempt;
        attempt = null;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** Only records are a step of a commit. */
    private void sendOn(WireMessage message) {
        boolean records = message instanceof Append append && append.records().hasRemaining();
        if (records) {
            FailPoint.STREAM_BEFORE_SEND.reached();
        }
        send(message);
        if (records) {
            FailPoint.STREAM_SENT.reached();
        }
    }

    private void send(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(message);
        }
    }

    private StreamInput locate(long lsn) {
        Optional<LogPosition> position = cell.database().positionOf(lsn);
        CatchUpCosts costs = shelf.costsAfter(lsn);
        meter.toGo(costs.logBytes(), lsn);
        return position.<StreamInput>map(found -> new StreamInput.Located(found, costs))
                .orElseGet(() -> notHeld(lsn, costs));
    }

    private StreamInput notHeld(long lsn, CatchUpCosts costs) {
        return new StreamInput.NotHeld(lsn, cell.database().logStart().lsn(), costs);
    }

    private StreamInput fetch(long after, long upTo, int bytes) {
        return switch (cell.database().read(after, bytes)) {
            case LogRead.Found(LogChunk chunk) ->
                LogSlice.upTo(chunk, upTo)
                        .<StreamInput>map(
                                found -> new StreamInput.Fetched(found.previous(), found.last(), found.records()))
                        .orElseGet(StreamInput.FetchedNothing::new);
            case LogRead.AtEnd() -> new StreamInput.FetchedNothing();
            case LogRead.NotHeld(LogPosition _) -> notHeld(after, CatchUpCosts.NONE);
        };
    }
}
