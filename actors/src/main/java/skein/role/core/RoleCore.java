package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.Admit;
import skein.role.core.RoleEffect.AdoptSystem;
import skein.role.core.RoleEffect.Answer;
import skein.role.core.RoleEffect.AnswerReport;
import skein.role.core.RoleEffect.BindPort;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.ClosePort;
import skein.role.core.RoleEffect.Depose;
import skein.role.core.RoleEffect.Drain;
import skein.role.core.RoleEffect.EndEnlisting;
import skein.role.core.RoleEffect.Follow;
import skein.role.core.RoleEffect.GiveUp;
import skein.role.core.RoleEffect.OpenReign;
import skein.role.core.RoleEffect.Persist;
import skein.role.core.RoleEffect.PointTo;
import skein.role.core.RoleEffect.Refuse;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyReplicas;
import skein.role.core.RoleEffect.ReplyWhenFollowed;
import skein.role.core.RoleEffect.ReplyWhenSettled;
import skein.role.core.RoleEffect.StartEnlisting;
import skein.role.core.RoleEffect.StartStreams;
import skein.role.core.RoleEffect.StopStreams;
import skein.role.core.RoleEffect.TellToObey;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.BecameReplica;
import skein.role.core.RoleEvent.EpochAccepted;
import skein.role.core.RoleEvent.MainObeyed;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.role.core.RoleInput.CatalogueChanged;
import skein.role.core.RoleInput.CatalogueUnchanged;
import skein.role.core.RoleInput.ChangeDatabases;
import skein.role.core.RoleInput.ChangeUsers;
import skein.role.core.RoleInput.Drained;
import skein.role.core.RoleInput.Drop;
import skein.role.core.RoleInput.EnlistFailed;
import skein.role.core.RoleInput.EnlistReceived;
import skein.role.core.RoleInput.HelloReceived;
import skein.role.core.RoleInput.ObeyReceived;
import skein.role.core.RoleInput.PortBound;
import skein.role.core.RoleInput.PortRefused;
import skein.role.core.RoleInput.Recovered;
import skein.role.core.RoleInput.Register;
import skein.role.core.RoleInput.ReignStands;
import skein.role.core.RoleInput.ReplicaObeys;
import skein.role.core.RoleInput.Reported;
import skein.role.core.RoleInput.SetMain;
import skein.role.core.RoleInput.SetReplica;
import skein.role.core.RoleInput.ShowReplicas;
import skein.role.core.RoleInput.ShowRole;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Cataloguing;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RolePhase.Starting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Following;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.user.core.UserRules;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/**
 * What an instance is, and how it becomes something else. Rules, each with a scenario in {@code scenario/role}:
 *
 * <ul>
 *   <li>Every start of a MAIN, and every promotion, opens a reign above all that were ever seen here: first the event,
 *       then the EPOCH records, then writes.
 *   <li>A registration is all or nothing: the replica durably obeys before the MAIN persists it.
 *   <li>A replica obeys one tenure, and nobody below the highest epoch it has accepted.
 *   <li>Databases and users are changed by a MAIN alone, one at a time, by a record of the system database.
 *   <li>A MAIN never becomes a replica on a port it cannot listen on.
 * </ul>
 *
 * @param state what the journal remembers
 * @param phase what is under way
 */
public record RoleCore(RoleState state, RolePhase phase) {

    private static final int PORT_MAX = 65_535;

    /** Before the journal was read. */
    public static RoleCore starting() {
        return new RoleCore(RoleState.fresh(), new Starting());
    }

    /** With the state that the journal gave. */
    public RoleCore withState(RoleState replayed) {
        return new RoleCore(replayed, phase);
    }

    public Step<RoleCore, RoleEffect> step(RoleInput input) {
        var effects = new ArrayList<RoleEffect>();
        RoleCore next = take(input, effects);
        return new Step<>(next, effects);
    }

    private RoleCore take(RoleInput input, List<RoleEffect> effects) {
        return switch (input) {
            case Recovered recovered -> recovered(recovered, effects);
            case ReignStands() -> reignStands(effects);
            case PortBound(var address) -> portBound(effects);
            case PortRefused(String message) -> portRefused(message, effects);
            case Drained() -> drained(effects);
            case SetMain wish -> setMain(wish, effects);
            case SetReplica wish -> setReplica(wish, effects);
            case Register(long ticket, Registration registration) -> register(ticket, registration, effects);
            case Drop wish -> drop(wish, effects);
            case ChangeDatabases wish -> changeDatabases(wish, effects);
            case ChangeUsers wish -> changeUsers(wish, effects);
            case CatalogueChanged(var warnings) -> catalogueChanged(warnings, effects);
            case CatalogueUnchanged(var reason) -> catalogueUnchanged(reason, effects);
            case ShowReplicas(long ticket) -> showReplicas(ticket, effects);
            case ShowRole(long ticket) -> {
                effects.add(new Reply(ticket, new RoleReply.Role(!(state instanceof Replica))));
                yield this;
            }
            case Reported reported -> reported(reported, effects);
            case ReplicaObeys() -> replicaObeys(effects);
            case EnlistFailed(String message) -> enlistFailed(message, effects);
            case EnlistReceived enlist -> enlistReceived(enlist, effects);
            case ObeyReceived obey -> obeyReceived(obey, effects);
            case HelloReceived hello -> helloReceived(hello, effects);
        };
    }

    private RoleCore recovered(Recovered input, List<RoleEffect> effects) {
        if (input.restore() && state instanceof Replica replica) {
            effects.add(new Follow());
            if (replica.following() != null) {
                effects.add(new PointTo(replica.following().main()));
            }
            effects.add(new BindPort(replica.port()));
            return in(new Binding(replica.port(), null));
        }
        Epoch epoch = above(input.epochInLogs(), input.fresh().reign());
        boolean same = input.restore() && state instanceof Main;
        return persist(
                        same
                                ? new ReignOpened(epoch)
                                : new BecameMain(input.fresh().tenure(), epoch),
                        effects)
                .openingReign(epoch, null, effects);
    }

    private Epoch above(long epochInLogs, UUID reign) {
        return new Epoch(Math.max(state.epochNumber(), epochInLogs) + 1, reign);
    }

    private RoleCore openingReign(Epoch epoch, @Nullable Long ticket, List<RoleEffect> effects) {
        effects.add(new OpenReign(epoch));
        return in(new OpeningReign(ticket));
    }

    private RoleCore reignStands(List<RoleEffect> effects) {
        if (phase instanceof Enlisting enlisting) {
            Invariant.check(enlisting.stage() == EnlistStage.RISING, "a reign stands in stage %s", enlisting.stage());
            if (enlisting.failure() != null) {
                return notRegistered(enlisting, enlisting.failure(), effects);
            }
            effects.add(new TellToObey());
            return in(enlisting.in(EnlistStage.TOLD));
        }
        Invariant.check(phase instanceof OpeningReign, "a reign stands in phase %s", phase);
        main().replicas().forEach(replica -> effects.add(new StartStreams(replica)));
        Long ticket = ((OpeningReign) phase).ticket();
        if (ticket != null) {
            effects.add(new Reply(ticket, new RoleReply.Done(RoleNotes.becameMain())));
        }
        return in(new Steady());
    }

    private RoleCore portBound(List<RoleEffect> effects) {
        Invariant.check(phase instanceof Binding, "a port was bound in phase %s", phase);
        Binding binding = (Binding) phase;
        if (binding.ticket() == null) {
            return in(new Steady());
        }
        effects.add(new Drain());
        return in(new Draining(binding.port(), binding.ticket()));
    }

    private RoleCore portRefused(String message, List<RoleEffect> effects) {
        Invariant.check(phase instanceof Binding, "a port was refused in phase %s", phase);
        Long ticket = ((Binding) phase).ticket();
        if (ticket == null) {
            effects.add(new GiveUp(message));
            return this;
        }
        effects.add(new Reply(ticket, new RoleReply.Refused(RoleRefusals.cannotBecomeReplica(message))));
        return in(new Steady());
    }

    private RoleCore drained(List<RoleEffect> effects) {
        if (!(phase instanceof Draining(int port, long ticket))) {
            return this;
        }
        RoleCore next = persist(new BecameReplica(port), effects);
        // streams end with the reign: dropping the replicas instead would release commits that still wait for them
        effects.add(new Follow());
        effects.add(new Reply(ticket, new RoleReply.Done(RoleNotes.becameReplica(port))));
        return next.in(new Steady());
    }

    private RoleCore setMain(SetMain wish, List<RoleEffect> effects) {
        if (isBusy(wish.ticket(), effects)) {
            return this;
        }
        if (state instanceof Main) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.alreadyMain())));
            return this;
        }
        Epoch epoch = above(wish.epochInLogs(), wish.fresh().reign());
        RoleCore next = persist(new BecameMain(wish.fresh().tenure(), epoch), effects);
        effects.add(new Depose(Reason.NOT_REPLICA, "this instance has become MAIN"));
        effects.add(new ClosePort());
        return next.openingReign(epoch, wish.ticket(), effects);
    }

    private RoleCore setReplica(SetReplica wish, List<RoleEffect> effects) {
        if (isBusy(wish.ticket(), effects)) {
            return this;
        }
        if (state instanceof Replica) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.alreadyReplica())));
            return this;
        }
        if (wish.port() < 1 || wish.port() > PORT_MAX) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.portInvalid(wish.port()))));
            return this;
        }
        effects.add(new BindPort(wish.port()));
        return in(new Binding(wish.port(), wish.ticket()));
    }

    private RoleCore register(long ticket, Registration registration, List<RoleEffect> effects) {
        if (isBusy(ticket, effects)) {
            return this;
        }
        var refusal = RoleRefusals.ofRegistration(state, registration);
        if (refusal.isPresent()) {
            effects.add(new Reply(ticket, new RoleReply.Refused(refusal.get())));
            return this;
        }
        effects.add(new StartEnlisting(registration));
        return in(new Enlisting(registration, ticket, EnlistStage.ASKED, null));
    }

    private RoleCore reported(Reported input, List<RoleEffect> effects) {
        if (!(phase instanceof Enlisting asked) || asked.stage() != EnlistStage.ASKED) {
            return this;
        }
        Report report = input.report();
        Optional<String> obstacle = Obstacles.of(report, input.own(), main().replicas());
        if (obstacle.isPresent()) {
            return notRegistered(asked, obstacle.get(), effects);
        }
        Enlisting answered = asked.answeredBy(report.instance());
        if (report.epochNumber() < main().epoch().number()) {
            effects.add(new TellToObey());
            return in(answered.in(EnlistStage.TOLD));
        }
        // the replica has accepted an epoch that is not below ours: rise above it, so that nobody it knew can follow
        Epoch epoch = above(report.epochNumber(), input.freshReign());
        RoleCore next = persist(new ReignOpened(epoch), effects);
        effects.add(new OpenReign(epoch));
        return next.in(answered.in(EnlistStage.RISING));
    }

    private RoleCore replicaObeys(List<RoleEffect> effects) {
        if (!(phase instanceof Enlisting enlisting) || enlisting.stage() != EnlistStage.TOLD) {
            return this;
        }
        Registration registration = enlisting.registration();
        RoleCore next = persist(new ReplicaRegistered(registration), effects);
        effects.add(new EndEnlisting());
        effects.add(new StartStreams(registration));
        effects.add(new ReplyWhenSettled(
                enlisting.ticket(), registration.name(), new RoleReply.Done(RoleNotes.registered(registration))));
        return next.in(new Steady());
    }

    private RoleCore enlistFailed(String message, List<RoleEffect> effects) {
        if (!(phase instanceof Enlisting enlisting)) {
            return this;
        }
        if (enlisting.stage() == EnlistStage.RISING) {
            return in(enlisting.failed(message));
        }
        return notRegistered(enlisting, message, effects);
    }

    private RoleCore notRegistered(Enlisting enlisting, String message, List<RoleEffect> effects) {
        effects.add(new EndEnlisting());
        effects.add(new Reply(
                enlisting.ticket(),
                new RoleReply.Refused(RoleRefusals.notRegistered(enlisting.registration(), message))));
        return in(new Steady());
    }

    private RoleCore drop(Drop wish, List<RoleEffect> effects) {
        if (isBusy(wish.ticket(), effects)) {
            return this;
        }
        var refusal = RoleRefusals.ofDrop(state, wish.name());
        if (refusal.isPresent()) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(refusal.get())));
            return this;
        }
        RoleCore next = persist(new ReplicaDropped(wish.name()), effects);
        effects.add(new StopStreams(wish.name()));
        effects.add(new Reply(wish.ticket(), new RoleReply.Done(RoleNotes.dropped(wish.name()))));
        return next;
    }

    private RoleCore changeDatabases(ChangeDatabases input, List<RoleEffect> effects) {
        if (isBusy(input.ticket(), effects)) {
            return this;
        }
        if (state instanceof Replica replica) {
            effects.add(new Reply(
                    input.ticket(),
                    new RoleReply.Refused(
                            RoleRefusals.catalogueOfReplica(input.wish().command(), replica.following()))));
            return this;
        }
        if (input.wish() instanceof DatabaseWish.Recover recover
                && !main().replicas().isEmpty()) {
            effects.add(new Reply(
                    input.ticket(), new RoleReply.Refused(RoleRefusals.recoveryWithReplicas(recover.name()))));
            return this;
        }
        return switch (DatabaseRules.judge(input.wish(), input.view())) {
            case DatabaseRules.Verdict.Refusal(var reason) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Refused(reason)));
                yield this;
            }
            case DatabaseRules.Verdict.AsItIs(var notifications) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Done(notifications)));
                yield this;
            }
            case DatabaseRules.Verdict.Change(CatalogueRecord record) ->
                cataloguing(
                        new SystemRecord.OfDatabases(record),
                        RoleNotes.catalogued(record),
                        input.wish().command(),
                        input.ticket(),
                        effects);
        };
    }

    private RoleCore changeUsers(ChangeUsers input, List<RoleEffect> effects) {
        if (isBusy(input.ticket(), effects)) {
            return this;
        }
        String command = input.wish().command();
        if (state instanceof Replica replica) {
            effects.add(new Reply(
                    input.ticket(), new RoleReply.Refused(RoleRefusals.usersOfReplica(command, replica.following()))));
            return this;
        }
        return switch (UserRules.judge(input.wish(), input.users())) {
            case UserRules.Verdict.Refusal(var reason) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Refused(reason)));
                yield this;
            }
            case UserRules.Verdict.AsItIs(var notes) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Done(notes)));
                yield this;
            }
            case UserRules.Verdict.Change(var record, var notes) ->
                cataloguing(new SystemRecord.OfUsers(record), notes, command, input.ticket(), effects);
        };
    }

    private RoleCore cataloguing(
            SystemRecord record, List<Notification> notes, String command, long ticket, List<RoleEffect> effects) {
        effects.add(new ChangeCatalogue(record));
        return in(new Cataloguing(record, notes, command, ticket));
    }

    private RoleCore catalogueChanged(List<Notification> warnings, List<RoleEffect> effects) {
        if (!(phase instanceof Cataloguing(SystemRecord record, var notes, String ignored, long ticket))) {
            return this;
        }
        List<Notification> all = new ArrayList<>(notes);
        all.addAll(warnings);
        RoleReply done = new RoleReply.Done(all);
        effects.add(
                record instanceof SystemRecord.OfDatabases(CatalogueRecord.Created created)
                        ? new ReplyWhenFollowed(ticket, created.id(), done)
                        : new Reply(ticket, done));
        return in(new Steady());
    }

    private RoleCore catalogueUnchanged(SkeinException reason, List<RoleEffect> effects) {
        if (!(phase instanceof Cataloguing cataloguing)) {
            return this;
        }
        effects.add(new Reply(cataloguing.ticket(), new RoleReply.Refused(reason)));
        return in(new Steady());
    }

    private RoleCore showReplicas(long ticket, List<RoleEffect> effects) {
        effects.add(
                state instanceof Replica
                        ? new Reply(ticket, new RoleReply.Refused(RoleRefusals.onlyOnMain("SHOW REPLICAS")))
                        : new ReplyReplicas(ticket));
        return this;
    }

    private RoleCore enlistReceived(EnlistReceived input, List<RoleEffect> effects) {
        Optional<Refuse> refusal = refusal(input.connection(), input.enlist().version());
        refusal.ifPresentOrElse(effects::add, () -> effects.add(new AnswerReport(input.connection())));
        return this;
    }

    private Optional<Refuse> refusal(long connection, int version) {
        if (version != ReplicationProtocol.VERSION) {
            return Optional.of(new Refuse(
                    connection,
                    Reason.VERSION,
                    "this instance speaks version " + ReplicationProtocol.VERSION + " of the protocol, not "
                            + version));
        }
        if (phase instanceof Starting || phase instanceof Draining || phase instanceof Binding) {
            return Optional.of(new Refuse(connection, Reason.UNAVAILABLE, "this instance is changing its role"));
        }
        if (!(state instanceof Replica)) {
            return Optional.of(new Refuse(connection, Reason.NOT_REPLICA, "this instance is a MAIN, not a REPLICA"));
        }
        return Optional.empty();
    }

    private RoleCore obeyReceived(ObeyReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.obey().main();
        Optional<Refuse> refusal = refusal(connection, ReplicationProtocol.VERSION);
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return this;
        }
        Following before = ((Replica) state).following();
        boolean same = before != null && before.main().epoch().equals(main.epoch());
        if (main.epoch().number() <= state.epochNumber() && !same) {
            effects.add(new Refuse(connection, Reason.LOWER_EPOCH, lowerEpoch(main)));
            return this;
        }
        RoleCore next = persist(new MainObeyed(main, input.obey().system()), effects);
        if (!same) {
            effects.add(new Depose(Reason.OTHER_MAIN, "this replica obeys " + main.name() + " now"));
        }
        effects.add(new AdoptSystem(input.obey().system()));
        effects.add(new PointTo(main));
        effects.add(new Answer(connection, new Obeyed()));
        return next;
    }

    private static String described(MainIdentity main) {
        return main.name() + " (" + main.bolt() + ", epoch " + main.epoch().number() + ")";
    }

    private String lowerEpoch(MainIdentity main) {
        return "this replica has accepted epoch " + state.epochNumber() + ", " + main.name() + " reigns in "
                + main.epoch().number();
    }

    private RoleCore helloReceived(HelloReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.hello().main();
        Optional<Refuse> refusal = refusal(connection, input.hello().version());
        if (refusal.isEmpty()) {
            refusal = refusalOfStream(input, main);
        }
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return this;
        }
        Following following = ((Replica) state).following();
        RoleCore next = this;
        if (following != null && !following.main().equals(main)) {
            next = persist(new EpochAccepted(main), effects);
            if (!following.main().epoch().equals(main.epoch())) {
                // what an earlier reign still has on its way must not arrive after this
                effects.add(new Depose(
                        Reason.LOWER_EPOCH,
                        main.name() + " reigns in epoch " + main.epoch().number() + " now"));
            }
            effects.add(new PointTo(main));
        }
        effects.add(new Admit(connection, input.hello()));
        return next;
    }

    private Optional<Refuse> refusalOfStream(HelloReceived input, MainIdentity main) {
        long connection = input.connection();
        Following following = ((Replica) state).following();
        if (following == null || !following.main().tenure().equals(main.tenure())) {
            String whom = following == null ? "nobody yet" : described(following.main());
            return Optional.of(new Refuse(
                    connection, Reason.OTHER_MAIN, "this replica obeys " + whom + ", not " + described(main)));
        }
        boolean sameReign = main.epoch().equals(following.main().epoch());
        if (main.epoch().number() <= state.epochNumber() && !sameReign) {
            return Optional.of(new Refuse(connection, Reason.LOWER_EPOCH, lowerEpoch(main)));
        }
        String database = "database " + input.hello().database().name();
        return switch (input.held()) {
            case SERVED -> Optional.empty();
            case MISSING ->
                Optional.of(new Refuse(
                        connection, Reason.UNKNOWN_DATABASE, "this replica does not have " + database + " yet"));
            case BROKEN ->
                Optional.of(new Refuse(
                        connection,
                        Reason.UNAVAILABLE,
                        database + " is broken on this replica; SHOW DATABASES there says why"));
        };
    }

    /** Commands are taken one at a time; whoever comes in between is told so at once. */
    private boolean isBusy(long ticket, List<RoleEffect> effects) {
        if (phase instanceof Steady) {
            return false;
        }
        effects.add(new Reply(ticket, new RoleReply.Refused(RoleRefusals.busy(phase))));
        return true;
    }

    private RoleCore persist(RoleEvent event, List<RoleEffect> effects) {
        effects.add(new Persist(event));
        return new RoleCore(state.evolve(event), phase);
    }

    private RoleCore in(RolePhase next) {
        return new RoleCore(state, next);
    }

    private Main main() {
        Invariant.check(state instanceof Main, "%s is no MAIN", state);
        return (Main) state;
    }
}
