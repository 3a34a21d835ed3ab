package skein.simulation.cores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.management.core.ManagementCore;
import skein.management.core.ManagementEffect;
import skein.management.core.ManagementInput;
import skein.management.core.RoleStep;
import skein.management.core.Sighting;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.WireMessage;
import skein.role.core.Registration;
import skein.role.core.RoleInput;
import skein.role.core.RoleReply;
import skein.role.core.RoleView;
import skein.simulation.Host;
import skein.simulation.Mailbox;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/** The coordinators' agent on a node: carries out what the management core says. */
final class CoreAgent {
    private final CoreNode node;
    private final CoreRole role;
    private final Host host;
    private final Mailbox mailbox;
    private final Map<Long, LinkConnection> connections = new TreeMap<>();
    private ManagementCore core = ManagementCore.starting();
    private RoleView view = RoleView.starting();
    private long accepted;
    private long timer;
    private String trouble = "";

    private CoreAgent(CoreNode node, CoreRole role) {
        this.node = node;
        this.role = role;
        this.host = node.host();
        this.mailbox = new Mailbox(host);
    }

    static CoreAgent start(CoreNode node, CoreRole role) {
        CoreAgent agent = new CoreAgent(node, role);
        role.watch(view -> agent.mailbox.tell(() -> agent.seen(view)));
        var _ = node.link().bind(node.managementAddress(), remote -> agent.new Line(++agent.accepted));
        return agent;
    }

    /** What it was last told to be; null before it was told anything. */
    @Nullable
    Assignment assignment() {
        return core.assignment();
    }

    /** What its newest refusal said; empty before there was one. */
    String trouble() {
        return trouble;
    }

    /** The instance is asked to end, and stays for as long as it is needed. */
    void leave() {
        mailbox.tell(() -> step(new ManagementInput.Leaving()));
    }

    int longestMailbox() {
        return mailbox.longest();
    }

    private void seen(RoleView next) {
        view = next;
        step(new ManagementInput.Looked());
    }

    private void step(ManagementInput input) {
        Step<ManagementCore, ManagementEffect> step = core.step(input, look(), host.nanos());
        core = step.state();
        step.effects().forEach(this::perform);
    }

    private Sighting look() {
        List<CoreDatabase> users = role.databases().subList(1, role.databases().size());
        Map<DatabaseName, LogEnd> logs = new HashMap<>();
        users.forEach(user -> logs.put(user.identity().name(), endOf(user.log())));
        List<Sighting.ReplicaSeen> replicas = new ArrayList<>();
        for (Registration replica : view.replicas()) {
            replicas.add(seen(replica, users));
        }
        boolean quiet =
                role.databases().stream().map(CoreDatabase::main).allMatch(main -> main == null || main.isQuiet());
        return new Sighting(view, logs, replicas, quiet);
    }

    private static LogEnd endOf(CoreLog log) {
        return new LogEnd(
                log.end().epoch(), log.end().lsn(), log.decidedLsn(), log.end().lsn());
    }

    private Sighting.ReplicaSeen seen(Registration replica, List<CoreDatabase> users) {
        boolean promised = !replica.mode().joins() || view.joined().contains(replica.name());
        Map<DatabaseName, Long> lag = new HashMap<>();
        users.forEach(user -> lag.put(user.identity().name(), lag(user, replica.name())));
        return new Sighting.ReplicaSeen(replica.name(), promised && keepsUp(replica.name()), lag);
    }

    private static long lag(CoreDatabase database, ReplicaName replica) {
        CoreMain main = database.main();
        return main == null ? 0 : main.lag(replica);
    }

    private boolean keepsUp(ReplicaName replica) {
        return role.databases().stream()
                .map(CoreDatabase::main)
                .allMatch(main -> main != null
                        && switch (main.shown(replica)) {
                            case READY, REPLICATING -> true;
                            case RECOVERY, INVALID, DIVERGED -> false;
                        });
    }

    private void perform(ManagementEffect effect) {
        switch (effect) {
            case ManagementEffect.Grant(var grant) -> node.grant(grant);
            case ManagementEffect.Take(long number, RoleStep taken) -> take(number, taken);
            case ManagementEffect.Send(long number, var message) -> {
                LinkConnection connection = connections.get(number);
                if (connection != null) {
                    connection.send(message);
                }
            }
            case ManagementEffect.WakeAt(long nanos) -> {
                long mine = ++timer;
                host.after(
                        Math.max(1_000_000, nanos - host.nanos()),
                        () -> mailbox.tell(() -> {
                            if (timer == mine) {
                                step(new ManagementInput.Looked());
                            }
                        }));
            }
        }
    }

    private void take(long number, RoleStep taken) {
        host.world().trace().note(host.name(), "takes a step", number, 0, taken);
        if (taken instanceof RoleStep.Drop(ReplicaName name)) {
            node.truth().dropped(name);
        }
        role.command(
                (ticket, now) -> orderOf(taken, ticket, now),
                reply -> mailbox.tell(() -> step(new ManagementInput.Answered(number, trouble(reply)))));
    }

    private String trouble(RoleReply reply) {
        if (reply instanceof RoleReply.Refused(var reason)) {
            host.world().trace().note(host.name(), "has trouble", 0, 0, reason.getMessage());
            trouble = String.valueOf(reason.getMessage());
            return trouble;
        }
        return "";
    }

    private RoleInput orderOf(RoleStep taken, long ticket, CoreRole now) {
        return switch (taken) {
            case RoleStep.Join(var cluster) -> new RoleInput.JoinCluster(ticket, cluster);
            case RoleStep.Reign(long reign, var others) ->
                new RoleInput.Assigned(new RoleInput.SetMain(
                        ticket,
                        false,
                        reign,
                        others.stream().map(CoreAgent::named).toList(),
                        node.name(),
                        node.freshIds(),
                        now.epochInLogs(),
                        node.memberships(),
                        now.databases().getFirst().identity().id()));
            case RoleStep.Serve(int port) -> new RoleInput.Assigned(new RoleInput.SetReplica(ticket, port));
            case RoleStep.Enlist(Peer peer) ->
                new RoleInput.Assigned(new RoleInput.Register(
                        ticket,
                        Registration.asked(new ReplicaName(peer.name().value()), peer.mode(), null, peer.replication()),
                        peer.resync()));
            case RoleStep.Drop(ReplicaName name) -> new RoleInput.Assigned(new RoleInput.Drop(ticket, name));
        };
    }

    private static skein.role.core.Peer named(Peer peer) {
        return skein.role.core.Peer.named(peer.name().value(), peer.replication());
    }

    /** What a coordinator has opened. */
    private final class Line implements LinkListener {
        private final long number;
        private @Nullable LinkConnection connection;

        Line(long number) {
            this.number = number;
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            mailbox.tell(() -> connections.put(number, opened));
        }

        @Override
        public void received(WireMessage message) {
            LinkConnection open = connection;
            if (message instanceof Assignment assignment) {
                mailbox.tell(() -> step(new ManagementInput.Assigned(number, assignment)));
            } else if (open != null) {
                open.close();
            }
            if (open != null) {
                open.confirm();
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            mailbox.tell(() -> {
                connections.remove(number);
                step(new ManagementInput.Disconnected(number));
            });
        }
    }
}
