package skein.coordination.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import skein.coordination.core.CoordinatorInput.Applied;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.coordination.core.CoordinatorInput.Concluded;
import skein.coordination.core.CoordinatorInput.Elected;
import skein.coordination.core.CoordinatorInput.Following;
import skein.coordination.core.CoordinatorInput.InstanceSaid;
import skein.coordination.core.CoordinatorInput.LineClosed;
import skein.coordination.core.CoordinatorInput.LineOpened;
import skein.coordination.core.CoordinatorInput.MembersChanged;
import skein.coordination.core.CoordinatorInput.RelayMissed;
import skein.coordination.core.CoordinatorInput.StatusTold;
import skein.coordination.core.CoordinatorInput.Tick;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Status;
import skein.protocol.RaftProtocol.Unknown;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Step;

/** One coordinator with the shipped core. While it is paused nothing is lost: it all comes at once afterwards. */
final class SimulatedCoordinator {
    final int id;
    private final CoordinationWorld world;
    private CoordinatorCore core;
    private long applied;
    private long term;
    private boolean leads;
    private long pausedUntil;
    private final Deque<Runnable> mailbox = new ArrayDeque<>();
    private final Map<InstanceName, Long> lines = new HashMap<>();
    private long nextLine = 1;
    private long woken = Long.MAX_VALUE;
    long reignAtConfirm;
    private final Set<Long> asked = new HashSet<>();

    SimulatedCoordinator(int id, CoordinationWorld world) {
        this.id = id;
        this.world = world;
        Member self = CoordinationWorld.member(id - 1);
        this.core = CoordinatorCore.starting(new Identity(id, self.coordinator(), self.coordinator()));
    }

    int index() {
        return id - 1;
    }

    ClusterState cluster() {
        return core.cluster();
    }

    boolean believesToLead() {
        return core.leads();
    }

    void pause(long millis) {
        pausedUntil = Math.max(pausedUntil, world.now() + millis);
        world.time.after(millis + 1, this::resume);
    }

    private void resume() {
        while (world.now() >= pausedUntil && !mailbox.isEmpty()) {
            mailbox.removeFirst().run();
        }
    }

    private void receive(Runnable work) {
        if (world.now() >= pausedUntil && mailbox.isEmpty()) {
            work.run();
        } else {
            mailbox.addLast(work);
        }
    }

    /** A crash: everything but what Raft holds is gone. */
    void restart() {
        Member self = CoordinationWorld.member(index());
        core = CoordinatorCore.starting(new Identity(id, self.coordinator(), self.coordinator()));
        applied = 0;
        leads = false;
        lines.clear();
        mailbox.clear();
        world.forget(asked);
        asked.clear();
        catchUp();
        followed(world.term, Optional.empty());
    }

    void catchUp() {
        List<Member> members =
                List.of(CoordinationWorld.member(0), CoordinationWorld.member(1), CoordinationWorld.member(2));
        deliver(new MembersChanged(members));
        while (applied < world.log.size()) {
            applied++;
            deliver(new Applied(applied, ClusterBytes.change(world.log.get((int) applied - 1))));
        }
    }

    void elected(long newTerm) {
        receive(() -> {
            term = newTerm;
            leads = true;
            deliver(new Elected(newTerm, new UUID(newTerm, id)));
        });
    }

    void followed(long newTerm, Optional<Member> leader) {
        receive(() -> {
            term = newTerm;
            leads = false;
            deliver(new Following(newTerm, leader));
        });
    }

    /** It may be told much later, and go on as a leader meanwhile; but Raft does nothing for it any more. */
    void deposed(long newTerm, Optional<Member> leader) {
        followed(newTerm, leader);
    }

    private boolean isLeader(long inTerm) {
        return world.leader == index() && world.term == inTerm;
    }

    void step(CoordinatorInput input) {
        if (input instanceof Asked ask) {
            asked.add(ask.ticket());
        }
        receive(() -> deliver(input));
    }

    private void deliver(CoordinatorInput input) {
        Step<CoordinatorCore, CoordinatorEffect> step = core.step(world.moment(), input);
        core = step.state();
        step.effects().forEach(this::perform);
        core.wakeAt().ifPresent(this::wake);
    }

    private void wake(long at) {
        if (at >= woken && woken > world.now()) {
            return;
        }
        woken = Math.max(at, world.now() + 1);
        long due = woken;
        world.time.after(due - world.now(), () -> {
            if (woken == due) {
                woken = Long.MAX_VALUE;
            }
            step(new Tick());
        });
    }

    private void perform(CoordinatorEffect effect) {
        switch (effect) {
            case CoordinatorEffect.Propose(long number, var change) -> propose(number, ClusterBytes.of(change));
            case CoordinatorEffect.Confirm(long number) -> {
                long in = term;
                world.time.after(world.random(1, 10), () -> {
                    boolean leader = leads && isLeader(in);
                    if (leader) {
                        reignAtConfirm = world.committed.lastReign();
                        applyAll();
                    }
                    conclude(number, leader ? new Committed(applied) : new NotLeading(Optional.empty()));
                });
            }
            case CoordinatorEffect.Found(long number) -> conclude(number, new NotLeading(Optional.empty()));
            case CoordinatorEffect.AddMember(long number, var member) -> conclude(number, new Committed(applied));
            case CoordinatorEffect.RemoveMember(long number, int gone) -> conclude(number, new Committed(applied));
            case CoordinatorEffect.Transfer(long number) -> conclude(number, new Committed(applied));
            case CoordinatorEffect.AskStatus(long number) -> {
                long in = term;
                world.time.after(world.random(0, 3), () -> {
                    boolean leader = leads && isLeader(in);
                    step(new StatusTold(number, new Status(in, Optional.of(id), leader, leader, 0, 0, List.of())));
                });
            }
            case CoordinatorEffect.Admit admit -> {}
            case CoordinatorEffect.TakeState taken -> {}
            case CoordinatorEffect.Tell(long ticket, var answer) -> {
                asked.remove(ticket);
                world.told(this, ticket, answer);
            }
            case CoordinatorEffect.SayElsewhere elsewhere -> {}
            case CoordinatorEffect.Relay(long ticket, var leader, var request) -> step(new RelayMissed(ticket));
            case CoordinatorEffect.Connect(InstanceName name, var management) -> connect(name);
            case CoordinatorEffect.Disconnect(InstanceName name) -> lines.remove(name);
            case CoordinatorEffect.Assign(InstanceName name, var assignment) ->
                world.assign(this, world.instance(name), assignment, lines.getOrDefault(name, 0L));
            case CoordinatorEffect.Note note -> {}
        }
    }

    /** Committed as long as it leads; lost, or committed unknown to it, when it does not any more. */
    private void propose(long number, byte[] entry) {
        long in = term;
        world.time.after(world.random(1, 30), () -> {
            if (!isLeader(in)) {
                conclude(number, new Unknown());
                return;
            }
            world.commit(entry);
            long index = world.log.size();
            world.coordinators.forEach(one -> {
                if (one != this) {
                    world.time.after(world.random(1, 50), () -> one.receive(one::applyAll));
                }
            });
            receive(() -> {
                applyAll();
                deliver(new Concluded(number, new Committed(index)));
            });
        });
    }

    private void applyAll() {
        while (applied < world.log.size()) {
            applied++;
            deliver(new Applied(applied, ClusterBytes.change(world.log.get((int) applied - 1))));
        }
    }

    private void conclude(long number, Reply reply) {
        step(new Concluded(number, reply));
    }

    boolean isOpen(InstanceName name, long line) {
        return line > 0 && lines.getOrDefault(name, 0L) == line;
    }

    private void connect(InstanceName name) {
        SimulatedInstance instance = world.instance(name);
        long line = nextLine++;
        world.time.after(
                world.random(1, 20),
                () -> receive(() -> {
                    if (instance.up && !world.isCut(id, name) && core.leads()) {
                        lines.put(name, line);
                        deliver(new LineOpened(name));
                    } else {
                        deliver(new LineClosed(name, "unreachable"));
                    }
                }));
    }

    void lineLost(InstanceName name) {
        if (lines.remove(name) != null) {
            step(new LineClosed(name, "lost"));
        }
    }

    void hear(SimulatedInstance instance, Report report) {
        long line = lines.getOrDefault(instance.name, 0L);
        if (line == 0) {
            return;
        }
        world.time.after(world.random(1, 20), () -> {
            if (!world.isCut(id, instance.name)) {
                receive(() -> {
                    if (isOpen(instance.name, line)) {
                        deliver(new InstanceSaid(instance.name, report));
                    }
                });
            }
        });
    }
}
