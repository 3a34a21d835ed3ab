package skein.role.core;

import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.MainIdentity;
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

/**
 * What a REPLICA answers a MAIN: it obeys one tenure, and nobody below the highest epoch it has accepted. Part of
 * {@link RoleCore}.
 */
final class ReplicaRules {
    private ReplicaRules() {}

    static RoleCore enlistReceived(RoleCore core, EnlistReceived input, List<RoleEffect> effects) {
        Optional<Refuse> refusal =
                refusal(core, input.connection(), input.enlist().version());
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

    static RoleCore obeyReceived(RoleCore core, ObeyReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.obey().main();
        Optional<Refuse> refusal = refusal(core, connection, ReplicationProtocol.VERSION);
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return core;
        }
        Replica replica = (Replica) core.state();
        boolean same = replica.obeys(main.epoch());
        if (main.epoch().number() <= core.state().epochNumber() && !same && !isPromised(replica, main)) {
            effects.add(new Refuse(connection, Reason.LOWER_EPOCH, lowerEpoch(core, main)));
            return core;
        }
        RoleCore next = core.persist(new MainObeyed(main, input.obey().system()), effects);
        if (!same) {
            effects.add(new Depose(Reason.OTHER_MAIN, "this replica obeys " + main.name() + " now"));
        }
        effects.add(new AdoptSystem(input.obey().system(), input.obey().systemAnew()));
        effects.add(new PointTo(main));
        effects.add(new Answer(connection, new Obeyed()));
        return next;
    }

    /** The promotion that was promised to has come about. */
    private static boolean isPromised(Replica replica, MainIdentity main) {
        Promise promise = replica.promise();
        return promise != null && promise.epoch().equals(main.epoch());
    }

    private static String described(MainIdentity main) {
        return main.name() + " (" + main.bolt() + ", epoch " + main.epoch().number() + ")";
    }

    private static String lowerEpoch(RoleCore core, MainIdentity main) {
        return "this replica has accepted epoch " + core.state().epochNumber() + ", " + main.name() + " reigns in "
                + main.epoch().number();
    }

    private static String promised(Promise promise, MainIdentity main) {
        return "this replica has pledged epoch " + promise.epoch().number() + " to " + promise.name()
                + ", which is being promoted or is MAIN now. If it is to follow " + main.name()
                + " nevertheless, drop it there and register it again";
    }

    static RoleCore helloReceived(RoleCore core, HelloReceived input, List<RoleEffect> effects) {
        long connection = input.connection();
        MainIdentity main = input.hello().main();
        Optional<Refuse> refusal = refusal(core, connection, input.hello().version());
        if (refusal.isEmpty()) {
            refusal = refusalOfStream(core, input, main);
        }
        if (refusal.isPresent()) {
            effects.add(refusal.get());
            return core;
        }
        Following following = ((Replica) core.state()).following();
        RoleCore next = core;
        if (following != null && !following.main().equals(main)) {
            next = core.persist(new EpochAccepted(main), effects);
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

    private static Optional<Refuse> refusalOfStream(RoleCore core, HelloReceived input, MainIdentity main) {
        long connection = input.connection();
        Replica replica = (Replica) core.state();
        Following following = replica.following();
        if (following == null || !following.main().tenure().equals(main.tenure())) {
            String whom = following == null ? "nobody yet" : described(following.main());
            return Optional.of(new Refuse(
                    connection, Reason.OTHER_MAIN, "this replica obeys " + whom + ", not " + described(main)));
        }
        Promise promise = replica.promise();
        if (promise != null) {
            return Optional.of(new Refuse(connection, Reason.LOWER_EPOCH, promised(promise, main)));
        }
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
                        database + " is broken on this replica; SHOW DATABASES there says why"));
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
