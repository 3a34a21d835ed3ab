package skein.simulation.cores;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.Enlist;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Pledged;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.ReplicationProtocol.Report;
import skein.protocol.ReplicationProtocol.WithdrawPledge;
import skein.protocol.WireMessage;
import skein.replication.core.CommitRules;
import skein.role.core.Members;
import skein.role.core.OwnDatabase;
import skein.role.core.OwnLogs;
import skein.role.core.OwnLogs.OwnLog;
import skein.role.core.Registration;
import skein.role.core.RoleCore;
import skein.role.core.RoleEffect;
import skein.role.core.RoleEvent;
import skein.role.core.RoleInput;
import skein.role.core.RolePhase;
import skein.role.core.RoleReply;
import skein.role.core.RoleState;
import skein.role.core.RoleView;
import skein.role.core.SystemRecord;
import skein.simulation.Host;
import skein.simulation.Mailbox;
import skein.simulation.Probe;
import skein.simulation.cores.Operation.Outcome;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** The role of a running node: carries out what the role's core says, events on disk before anything else. */
final class CoreRole {
    private static final long MEMBERS_CHECK_NANOS = 1_000_000_000L;
    private static final long PERSIST_NANOS_MAX = 5_000_000;
    private static final long COVER_PATIENCE_NANOS = 2_000_000_000L;
    private static final long COVER_LOOK_NANOS = 10_000_000;

    private final CoreNode node;
    private final Host host;
    private final List<CoreDatabase> databases;
    private final Mailbox mailbox;
    private final CorePort port;
    private final CoreEnlistment enlistment;
    private final CorePromotion promotion;
    private final Map<Long, Consumer<RoleReply>> tickets = new TreeMap<>();
    private final Map<String, Set<CoreDatabase>> holding = new TreeMap<>();
    private RoleCore core;
    private long nextTicket;
    private @Nullable MainIdentity identity;
    private Consumer<RoleView> watcher = view -> {};
    private @Nullable RoleView watched;

    /** Makes the input of a command. */
    interface CommandInput {
        RoleInput of(long ticket, CoreRole role);
    }

    CoreRole(CoreNode node, List<CoreDatabase> databases, RoleState state) {
        this.node = node;
        this.host = node.host();
        this.databases = databases;
        this.mailbox = new Mailbox(host);
        this.port = new CorePort(this);
        this.enlistment = new CoreEnlistment(this);
        this.promotion = new CorePromotion(this);
        this.core = RoleCore.starting().withState(state);
        host.after(MEMBERS_CHECK_NANOS, this::checkMembers);
        hear(() -> new RoleInput.Recovered(
                true,
                node.isManaged(),
                node.freshIds(),
                epochInLogs(),
                node.memberships(),
                node.settings().quorum()));
    }

    private void checkMembers() {
        hear(RoleInput.CheckMembers::new);
        host.after(MEMBERS_CHECK_NANOS, this::checkMembers);
    }

    CoreNode node() {
        return node;
    }

    RoleState state() {
        return core.state();
    }

    List<CoreDatabase> databases() {
        return databases;
    }

    boolean isSteadyMain() {
        return core.state() instanceof RoleState.Main && core.phase() instanceof RolePhase.Steady;
    }

    boolean isSteadyReplica() {
        return core.state() instanceof RoleState.Replica && core.phase() instanceof RolePhase.Steady;
    }

    long epochInLogs() {
        return databases.stream()
                .mapToLong(database -> database.log().end().epoch().number())
                .max()
                .orElse(0);
    }

    RoleInput.OwnDatabases own() {
        List<OwnDatabase> all = databases.stream()
                .map(database -> new OwnDatabase(
                        database.identity(),
                        database.log().reigns(),
                        database.log().end().lsn()))
                .toList();
        return new RoleInput.OwnDatabases(all.getFirst(), all.subList(1, all.size()), true);
    }

    void command(CommandInput command, Consumer<RoleReply> answer) {
        mailbox.tell(() -> {
            long ticket = nextTicket++;
            tickets.put(ticket, answer);
            step(command.of(ticket, this));
        });
    }

    /** To be made when its turn comes. */
    interface LaterInput {
        RoleInput now();
    }

    void hear(LaterInput input) {
        mailbox.tell(() -> step(input.now()));
    }

    /** As one message of its own. */
    void tell(Runnable message) {
        mailbox.tell(message);
    }

    void step(RoleInput input) {
        var step = core.step(input);
        core = step.state();
        List<RoleEvent> events = new ArrayList<>();
        List<RoleEffect> others = new ArrayList<>();
        for (RoleEffect effect : step.effects()) {
            if (effect instanceof RoleEffect.Persist(RoleEvent event)) {
                Invariant.check(others.isEmpty(), "%s is to be persisted after %s", event, others);
                events.add(event);
            } else {
                others.add(effect);
            }
        }
        if (events.isEmpty()) {
            tellWatcher();
            others.forEach(this::perform);
            return;
        }
        events.forEach(event -> host.world().trace().note(host.name(), "role", state().epochNumber(), 0, event));
        mailbox.hold();
        node.writing(events);
        RoleState after = core.state();
        host.afterTrue(host.world().around(100_000, PERSIST_NANOS_MAX), () -> {
            node.written(after);
            node.truth().roleChanged(this, events);
            tellWatcher();
            others.forEach(this::perform);
            mailbox.release();
        });
    }

    /** @param heard now and whenever it has become something else */
    void watch(Consumer<RoleView> heard) {
        watcher = heard;
        tellWatcher();
    }

    private void tellWatcher() {
        RoleView view = RoleView.of(core);
        if (!view.equals(watched)) {
            watched = view;
            watcher.accept(view);
        }
    }

    private void perform(RoleEffect effect) {
        switch (effect) {
            case RoleEffect.Reply(long ticket, RoleReply reply) -> reply(ticket, reply);
            case RoleEffect.ReplyWhenSettled(long ticket, var _, RoleReply reply) -> reply(ticket, reply);
            case RoleEffect.ReplyWhenLetGo(long ticket, var _, RoleReply reply) -> reply(ticket, reply);
            case RoleEffect.ReplyWhenCovered(long ticket, RoleReply reply) -> reply(ticket, reply);
            case RoleEffect.OpenReign(Epoch epoch, int quorum, int inForce) ->
                openReign(epoch, node.settings().rules().of(quorum, inForce));
            case RoleEffect.AwaitCover(long round) ->
                awaitCover(round, new ArrayList<>(databases), host.nanos() + COVER_PATIENCE_NANOS);
            case RoleEffect.StartStreams(Registration registration) -> startStreams(registration);
            case RoleEffect.StopStreams(var name) -> stopStreams(name);
            case RoleEffect.Joined _ -> {}
            case RoleEffect.Drain _ -> drain();
            case RoleEffect.Follow _ -> {
                holding.clear();
                databases.forEach(CoreDatabase::follow);
            }
            case RoleEffect.BindPort(int number) -> port.bind(number);
            case RoleEffect.ClosePort _ -> port.close();
            case RoleEffect.StartEnlisting(Registration registration) -> enlistment.start(registration, identityNow());
            case RoleEffect.TellToObey(boolean systemAnew, boolean resync, long _) ->
                enlistment.tellToObey(identityNow(), databases.getFirst().identity(), systemAnew, resync);
            case RoleEffect.EndEnlisting _ -> enlistment.end();
            case RoleEffect.Answer(long connection, var message) -> port.send(connection, message);
            case RoleEffect.AnswerReport(long connection) -> port.send(connection, report());
            case RoleEffect.Refuse(long connection, var reason, String text) -> port.refuse(connection, reason, text);
            case RoleEffect.Admit(long connection, Hello hello) -> admit(connection, hello);
            case RoleEffect.Depose(var reason, String text) ->
                databases.forEach(database -> database.depose(reason, text));
            case RoleEffect.AdoptSystem(var system, boolean anew, boolean _) -> adopt(system, anew);
            case RoleEffect.PointTo _ -> {}
            case RoleEffect.GiveUp(String message) -> node.dies(message);
            case RoleEffect.RecordMembers(Members members) -> write(members, outcome -> new RoleInput.MembersWritten());
            case RoleEffect.ChangeCatalogue(SystemRecord.OfMembers(Members members)) ->
                write(members, CoreRole::catalogueInput);
            case RoleEffect.Persist _, RoleEffect.ReplyReplicas _, RoleEffect.ChangeCatalogue _ ->
                throw new IllegalStateException("not asked for here: " + effect);
            case RoleEffect.StandStill _ -> promotion.standStill();
            case RoleEffect.AskPeers ask -> promotion.ask(ask);
            case RoleEffect.PullTail pull -> promotion.pull(pull);
            case RoleEffect.DecideSystem(long lsn) -> promotion.decideSystem(lsn);
            case RoleEffect.LeavePeers _ -> promotion.leave();
            case RoleEffect.WithdrawFrom withdraw -> promotion.withdraw(withdraw);
            case RoleEffect.AnswerPledged(long connection) ->
                whenStill(() -> port.send(connection, new Pledged(report())));
            case RoleEffect.ShareTail(long connection, Pull pull) -> port.send(connection, share(pull));
            case RoleEffect.ReplyWhenFollowed _, RoleEffect.ReplyLag _, RoleEffect.UseLine _, RoleEffect.GreetAnew _ ->
                throw new IllegalStateException("not asked for here: " + effect);
        }
    }

    private void write(Members members, Function<Outcome, RoleInput> heard) {
        Operation operation = new Operation(node.truth().valueOf(members));
        operation.whenAnswered(() -> hear(() -> heard.apply(operation.outcome())));
        databases.getFirst().commit(operation);
    }

    private static RoleInput catalogueInput(Outcome outcome) {
        return switch (outcome) {
            case ACKNOWLEDGED, WARNED -> new RoleInput.CatalogueChanged(List.of());
            case REFUSED ->
                new RoleInput.CatalogueUnchanged(new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, "not written"));
            case UNKNOWN ->
                new RoleInput.CatalogueUnchanged(new SkeinException(ErrorCode.COMMIT_UNKNOWN, "nobody knows"));
            case OPEN -> throw new IllegalStateException("answered without an outcome");
        };
    }

    private void reply(long ticket, RoleReply reply) {
        Consumer<RoleReply> answer = tickets.remove(ticket);
        if (answer != null) {
            answer.accept(reply);
        }
    }

    private MainIdentity identity() {
        return Invariant.present(identity, "a stream runs on an instance that was never MAIN");
    }

    private MainIdentity identityNow() {
        RoleState.Main own = (RoleState.Main) core.state();
        return new MainIdentity(own.tenure(), node.name(), node.bolt(), own.epoch());
    }

    /** The system database first, then all others. */
    private void openReign(Epoch epoch, CommitRules rules) {
        identity = identityNow();
        RoleState.Main own = (RoleState.Main) core.state();
        List<ReplicaName> joined = own.joined();
        List<CoreDatabase> others = new ArrayList<>(databases.subList(1, databases.size()));
        databases
                .getFirst()
                .openReign(
                        epoch,
                        rules,
                        own.replicas(),
                        joined,
                        () -> mailbox.tell(() -> List.copyOf(others)
                                .forEach(other ->
                                        other.openReign(epoch, rules, own.replicas(), joined, stands(others, other)))));
    }

    /** Each database answers after it has done what it was told before, a drop for example. */
    private void awaitCover(long round, List<CoreDatabase> left, long deadline) {
        for (CoreDatabase database : List.copyOf(left)) {
            database.ifCovered(() -> mailbox.tell(() -> {
                if (left.remove(database) && left.isEmpty()) {
                    step(new RoleInput.Covered(round));
                }
            }));
        }
        host.after(COVER_LOOK_NANOS, () -> {
            if (!left.isEmpty() && host.nanos() > deadline) {
                hear(() -> new RoleInput.NotCovered(round));
            } else if (!left.isEmpty()) {
                awaitCover(round, left, deadline);
            }
        });
    }

    private Runnable stands(List<CoreDatabase> awaited, CoreDatabase one) {
        return () -> mailbox.tell(() -> {
            if (awaited.remove(one) && awaited.isEmpty()) {
                step(new RoleInput.ReignStands());
            }
        });
    }

    private void stopStreams(ReplicaName name) {
        holding.remove(name.value());
        Registration gone = Registration.asked(name, ReplicationMode.ASYNC, null, node.replicationAddress());
        databases.forEach(database -> database.stopStream(gone));
    }

    private void startStreams(Registration registration) {
        databases.forEach(database -> database.startStream(registration, this::identity));
    }

    /** When every database depends on it, the role remembers. */
    void holds(ReplicaName replica, CoreDatabase database) {
        holding.computeIfAbsent(replica.value(), _ -> new HashSet<>()).add(database);
        boolean isNew =
                core.state() instanceof RoleState.Main own && !own.joined().contains(replica);
        if (isNew && holding.get(replica.value()).size() == databases.size()) {
            step(new RoleInput.ReplicaCaughtUp(replica));
        }
    }

    /** All nodes have one system database from the beginning; one that has diverged begins anew, empty. */
    private void adopt(DatabaseIdentity system, boolean anew) {
        CoreDatabase own = databases.getFirst();
        Invariant.check(system.id().equals(own.identity().id()), "another system database");
        if (anew) {
            own.beginAnew();
            hear(() -> new RoleInput.MembersRecorded(Members.none()));
        }
    }

    private void drain() {
        List<CoreDatabase> awaited = new ArrayList<>(databases);
        for (CoreDatabase database : databases) {
            database.drain(() -> mailbox.tell(() -> {
                if (awaited.remove(database) && awaited.isEmpty()) {
                    step(new RoleInput.Drained());
                }
            }));
        }
    }

    private Report report() {
        List<DatabaseReport> reports = databases.stream()
                .map(database -> new DatabaseReport(database.identity(), database.report()))
                .toList();
        return new Report(
                node.name(),
                core.state().instance(),
                node.bolt(),
                core.state().epochNumber(),
                core.state().obeyedTenure(),
                reports.getFirst(),
                reports.subList(1, reports.size()));
    }

    private WireMessage share(Pull pull) {
        return database(pull.database())
                .map(database -> database.share(pull))
                .orElseGet(() -> new Refusal(Reason.UNKNOWN_DATABASE, "it does not serve that database"));
    }

    /** Calls back once every database has done what it was told before. */
    void whenStill(Runnable then) {
        List<CoreDatabase> awaited = new ArrayList<>(databases);
        for (CoreDatabase database : databases) {
            database.whenStill(() -> mailbox.tell(() -> {
                if (awaited.remove(database) && awaited.isEmpty()) {
                    then.run();
                }
            }));
        }
    }

    Optional<CoreDatabase> database(UUID id) {
        return databases.stream()
                .filter(database -> database.identity().id().equals(id))
                .findFirst();
    }

    OwnLog ownLog(CoreDatabase database) {
        CoreLog log = database.log();
        return new OwnLog(database.identity(), log.end(), log.decidedLsn(), log.settledLsn(), log.reigns());
    }

    OwnLogs ownLogs() {
        List<OwnLog> all = databases.stream().map(this::ownLog).toList();
        return new OwnLogs(all.getFirst(), all.subList(1, all.size()));
    }

    private void admit(long connection, Hello hello) {
        database(hello.database().id())
                .ifPresentOrElse(database -> port.admit(connection, database), () -> port.hangUp(connection));
    }

    /** At the port, on a connection that no database has taken over. */
    void received(long connection, FromMain message) {
        switch (message) {
            case Enlist enlist -> step(new RoleInput.EnlistReceived(connection, enlist));
            case Obey obey -> step(new RoleInput.ObeyReceived(connection, obey));
            case Hello hello -> {
                if (isOvertaken(hello.main())) {
                    host.world().reached(Probe.OVERTAKEN_REIGN_GREETS);
                }
                step(new RoleInput.HelloReceived(connection, hello, RoleInput.Held.SERVED));
            }
            case Pledge pledge ->
                step(new RoleInput.PledgeReceived(
                        connection, pledge, databases.getFirst().identity().id()));
            case Pull pull -> step(new RoleInput.PullReceived(connection, pull));
            case WithdrawPledge(Epoch epoch) -> {
                port.hangUp(connection);
                step(new RoleInput.WithdrawReceived(epoch));
            }
            default -> port.hangUp(connection);
        }
    }

    /** A newer reign of the same MAIN is obeyed. */
    private boolean isOvertaken(MainIdentity main) {
        return state() instanceof RoleState.Replica replica
                && replica.following() != null
                && replica.following().main().tenure().equals(main.tenure())
                && main.epoch().number() < replica.following().main().epoch().number();
    }

    /** The process is gone. */
    void vanish() {
        databases.forEach(database -> {
            CoreMain main = database.main();
            if (main != null) {
                main.vanish();
            }
        });
    }

    int longestMailbox() {
        return databases.stream().mapToInt(CoreDatabase::longestMailbox).reduce(mailbox.longest(), Math::max);
    }
}
