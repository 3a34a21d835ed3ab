package skein.role.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Obey;
import skein.protocol.ReplicationProtocol.Obeyed;
import skein.protocol.ReplicationProtocol.Reason;
import skein.role.core.RoleEffect.Admit;
import skein.role.core.RoleEffect.AdoptSystem;
import skein.role.core.RoleEffect.Answer;
import skein.role.core.RoleEffect.AnswerReport;
import skein.role.core.RoleEffect.Depose;
import skein.role.core.RoleEffect.PointTo;
import skein.role.core.RoleEffect.Refuse;
import skein.role.core.RoleEffect.UseLine;
import skein.role.core.RoleEvent.EpochAccepted;
import skein.role.core.RoleEvent.MainObeyed;
import skein.role.core.RoleInput.EnlistReceived;
import skein.role.core.RoleInput.ForwardingOffered;
import skein.role.core.RoleInput.HelloReceived;
import skein.role.core.RoleInput.ObeyReceived;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.Promoting;
import skein.role.core.RolePhase.Starting;
import skein.role.core.RoleState.Following;
import skein.role.core.RoleState.Promise;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;

/**
 * What a REPLICA answers a MAIN: it obeys one tenure, and nobody below the highest epoch it has accepted. Part of
 * {@link RoleCore}.
 */
final class ReplicaRules {
    private ReplicaRules() {}

    static RoleCore enlistReceived(RoleCore core, EnlistReceived input, List<RoleEffect> effects) {
        Optional<Refuse> refusal = refusal(
                        core, input.connection(), input.enlist().version())
                .or(() -> loop(core, input.connection(), input.enlist().path()));
        refusal.ifPresentOrElse(effects::add, () -> effects.add(new AnswerReport(input.connection())));
        return core;
    }

    static Optional<Refuse> refusal(RoleCore core, long connection, int version) {
        if (version != ReplicationProtocol.VERSION) {
            return Optional.of(new Refuse(
                    connection,
                    Reason.VERSION,
                    "this instance speaks version " + ReplicationProtocol.VERSION + " of the protocol, not "
                            + version));
        }
        if (core.phase() instanceof Starting
                || core.phase() instanceof Draining
                || core.phase() instanceof Binding
                || core.phase() instanceof Promoting) {
            return Optional.of(new Refuse(connection, Reason.UNAVAILABLE, "this instance is changing its role"));
        }
        if (!(core.state() instanceof Replica)) {
            return Optional.of(new Refuse(connection, Reason.NOT_REPLICA, "this instance is a MAIN, not a REPLICA"));
        }
        return Optional.empty();
    }

    private static Optional<Refuse> loop(RoleCore core, long connection, List<UUID> path) {
        return ChainRules.obstacle(core.state().instance(), path)
                .map(reason -> new Refuse(connection, Reason.LOOP, reason));
    }

    static RoleCore obeyReceived(RoleCore core, ObeyReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.obey().main();
        Obey obey = input.obey();
        Optional<Refuse> refusal =
                refusal(core, connection, ReplicationProtocol.VERSION).or(() -> loop(core, connection, obey.path()));
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return core;
        }
        Replica replica = (Replica) core.state();
        Following before = replica.following();
        boolean same = replica.obeys(main.epoch()) && before != null && before.comesFrom(obey.path());
        if (!same && !mayObey(core, replica, obey)) {
            effects.add(new Refuse(connection, Reason.LOWER_EPOCH, lowerEpoch(core, main)));
            return core;
        }
        RoleCore next = core.persist(new MainObeyed(main, obey.system()), effects);
        next = ChainRules.along(next, obey.path(), effects);
        if (!same) {
            effects.add(new Depose(Reason.OTHER_MAIN, "this replica obeys " + main.name() + " now"));
        }
        effects.add(new AdoptSystem(obey.system(), obey.systemAnew(), obey.resync()));
        effects.add(new PointTo(main));
        ChainRules.passOn(core, next, effects);
        effects.add(new Answer(connection, new Obeyed()));
        return next;
    }

    /**
     * A MAIN rises above whatever this instance has accepted. A replica cannot, so what it says counts only if nothing
     * was accepted since this instance has reported to it: an operator's word that is late changes nothing.
     */
    private static boolean mayObey(RoleCore core, Replica replica, Obey obey) {
        return obey.path().size() > 1
                ? obey.reportedEpoch() == replica.epochNumber()
                : replica.obeys(obey.main().epoch())
                        || isPromised(replica, obey.main())
                        || outranks(core, replica, obey.main(), obey.system());
    }

    /**
     * Within a tenure every reign outranks those before. Another tenure of the same history, whose MAIN may start again
     * and again, is outranked by a later promotion only.
     */
    private static boolean outranks(RoleCore core, Replica replica, MainIdentity main, DatabaseIdentity system) {
        long number = main.epoch().number();
        Following following = replica.following();
        boolean isOther = following != null
                && following.system().id().equals(system.id())
                && !replica.obeyedTenure().equals(main.tenure());
        return number > replica.epochNumber()
                        && (isOfLaterTerm(core, replica, main) || !isOther || Epoch.termOf(number) == 0)
                || isOwnReignInNumberLeft(replica, main);
    }

    /**
     * A pledge that was withdrawn leaves its number behind, in which that promotion will never reign. The MAIN that is
     * obeyed may have been promoted by others with the same number.
     */
    private static boolean isOwnReignInNumberLeft(Replica replica, MainIdentity main) {
        Following following = replica.following();
        return following != null
                && replica.promise() == null
                && following.main().tenure().equals(main.tenure())
                && following.main().epoch().number() < main.epoch().number()
                && main.epoch().number() == replica.epochNumber();
    }

    /**
     * Above all that was accepted. Coordinators give a term to one instance alone, so what was accepted of that term
     * without obeying it was an attempt of the same promotion.
     */
    private static boolean isOfLaterTerm(RoleCore core, Replica replica, MainIdentity main) {
        long term = Epoch.termOf(main.epoch().number());
        Following following = replica.following();
        boolean obeysEarlier =
                following == null || Epoch.termOf(following.main().epoch().number()) < term;
        return term > Epoch.termOf(replica.epochNumber())
                || core.oversight().managed() && obeysEarlier && main.epoch().number() > replica.epochNumber();
    }

    /**
     * A member on whom the decisions of this history depend goes over to whoever was promoted by their word: the one it
     * gave its pledge to, or one of a later term than all that it has seen. The stream of the system database, which
     * names that history, comes first.
     */
    private static boolean goesOver(RoleCore core, Replica replica, HelloReceived input) {
        Following present = replica.following();
        boolean below = input.hello().path().size() > 1;
        if (!isKin(present, input)
                || below && (present == null || !present.comesFrom(input.hello().path()))) {
            return false;
        }
        MainIdentity main = input.hello().main();
        Promise promise = replica.promise();
        boolean isPromised = promise != null
                && promise.tenure().equals(main.tenure())
                && main.epoch().number() >= promise.epoch().number();
        // whoever obeys nobody may hold another history under this name: only an operator knows, or coordinators
        boolean isOther = present == null
                ? core.oversight().managed()
                : !present.main().tenure().equals(main.tenure());
        return isPromised || isOther && isOfLaterTerm(core, replica, main);
    }

    /** True for the system database of this replica's history. */
    private static boolean isKin(@Nullable Following following, HelloReceived input) {
        DatabaseIdentity database = input.hello().database();
        return following == null
                ? DatabaseNames.isSystem(database.name()) && input.held() == RoleInput.Held.SERVED
                : database.id().equals(following.system().id());
    }

    /** The promotion that was promised to has come about. */
    private static boolean isPromised(Replica replica, MainIdentity main) {
        Promise promise = replica.promise();
        return promise != null && promise.epoch().equals(main.epoch());
    }

    /** The promotion has come about, and whoever streams here follows it, or is it. */
    private static boolean isFulfilled(Promise promise, MainIdentity main) {
        return promise.tenure().equals(main.tenure())
                && promise.epoch().number() <= main.epoch().number();
    }

    private static String described(MainIdentity main) {
        return main.name() + " (" + main.bolt() + ", epoch " + main.epoch().text() + ")";
    }

    private static String lowerEpoch(RoleCore core, MainIdentity main) {
        return "this replica has accepted epoch " + Epoch.text(core.state().epochNumber()) + ", " + main.name()
                + " reigns in " + main.epoch().text();
    }

    private static String promised(Promise promise, MainIdentity main) {
        return "this replica has pledged epoch " + promise.epoch().text() + " to " + promise.name()
                + ", which is being promoted or is MAIN now. If it is to follow " + main.name()
                + " nevertheless, drop it there and register it again";
    }

    static RoleCore helloReceived(RoleCore core, HelloReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.hello().main();
        Optional<Refuse> refusal = refusal(core, connection, input.hello().version());
        if (refusal.isEmpty()) {
            refusal = loop(core, connection, input.hello().path());
        }
        if (refusal.isEmpty() && goesOver(core, (Replica) core.state(), input)) {
            return goOver(core, input, effects);
        }
        if (refusal.isEmpty()) {
            refusal = refusalOfStream(core, input, main);
        }
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return core;
        }
        Following following = ((Replica) core.state()).following();
        RoleCore next = core;
        boolean news = following != null && !following.main().equals(main);
        if (news) {
            next = core.persist(new EpochAccepted(main), effects);
        }
        next = ChainRules.along(next, input.hello().path(), effects);
        if (news && following != null) {
            if (!following.main().epoch().equals(main.epoch())) {
                // what an earlier reign still has on its way must not arrive after this
                effects.add(new Depose(
                        Reason.LOWER_EPOCH,
                        main.name() + " reigns in epoch " + main.epoch().text() + " now"));
            }
            effects.add(new PointTo(main));
        }
        ChainRules.passOn(core, next, effects);
        effects.add(new Admit(connection, input.hello()));
        return next;
    }

    /**
     * Who was registered with an instance follows it to another MAIN: because that instance is MAIN now, or because a
     * MAIN has registered it. It cannot be led back, nor to other databases.
     */
    private static boolean isLedOn(Following following, Hello hello) {
        return !following.path().isEmpty()
                && !hello.path().isEmpty()
                && hello.main().epoch().number() > following.main().epoch().number()
                && hello.system().equals(following.system().id());
    }

    private static RoleCore goOver(RoleCore core, HelloReceived input, List<RoleEffect> effects) {
        MainIdentity main = input.hello().main();
        RoleCore next = core.persist(new MainObeyed(main, input.hello().database()), effects);
        next = ChainRules.along(next, input.hello().path(), effects);
        effects.add(new Depose(Reason.OTHER_MAIN, "this replica obeys " + main.name() + " now"));
        effects.add(new PointTo(main));
        ChainRules.passOn(core, next, effects);
        effects.add(new Admit(input.connection(), input.hello()));
        return next;
    }

    private static Optional<Refuse> refusalOfStream(RoleCore core, HelloReceived input, MainIdentity main) {
        long connection = input.connection();
        Replica replica = (Replica) core.state();
        Following following = replica.following();
        if (following == null
                || !following.main().tenure().equals(main.tenure()) && !isLedOn(following, input.hello())) {
            String whom = following == null ? "nobody yet" : described(following.main());
            return Optional.of(new Refuse(
                    connection, Reason.OTHER_MAIN, "this replica obeys " + whom + ", not " + described(main)));
        }
        if (!following.comesFrom(input.hello().path())) {
            return Optional.of(new Refuse(
                    connection,
                    Reason.OTHER_MAIN,
                    "this replica follows " + described(following.main())
                            + (following.isDirect() ? " itself" : " through another replica")));
        }
        Promise promise = replica.promise();
        if (promise != null && !isFulfilled(promise, main)) {
            return Optional.of(new Refuse(connection, Reason.LOWER_EPOCH, promised(promise, main)));
        }
        // nothing can follow a greeting that comes so late, but it would end the streams of the reign that is followed
        if (main.epoch().number() <= following.main().epoch().number() && !replica.obeys(main.epoch())) {
            return Optional.of(new Refuse(connection, Reason.LOWER_EPOCH, lowerEpoch(core, main)));
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
                        database
                                + " is broken on this replica; SHOW DATABASES there says why. To have it rebuilt, drop the"
                                + " replica and register it again with RESYNC"));
        };
    }

    /** Transactions go to the MAIN that is obeyed, in the very epoch that is obeyed: a stream has brought it. */
    static RoleCore forwardingOffered(RoleCore core, ForwardingOffered input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.offer().main();
        Optional<Refuse> refusal = refusal(core, connection, input.offer().version());
        if (refusal.isPresent()) {
            effects.add(refusal.get());
        } else if (!input.wanted()) {
            effects.add(new Refuse(connection, Reason.UNEXPECTED, "this replica does not forward writes"));
        } else if (!((Replica) core.state()).obeys(main.epoch())) {
            effects.add(new Refuse(
                    connection,
                    Reason.UNAVAILABLE,
                    "this replica does not obey " + described(main) + " at the moment"));
        } else {
            effects.add(new UseLine(connection, input.offer()));
        }
        return core;
    }
}
