package skein.simulation.cores;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.FromReplica;
import skein.protocol.ReplicationProtocol.GaveUp;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Welcome;
import skein.protocol.WireMessage;
import skein.replication.core.CatchUpCosts;
import skein.replication.core.LedgerInput;
import skein.replication.core.StreamCore;
import skein.replication.core.StreamEffect;
import skein.replication.core.StreamInput;
import skein.role.core.Registration;
import skein.simulation.Host;
import skein.simulation.Mailbox;
import skein.simulation.Probe;
import skein.vocabulary.LogPosition;
import skein.vocabulary.Step;

/** A stream to one replica: carries out what its core says. */
final class CoreStream {
    private static final long SNAPSHOT_NANOS_MAX = 500_000_000;

    private final CoreDatabase database;
    private final Host host;
    private final Registration registration;
    private final Supplier<MainIdentity> identity;
    private final Mailbox mailbox;
    private final Deque<StreamInput> inputs = new ArrayDeque<>();
    private final CoreShelf shelf;
    private StreamCore core;
    private long connectionNumber;
    private Link.@Nullable LinkHandle attempt;
    private @Nullable LinkConnection connection;
    private boolean growthTold;
    private boolean stopped;

    CoreStream(CoreDatabase database, Registration registration, Supplier<MainIdentity> identity) {
        this.database = database;
        this.host = database.host();
        this.registration = registration;
        this.identity = identity;
        this.mailbox = new Mailbox(host);
        this.shelf = new CoreShelf(database);
        this.core = StreamCore.starting(
                database.settings().limits(),
                registration.mode(),
                database.log().end().lsn(),
                database.log().decidedLsn());
        mailbox.tell(() -> step(new StreamInput.Tick()));
        host.after(database.settings().limits().checkNanos(), this::check);
    }

    Registration registration() {
        return registration;
    }

    StreamState shown() {
        return core.shown(host.nanos());
    }

    boolean isDrained() {
        return switch (shown()) {
            case INVALID, DIVERGED -> true;
            case READY, REPLICATING, RECOVERY ->
                core.durableLsn() >= database.log().end().lsn();
        };
    }

    /** As above; one that is catching up is not waited for. */
    boolean isQuiet() {
        return shown() == StreamState.RECOVERY || isDrained();
    }

    long lag() {
        return database.log().end().lsn() - core.durableLsn();
    }

    private void check() {
        if (!stopped) {
            mailbox.tell(() -> step(new StreamInput.Tick()));
            host.after(database.settings().limits().checkNanos(), this::check);
        }
    }

    /** The log has grown: said once per burst, as sessions do. */
    void grown() {
        if (!growthTold) {
            growthTold = true;
            mailbox.tell(() -> {
                growthTold = false;
                step(new StreamInput.Grown(database.log().end().lsn()));
            });
        }
    }

    void decided(long lsn) {
        mailbox.tell(() -> step(new StreamInput.Decided(lsn)));
    }

    void leftSync() {
        mailbox.tell(() -> step(new StreamInput.LeftSync()));
    }

    void stop() {
        mailbox.tell(() -> {
            stopped = true;
            shelf.close();
            disconnect();
            mailbox.close();
        });
    }

    private void step(StreamInput first) {
        inputs.add(first);
        for (StreamInput input = inputs.poll(); input != null; input = inputs.poll()) {
            Step<StreamCore, StreamEffect> step = core.step(input, host.nanos());
            core = step.state();
            step.effects().forEach(this::perform);
        }
    }

    private void perform(StreamEffect effect) {
        switch (effect) {
            case StreamEffect.Connect _ -> connect();
            case StreamEffect.Disconnect _ -> disconnect();
            case StreamEffect.SayHello _ ->
                send(new Hello(ReplicationProtocol.VERSION, identity.get(), database.identity()));
            case StreamEffect.Send(var message) -> send(message);
            case StreamEffect.Locate(long lsn) -> inputs.add(locate(lsn));
            case StreamEffect.Fetch(long after, long upTo, int bytes) -> inputs.add(fetch(after, upTo, bytes));
            case StreamEffect.CaughtUp(long durable, long applied) -> {
                host.world().reached(Probe.REPLICA_CAUGHT_UP);
                database.caughtUp(registration);
                ledger(new LedgerInput.Ready(registration.name(), durable, applied));
            }
            case StreamEffect.Progress(long durable, long applied) ->
                ledger(new LedgerInput.Acked(registration.name(), durable, applied));
            case StreamEffect.Lost(var doubt) -> ledger(new LedgerInput.Lost(registration.name(), doubt));
            case StreamEffect.RetryAt(long nanos) ->
                host.after(nanos - host.nanos(), () -> mailbox.tell(() -> step(new StreamInput.Tick())));
            case StreamEffect.OpenSnapshot(long lsn) -> inputs.add(shelf.open(lsn));
            case StreamEffect.MakeSnapshot _ -> makeSnapshot();
            case StreamEffect.FetchBlocks(long offset, int bytes) -> inputs.add(shelf.read(offset, bytes));
            case StreamEffect.CloseSnapshot _ -> shelf.close();
            case StreamEffect.NoteGivenUp(GaveUp what) -> {
                database.note("gave up", registration.name() + ": " + what.transactions());
                database.node().truth().tails().told(database, registration, what);
            }
            case StreamEffect.Say(String text) -> database.note("stream says", registration.name() + ": " + text);
        }
    }

    private void ledger(LedgerInput input) {
        database.streamSpoke(this, input);
    }

    private void makeSnapshot() {
        host.afterTrue(host.world().around(0, SNAPSHOT_NANOS_MAX), () -> {
            boolean made = !database.log().isFull() && !host.world().chance(0.1);
            if (made) {
                host.world().reached(Probe.SNAPSHOT_MADE_FOR_REPLICA);
                database.takeSnapshot();
            }
            mailbox.tell(() -> step(
                    made ? new StreamInput.SnapshotMade() : new StreamInput.NoSnapshot("it could not be written.")));
        });
    }

    /** The log after this record must stay. */
    long inUseLsn() {
        return shelf.inUseLsn();
    }

    private StreamInput locate(long lsn) {
        return database.log()
                .positionOf(lsn)
                .<StreamInput>map(found -> new StreamInput.Located(found, shelf.costsAfter(lsn)))
                .orElseGet(() -> notHeld(lsn, shelf.costsAfter(lsn)));
    }

    private StreamInput notHeld(long lsn, CatchUpCosts costs) {
        return new StreamInput.NotHeld(lsn, database.log().start().lsn(), costs);
    }

    private StreamInput fetch(long after, long upTo, int bytes) {
        if (after < database.log().start().lsn()) {
            return notHeld(after, CatchUpCosts.NONE);
        }
        Optional<CoreLog.Chunk> chunk = database.log().read(after, upTo, bytes);
        return chunk.<StreamInput>map(found -> new StreamInput.Fetched(found.previous(), found.last(), found.records()))
                .orElseGet(StreamInput.FetchedNothing::new);
    }

    private void send(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(message);
        }
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

    private void connect() {
        long number = ++connectionNumber;
        attempt = database.link().connect(registration.address(), new LinkListener() {
            @Override
            public void opened(LinkConnection opened) {
                mailbox.tell(() -> CoreStream.this.opened(number, opened));
            }

            @Override
            public void received(WireMessage message) {
                mailbox.tell(() -> CoreStream.this.received(number, message));
            }

            @Override
            public void closed(LinkClosed reason) {
                mailbox.tell(() -> CoreStream.this.closed(number, reason));
            }
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
        if (message instanceof FromReplica fromReplica) {
            noteRefusal(fromReplica);
            List<LogPosition> reigns =
                    fromReplica instanceof Welcome ? database.log().reigns() : List.of();
            step(new StreamInput.Received(fromReplica, reigns, database.log().end()));
            current.confirm();
        } else {
            current.close();
        }
    }

    private void noteRefusal(FromReplica message) {
        if (message instanceof Refusal(var reason, String text)) {
            database.note("stream refused", registration.name() + ": " + text);
            switch (reason) {
                case OTHER_MAIN, LOWER_EPOCH, NOT_REPLICA -> host.world().reached(Probe.FENCED_MESSAGE_REFUSED);
                case OUT_OF_SEQUENCE -> host.world().reached(Probe.OUT_OF_SEQUENCE_REFUSED);
                case LOOP, SUPERSEDED, VERSION, UNKNOWN_DATABASE, DIVERGED, UNEXPECTED, UNAVAILABLE -> {}
            }
        }
    }

    private void closed(long number, LinkClosed reason) {
        if (number == connectionNumber) {
            connection = null;
            attempt = null;
            step(new StreamInput.Closed(reason.detail()));
        }
    }
}
