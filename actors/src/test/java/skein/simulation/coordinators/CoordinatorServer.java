package skein.simulation.coordinators;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.coordination.LentCoordinatorLines;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorCore;
import skein.coordination.core.CoordinatorEffect;
import skein.coordination.core.CoordinatorInput;
import skein.coordination.core.Identity;
import skein.coordination.core.Moment;
import skein.link.LinkConnection;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RelayProtocol.RelayedAnswer;
import skein.protocol.RelayProtocol.RelayedElsewhere;
import skein.raft.core.Configuration;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftInput;
import skein.raft.core.RaftSettings;
import skein.simulation.Host;
import skein.simulation.Mailbox;
import skein.simulation.SimulatedNetwork;
import skein.vocabulary.HostPort;
import skein.vocabulary.Step;

/** A coordinator's process: its member of the Raft group and its core, as the shipped actors carry them out. */
public final class CoordinatorServer implements LentCoordinatorLines.Owner {
    private static final int RAFT_PORT = 12_000;
    private static final int MANAGEMENT_PORT = 13_000;
    private static final int BOLT_PORT = 7687;
    private static final long WALL_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Host host;
    private final Identity self;
    private final SimulatedNetwork network;
    private final RaftSettings settings;
    private final CoordinatorDisk disk;
    private final int entriesPerState;
    private final ClusterTruth truth;
    private final RaftJournal journal;
    private @Nullable Running running;

    /** Who waits for a ticket. */
    private sealed interface Asker {}

    private record Here(Consumer<Answer> answer) implements Asker {}

    private record Elsewhere(LinkConnection connection, long number) implements Asker {}

    /** What ends with the process. */
    private final class Running {
        final Mailbox mailbox = new Mailbox(host);
        final LentCoordinatorLines lines =
                new LentCoordinatorLines(network.linkOf(host), mailbox::tell, CoordinatorServer.this);
        final Map<Long, Asker> askers = new TreeMap<>();
        final RaftProcess raft = new RaftProcess(
                host,
                self.member(),
                journal,
                disk,
                settings,
                network.linkOf(host),
                truth,
                event -> mailbox.tell(() -> raftTold(event)));
        CoordinatorCore core = CoordinatorCore.starting(self);
        long nextTicket = 1;
        long timer;
        long applied;
    }

    /** @param entriesPerState so often its state takes the place of the log */
    public CoordinatorServer(
            Host host,
            int id,
            SimulatedNetwork network,
            RaftSettings settings,
            CoordinatorDisk disk,
            int entriesPerState,
            ClusterTruth truth) {
        this.host = host;
        this.network = network;
        this.settings = settings;
        this.disk = disk;
        this.entriesPerState = entriesPerState;
        this.truth = truth;
        this.self = new Identity(id, new HostPort(host.name(), RAFT_PORT), new HostPort(host.name(), MANAGEMENT_PORT));
        this.journal = new RaftJournal(host.world());
    }

    public Host host() {
        return host;
    }

    public Identity self() {
        return self;
    }

    public HostPort bolt() {
        return new HostPort(host.name(), BOLT_PORT);
    }

    public void start() {
        host.start();
        host.world().trace().note(host.name(), "starts", journal.durable().term(), 0, null);
        Running next = new Running();
        running = next;
        var _ = network.linkOf(host).bind(new HostPort(host.name(), MANAGEMENT_PORT), _ -> next.lines.accept());
    }

    /** The process is gone. */
    public void crash(boolean power) {
        if (host.isUp()) {
            host.world().trace().note(host.name(), power ? "loses power" : "is killed", 0, 0, null);
            running = null;
            host.stop();
            network.hostGone(host, !power);
            journal.crash();
        }
    }

    /** Its disk is new; while it is down. */
    public void wipe() {
        host.world().trace().note(host.name(), "loses its disk", 0, 0, null);
        journal.wipe();
    }

    /** Who belongs to the group, by what is on this one's disk. */
    public Configuration configuration() {
        return journal.durable().configuration();
    }

    /** What is on its disk is what this member of the group has to remember. */
    public boolean isIntact(Seat seat) {
        return seat.server().equals(journal.durable().self());
    }

    /** As far as it knows. */
    public boolean leads() {
        Running now = running;
        return now != null && now.core.leads();
    }

    /** As far as this one has applied it. */
    public ClusterState cluster() {
        Running now = running;
        return now == null ? ClusterState.EMPTY : now.core.cluster();
    }

    /** Null while it is down. */
    public @Nullable RaftCore raft() {
        Running now = running;
        return now == null ? null : now.raft.core();
    }

    /** Answered in time or, when the process ends, never. */
    public void ask(Request request, Consumer<Answer> answer) {
        Running now = running;
        if (now != null) {
            now.mailbox.tell(() -> asked(now, request, new Here(answer), false));
        }
    }

    @Override
    public void relayed(LinkConnection connection, long number, Request request) {
        Running now = running;
        if (now != null) {
            asked(now, request, new Elsewhere(connection, number), true);
        }
    }

    private void asked(Running now, Request request, Asker asker, boolean relayed) {
        long ticket = now.nextTicket++;
        now.askers.put(ticket, asker);
        step(new CoordinatorInput.Asked(ticket, request, relayed));
    }

    private void raftTold(RaftProtocol.Event event) {
        host.world().trace().note(host.name(), event.getClass().getSimpleName(), 0, 0, event);
        switch (event) {
            case RaftProtocol.Applied applied -> {
                truth.applied(host, applied);
                step(new CoordinatorInput.Applied(applied.index(), ClusterBytes.change(applied.entry())));
                holds(applied.index());
                takeState(applied.index());
            }
            case RaftProtocol.Installed installed -> {
                step(new CoordinatorInput.Installed(installed.index(), ClusterBytes.state(installed.state())));
                holds(installed.index());
            }
            case RaftProtocol.Elected(long term) -> {
                truth.elected(host, self.id(), term);
                step(new CoordinatorInput.Elected(term, host.world().freshId()));
            }
            case RaftProtocol.Following(long term, var leader) -> step(new CoordinatorInput.Following(term, leader));
            case RaftProtocol.MembersChanged(var members) -> step(new CoordinatorInput.MembersChanged(members));
        }
    }

    private void holds(long index) {
        Running now = running;
        if (now != null) {
            now.applied = index;
            truth.holds(host, index, now.core.cluster());
        }
    }

    private void takeState(long index) {
        Running now = running;
        if (now != null && index % entriesPerState == 0) {
            now.raft.hear(new RaftInput.StateTaken(index, ByteBuffer.wrap(ClusterBytes.of(now.core.cluster()))));
        }
    }

    /** The newest entry that it has applied. */
    public long applied() {
        Running now = running;
        return now == null ? 0 : now.applied;
    }

    @Override
    public void step(CoordinatorInput input) {
        Running now = running;
        if (now == null) {
            return;
        }
        long millis = host.nanos() / NANOS_PER_MILLI;
        Step<CoordinatorCore, CoordinatorEffect> step =
                now.core.step(new Moment(millis, WALL_MILLIS + host.world().nanos() / NANOS_PER_MILLI), input);
        now.core = step.state();
        step.effects().forEach(effect -> perform(now, effect));
        long mine = ++now.timer;
        now.core.wakeAt().ifPresent(at -> {
            long nanos = Math.max(1, at - millis) * NANOS_PER_MILLI;
            host.after(
                    nanos,
                    () -> now.mailbox.tell(() -> {
                        if (now.timer == mine) {
                            step(new CoordinatorInput.Tick());
                        }
                    }));
        });
    }

    private void perform(Running now, CoordinatorEffect effect) {
        RaftProcess raft = now.raft;
        switch (effect) {
            case CoordinatorEffect.Propose(long number, var change) ->
                raft.propose(ClusterBytes.of(change), concluding(now, number));
            case CoordinatorEffect.Confirm(long number) -> raft.ask(concluding(now, number), RaftInput.ToConfirm::new);
            case CoordinatorEffect.Found(long number) -> raft.found(concluding(now, number));
            case CoordinatorEffect.AddMember(long number, var member) ->
                raft.ask(concluding(now, number), ticket -> new RaftInput.ToAdd(ticket, member));
            case CoordinatorEffect.RemoveMember(long number, int id) ->
                raft.ask(concluding(now, number), ticket -> new RaftInput.ToRemove(ticket, id));
            case CoordinatorEffect.Transfer(long number) ->
                raft.ask(concluding(now, number), ticket -> new RaftInput.ToTransfer(ticket, Optional.empty()));
            case CoordinatorEffect.AskStatus(long number) ->
                now.mailbox.tell(() ->
                        step(new CoordinatorInput.StatusTold(number, raft.core().status(host.nanos()))));
            case CoordinatorEffect.TakeState(long index, var state) ->
                raft.hear(new RaftInput.StateTaken(index, ByteBuffer.wrap(ClusterBytes.of(state))));
            case CoordinatorEffect.Tell(long ticket, Answer answer) -> tell(now, ticket, answer);
            case CoordinatorEffect.SayElsewhere(long ticket, var leader) -> {
                if (now.askers.remove(ticket) instanceof Elsewhere(LinkConnection connection, long number)) {
                    connection.send(new RelayedElsewhere(number, leader));
                }
            }
            case CoordinatorEffect.Relay(long ticket, HostPort leader, Request request) ->
                now.lines.relay(ticket, leader, request);
            case CoordinatorEffect.Connect(var name, HostPort management) -> now.lines.connect(name, management);
            case CoordinatorEffect.Disconnect(var name) -> now.lines.disconnect(name);
            case CoordinatorEffect.Assign(var name, var assignment) -> now.lines.assign(name, assignment);
            case CoordinatorEffect.Admit _ -> {}
            case CoordinatorEffect.Note(var _, String text) ->
                host.world().trace().note(host.name(), "says", 0, 0, text);
        }
    }

    private Consumer<Reply> concluding(Running now, long number) {
        return reply -> now.mailbox.tell(() -> step(new CoordinatorInput.Concluded(number, reply)));
    }

    private static void tell(Running now, long ticket, Answer answer) {
        now.lines.answered(ticket);
        switch (now.askers.remove(ticket)) {
            case Here(var consumer) -> consumer.accept(answer);
            case Elsewhere(LinkConnection connection, long number) ->
                connection.send(new RelayedAnswer(number, answer));
            case null -> {}
        }
    }

    @Override
    public String toString() {
        Running now = running;
        return host.name() + (host.isUp() ? host.isPaused() ? " (stands still) " : " " : " (down) ")
                + journal.durable().log() + " term " + journal.durable().term()
                + (now == null ? "" : " " + now.raft.core().standing() + " " + now.core.cluster());
    }
}
