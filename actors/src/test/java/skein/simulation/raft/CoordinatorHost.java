package skein.simulation.raft;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.CoordinatorCore;
import skein.coordination.core.CoordinatorEffect;
import skein.coordination.core.CoordinatorInput;
import skein.coordination.core.Identity;
import skein.coordination.core.Moment;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Member;
import skein.raft.core.RaftInput;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/**
 * A coordinator above a server's member: what the shipped actor does. There are no instances: whoever is registered
 * cannot be reached. A request to a follower goes to the leader over the same bad network.
 */
final class CoordinatorHost {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long RELAY_NANOS = 2_000_000_000;

    private final RaftServer server;
    private final RaftMail mail;
    private final List<CoordinatorHost> all;
    private final Map<Long, Consumer<Answer>> askers = new TreeMap<>();
    private final Map<Long, Runnable> elsewhere = new TreeMap<>();
    private CoordinatorCore core;
    private long nextTicket = 1;
    private long timer;
    private boolean belongs;

    private CoordinatorHost(RaftServer server, RaftMail mail, List<CoordinatorHost> all) {
        this.server = server;
        this.mail = mail;
        this.all = all;
        this.core = CoordinatorCore.starting(identity());
        server.onEvents(this::begin, this::told);
    }

    static List<CoordinatorHost> on(List<RaftServer> servers, RaftMail mail) {
        List<CoordinatorHost> hosts = new ArrayList<>();
        servers.forEach(server -> hosts.add(new CoordinatorHost(server, mail, hosts)));
        return hosts;
    }

    private Identity identity() {
        Member member = RaftServer.member(server.id());
        return new Identity(
                member.id(), member.coordinator(), Invariant.present(member.management(), "coordinators have both"));
    }

    int id() {
        return server.id();
    }

    /** A server that belongs to no group would found one at the first request. */
    boolean mayBeAsked() {
        return server.core() != null && belongs;
    }

    private void begin() {
        core = CoordinatorCore.starting(identity());
        askers.clear();
        elsewhere.clear();
        belongs = false;
    }

    /** Answered at most once: never if the server crashes. */
    void ask(Request request, Consumer<Answer> answer) {
        server.host().run(() -> {
            if (mayBeAsked()) {
                asked(request, answer, () -> {}, false);
            }
        });
    }

    private void asked(Request request, Consumer<Answer> answer, Runnable notHere, boolean relayed) {
        long ticket = nextTicket++;
        askers.put(ticket, answer);
        elsewhere.put(ticket, notHere);
        step(new CoordinatorInput.Asked(ticket, request, relayed));
    }

    private void told(RaftProtocol.Event event) {
        switch (event) {
            case Applied applied ->
                step(new CoordinatorInput.Applied(applied.index(), ClusterBytes.change(applied.entry())));
            case RaftProtocol.Installed installed ->
                step(new CoordinatorInput.Installed(installed.index(), ClusterBytes.state(installed.state())));
            case RaftProtocol.Elected(long term) ->
                step(new CoordinatorInput.Elected(term, server.host().world().freshId()));
            case RaftProtocol.Following(long term, var leader) -> step(new CoordinatorInput.Following(term, leader));
            case RaftProtocol.MembersChanged(var members) -> {
                belongs = !members.isEmpty();
                step(new CoordinatorInput.MembersChanged(members));
            }
        }
    }

    private void step(CoordinatorInput input) {
        long millis = server.host().nanos() / NANOS_PER_MILLI;
        Step<CoordinatorCore, CoordinatorEffect> step = core.step(new Moment(millis, millis), input);
        core = step.state();
        step.effects().forEach(this::perform);
        OptionalLong due = core.wakeAt();
        if (due.isPresent()) {
            long mine = ++timer;
            server.host().after(Math.max(1, due.getAsLong() - millis) * NANOS_PER_MILLI, () -> {
                if (timer == mine) {
                    step(new CoordinatorInput.Tick());
                }
            });
        }
    }

    private void perform(CoordinatorEffect effect) {
        switch (effect) {
            case CoordinatorEffect.Propose(long number, var change) ->
                raft(
                        number,
                        ticket -> new RaftInput.Proposed(
                                List.of(new RaftInput.Proposal(ticket, ByteBuffer.wrap(ClusterBytes.of(change))))));
            case CoordinatorEffect.Confirm(long number) -> raft(number, RaftInput.ToConfirm::new);
            case CoordinatorEffect.AskStatus(long number) ->
                later(() -> {
                    var member = server.core();
                    if (member != null) {
                        step(new CoordinatorInput.StatusTold(
                                number, member.status(server.host().nanos())));
                    }
                });
            case CoordinatorEffect.TakeState(long index, var state) ->
                server.hear(new RaftInput.StateTaken(index, ByteBuffer.wrap(ClusterBytes.of(state))));
            case CoordinatorEffect.Tell(long ticket, Answer answer) -> {
                elsewhere.remove(ticket);
                Consumer<Answer> asker = askers.remove(ticket);
                if (asker != null) {
                    asker.accept(answer);
                }
            }
            case CoordinatorEffect.SayElsewhere(long ticket, var leader) -> {
                askers.remove(ticket);
                Runnable notHere = elsewhere.remove(ticket);
                if (notHere != null) {
                    notHere.run();
                }
            }
            case CoordinatorEffect.Relay(long ticket, var leader, Request request) ->
                relay(ticket, all.get(RaftServer.idAt(leader) - 1), request);
            case CoordinatorEffect.Connect(var name, var management) ->
                later(() -> step(new CoordinatorInput.LineClosed(name, "nobody is there")));
            case CoordinatorEffect.Admit _,
                    CoordinatorEffect.Disconnect _,
                    CoordinatorEffect.Assign _,
                    CoordinatorEffect.Note _ -> {}
            case CoordinatorEffect.Found _,
                    CoordinatorEffect.AddMember _,
                    CoordinatorEffect.RemoveMember _,
                    CoordinatorEffect.Transfer _ -> throw new AssertionError("nobody asks for " + effect);
        }
    }

    private void later(Runnable work) {
        server.host().afterTrue(server.host().world().around(1, NANOS_PER_MILLI), work);
    }

    private void raft(long number, LongFunction<RaftInput> command) {
        int asking = server.host().incarnation();
        server.ask(
                reply -> {
                    if (server.host().incarnation() == asking) {
                        step(new CoordinatorInput.Concluded(number, reply));
                    }
                },
                command);
    }

    /** What does not come back is taken for broken after a while; the leader may have done it. */
    private void relay(long ticket, CoordinatorHost leader, Request request) {
        mail.carry(id(), leader.id(), () -> {
            if (leader.mayBeAsked()) {
                leader.server
                        .host()
                        .run(() -> leader.asked(
                                request,
                                answer -> back(leader, new CoordinatorInput.LeaderAnswered(ticket, answer)),
                                () -> back(leader, new CoordinatorInput.RelayMissed(ticket)),
                                true));
            } else {
                back(leader, new CoordinatorInput.RelayMissed(ticket));
            }
        });
        server.host().afterTrue(RELAY_NANOS, () -> step(new CoordinatorInput.RelayBroken(ticket, "no word came back")));
    }

    private void back(CoordinatorHost leader, CoordinatorInput said) {
        int asking = server.host().incarnation();
        mail.carry(leader.id(), id(), () -> {
            if (server.host().incarnation() == asking && server.core() != null) {
                server.host().run(() -> step(said));
            }
        });
    }
}
