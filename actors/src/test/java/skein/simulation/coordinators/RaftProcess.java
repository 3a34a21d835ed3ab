package skein.simulation.coordinators;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import skein.link.Link;
import skein.protocol.RaftProtocol.Event;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Reply;
import skein.raft.LentRaftLines;
import skein.raft.core.Batch;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftEffect;
import skein.raft.core.RaftInput;
import skein.raft.core.RaftSettings;
import skein.simulation.Host;
import skein.vocabulary.HostPort;

/** A member of the Raft group while its process runs: what the shipped actor does, over a simulated journal. */
final class RaftProcess {
    private static final long TURN_NANOS = 20_000;
    private static final long FORCE_NANOS_MIN = 50_000;

    private final Host host;
    private final Member self;
    private final RaftJournal journal;
    private final CoordinatorDisk disk;
    private final ClusterTruth truth;
    private final Consumer<Event> owner;
    private final LentRaftLines lines;
    private final Map<Long, Consumer<Reply>> tickets = new TreeMap<>();
    private final List<RaftInput> waiting = new ArrayList<>();
    private RaftCore core;
    private long nextTicket;
    private long timer;
    private boolean draining;

    /** @param owner hears what is committed, and who leads */
    RaftProcess(
            Host host,
            Member self,
            RaftJournal journal,
            CoordinatorDisk disk,
            RaftSettings settings,
            Link link,
            ClusterTruth truth,
            Consumer<Event> owner) {
        this.host = host;
        this.self = self;
        this.journal = journal;
        this.disk = disk;
        this.truth = truth;
        this.owner = owner;
        this.lines = new LentRaftLines(
                link,
                host::nanos,
                work -> host.afterTrue(host.world().random().nextLong(TURN_NANOS), work),
                this::hear);
        this.core = RaftCore.recovered(settings, journal.durable());
        var _ = link.bind(new HostPort(host.name(), self.coordinator().port()), _ -> lines.accept());
        hear(new RaftInput.Started(
                self.id(), host.world().freshId(), host.world().random().nextLong()));
    }

    RaftCore core() {
        return core;
    }

    void propose(byte[] entry, Consumer<Reply> reply) {
        ask(reply, ticket -> new RaftInput.Proposed(List.of(new RaftInput.Proposal(ticket, ByteBuffer.wrap(entry)))));
    }

    void ask(Consumer<Reply> reply, LongFunction<RaftInput> command) {
        long ticket = nextTicket++;
        tickets.put(ticket, reply);
        hear(command.apply(ticket));
    }

    void found(Consumer<Reply> reply) {
        ask(reply, ticket -> new RaftInput.ToFound(ticket, self, host.world().freshId()));
    }

    void hear(RaftInput input) {
        waiting.add(input);
        drainSoon();
    }

    private void drainSoon() {
        if (!draining) {
            draining = true;
            host.afterTrue(host.world().random().nextLong(TURN_NANOS), this::drain);
        }
    }

    /** Until what it keeps is on the disk, inputs wait. */
    private void drain() {
        List<RaftInput> inputs = List.copyOf(waiting);
        waiting.clear();
        Batch batch = Batch.of(core, inputs, host.nanos());
        core = batch.core();
        truth.stepped(host, self.id(), core);
        batch.now().forEach(this::perform);
        if (batch.persist().events().isEmpty()) {
            settle();
            return;
        }
        journal.begin(batch.persist().events());
        disk.forces(host, FORCE_NANOS_MIN, () -> {
            journal.finish();
            batch.then().forEach(this::perform);
            waiting.addFirst(
                    new RaftInput.Stored(batch.persist().term(), batch.persist().lastIndex()));
            settle();
        });
    }

    private void settle() {
        draining = false;
        if (!waiting.isEmpty()) {
            drainSoon();
        } else if (core.wakeNanos() != Long.MAX_VALUE) {
            long mine = ++timer;
            host.after(Math.max(1_000_000, core.wakeNanos() - host.nanos()), () -> {
                if (timer == mine) {
                    hear(new RaftInput.Ticked());
                }
            });
        }
    }

    private void perform(RaftEffect effect) {
        switch (effect) {
            case RaftEffect.Send(int to, var message) -> {
                truth.sends(host, journal.durable(), message);
                lines.send(to, message);
            }
            case RaftEffect.Tell(Event event) -> owner.accept(event);
            case RaftEffect.Reply(long ticket, Reply reply) -> {
                Consumer<Reply> asked = tickets.remove(ticket);
                if (asked != null) {
                    asked.accept(reply);
                }
            }
            case RaftEffect.KeepLines(var members) -> lines.keep(members);
            case RaftEffect.GiveUp(String message) -> throw new AssertionError(host + ": " + message);
            case RaftEffect.Warn _, RaftEffect.Persist _ -> {}
        }
    }
}
