package skein.simulation.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Elected;
import skein.protocol.RaftProtocol.Following;
import skein.protocol.RaftProtocol.Installed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MembersChanged;
import skein.protocol.RaftProtocol.Reply;
import skein.raft.core.Batch;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftEffect;
import skein.raft.core.RaftInput;
import skein.raft.core.RaftInput.Heard;
import skein.raft.core.RaftInput.StateTaken;
import skein.simulation.Host;
import skein.simulation.World;
import skein.vocabulary.HostPort;

/** A server with a member in it: what the shipped actor does, over the simulated disk and mail. */
final class RaftServer {
    private static final long TURN_NANOS = 20_000;
    private static final long FORCE_NANOS_MIN = 50_000;
    private static final int STALL = 100;
    private static final int PORTS = 12_000;

    private final Host host;
    private final int id;
    private final RaftSwarm swarm;
    private final RaftTruth truth;
    private final RaftDisk disk;
    private final Map<Long, Consumer<Reply>> tickets = new TreeMap<>();
    private final List<RaftInput> waiting = new ArrayList<>();
    private @Nullable RaftMail mail;
    private @Nullable RaftCore core;
    private final Supplier<RaftOwner> owners;
    private RaftOwner owner;
    private long nextTicket;
    private long timer;
    private boolean draining;
    private boolean persisting;
    private Runnable writing = () -> {};
    private Runnable starting = () -> {};
    private Consumer<RaftProtocol.Event> listening = event -> {};

    RaftServer(Host host, int id, RaftSwarm swarm, RaftTruth truth, RaftProbes probes, Supplier<RaftOwner> owners) {
        this.host = host;
        this.id = id;
        this.swarm = swarm;
        this.truth = truth;
        this.owners = owners;
        this.owner = owners.get();
        this.disk = new RaftDisk(host.world(), probes);
    }

    static Member member(int id) {
        return new Member(id, new HostPort("127.0.0.1", PORTS + id), new HostPort("127.0.0.1", PORTS / 2 + id));
    }

    static int idAt(HostPort management) {
        return management.port() - PORTS / 2;
    }

    /** Whenever its disk is busy with events. */
    void onWrite(Runnable work) {
        writing = work;
    }

    /** Whoever asks this member hears what it tells, after its owner; and when it begins anew. */
    void onEvents(Runnable begins, Consumer<RaftProtocol.Event> events) {
        starting = begins;
        listening = events;
    }

    void connect(RaftMail by) {
        mail = by;
    }

    int id() {
        return id;
    }

    Host host() {
        return host;
    }

    RaftDisk disk() {
        return disk;
    }

    RaftOwner owner() {
        return owner;
    }

    /** Null while it is down. */
    @Nullable
    RaftCore core() {
        return host.isUp() ? core : null;
    }

    void start() {
        World world = host.world();
        host.start();
        owner = owners.get();
        starting.run();
        waiting.clear();
        tickets.clear();
        persisting = false;
        draining = false;
        core = RaftCore.recovered(swarm.settings(), disk.durable());
        truth.started(this);
        UUID fresh = world.freshId();
        hear(new RaftInput.Started(id, fresh, world.random().nextLong()));
    }

    void crash() {
        world().trace().note(host.name(), "crashes", 0, 0, null);
        host.stop();
        disk.crash();
        List<Consumer<Reply>> open = new ArrayList<>(tickets.values());
        tickets.clear();
        open.forEach(reply -> reply.accept(new RaftProtocol.Unknown()));
    }

    void wipe() {
        disk.wipe();
    }

    private World world() {
        return host.world();
    }

    void receive(Message message) {
        if (host.isUp()) {
            host.run(() -> hear(new Heard(message)));
        }
    }

    /** The line to another server has ended, or is there. */
    void lines(RaftInput change) {
        if (host.isUp()) {
            host.run(() -> hear(change));
        }
    }

    /** A command; Unknown is answered should the server crash. */
    void ask(Consumer<Reply> reply, LongFunction<RaftInput> command) {
        long ticket = nextTicket++;
        tickets.put(ticket, reply);
        host.run(() -> hear(command.apply(ticket)));
    }

    void hear(RaftInput input) {
        waiting.add(input);
        drainSoon();
    }

    private void drainSoon() {
        if (!draining && !persisting) {
            draining = true;
            host.afterTrue(world().random().nextLong(TURN_NANOS), this::drain);
        }
    }

    private void drain() {
        draining = false;
        if (core == null || waiting.isEmpty()) {
            return;
        }
        List<RaftInput> inputs = List.copyOf(waiting);
        waiting.clear();
        Batch batch = Batch.of(core, inputs, host.nanos());
        core = batch.core();
        truth.stepped(this, core);
        truth.ticked(this, core, inputs);
        persisting = !batch.persist().events().isEmpty();
        batch.now().forEach(this::perform);
        if (!persisting) {
            settle();
            return;
        }
        disk.begin(batch.persist().events());
        writing.run();
        long nanos = world().around(FORCE_NANOS_MIN, swarm.forceNanosMax());
        boolean stalls = mail != null && !mail.isCalm() && world().chance(swarm.forceStalls());
        host.afterTrue(stalls ? nanos * STALL : nanos, () -> {
            disk.finish();
            persisting = false;
            batch.then().forEach(this::perform);
            waiting.addFirst(
                    new RaftInput.Stored(batch.persist().term(), batch.persist().lastIndex()));
            drainSoon();
        });
    }

    private void settle() {
        if (!waiting.isEmpty()) {
            drainSoon();
        } else if (core != null && core.wakeNanos() != Long.MAX_VALUE) {
            long mine = ++timer;
            host.after(Math.max(1, core.wakeNanos() - host.nanos()), () -> {
                if (timer == mine) {
                    hear(new RaftInput.Ticked());
                }
            });
        }
    }

    private void perform(RaftEffect effect) {
        switch (effect) {
            case RaftEffect.Send(int to, Message message) -> {
                truth.sends(this, message);
                world().trace()
                        .hash(
                                host.name(),
                                to,
                                message.getClass().getSimpleName().length());
                if (mail != null) {
                    mail.send(id, to, message);
                }
            }
            case RaftEffect.Tell(RaftProtocol.Event event) -> tell(event);
            case RaftEffect.Reply(long ticket, Reply reply) -> {
                Consumer<Reply> asked = tickets.remove(ticket);
                if (asked != null) {
                    asked.accept(reply);
                }
            }
            case RaftEffect.Warn _ -> truth.reached(RaftProbe.STRANGER_REFUSED);
            case RaftEffect.GiveUp(String message) -> throw new AssertionError(message);
            case RaftEffect.KeepLines _, RaftEffect.Persist _ -> {}
        }
    }

    private void tell(RaftProtocol.Event event) {
        world().trace().note(host.name(), event.getClass().getSimpleName(), owner.index(), 0, event);
        switch (event) {
            case Applied applied -> {
                owner.apply(applied);
                truth.applied(this, applied);
                if (applied.index() % swarm.stateEvery() == 0) {
                    hear(new StateTaken(owner.index(), owner.state()));
                    truth.reached(RaftProbe.STATE_TAKEN);
                }
            }
            case Installed installed -> {
                owner.install(installed);
                truth.installed(this, installed);
            }
            case Elected(long term) -> truth.elected(this, term);
            case Following _, MembersChanged _ -> {}
        }
        listening.accept(event);
    }

    @Override
    public String toString() {
        return host.name() + (host.isUp() ? " " : " (down) ") + disk.durable().log() + " term "
                + disk.durable().term() + " "
                + (core == null ? "" : core.standing() + " committed " + core.committed());
    }
}
