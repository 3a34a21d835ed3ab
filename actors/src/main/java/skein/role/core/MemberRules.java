package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.role.core.RoleEffect.AwaitCover;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.RecordMembers;
import skein.role.core.RolePhase.Dropping;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;
import skein.role.core.SystemRecord.OfMembers;

/**
 * How a MAIN tells everybody who holds copies: by a record of the system database that names all members. A replica is
 * recorded before it is registered and struck off after it was dropped, so that the record never names too few.
 *
 * <p>With QUORUM a promotion counts by that record, so one that asks for fewer answers is written only after every
 * database is covered: what is decided is held by a quorum of those that still count. A record that asks for more can
 * be written at any time. Before a quorum has formed the record says so, and a promotion has to hear everybody. Part of
 * {@link RoleCore}.
 */
final class MemberRules {
    private MemberRules() {}

    /** What is to be recorded once this replica is registered too. */
    static Members with(RoleCore core, Registration added) {
        List<Registration> replicas = new ArrayList<>(core.main().replicas());
        replicas.add(added);
        return members(core, core.main(), replicas);
    }

    /** What is to be recorded before this replica is dropped. */
    static Members without(RoleCore core, Registration dropped) {
        List<Registration> replicas = new ArrayList<>(core.main().replicas());
        replicas.remove(dropped);
        return members(core, core.main(), replicas);
    }

    private static Members members(RoleCore core, Main main, List<Registration> replicas) {
        MemberBook book = core.book();
        boolean alone = !main.needsQuorum() && replicas.stream().anyMatch(Registration::isInQuorum);
        int quorum = alone ? 0 : book.quorumToTell();
        return new Members(main.instance(), book.recorded().addressOf(main.instance()), quorum, replicas);
    }

    private static Members wanted(RoleCore core) {
        return members(core, core.main(), core.main().replicas());
    }

    /** True while a promotion may count on somebody who counts no more: no change may be recorded on top of that. */
    static boolean isShrinking(RoleCore core) {
        return core.main().needsQuorum() && core.book().asksForMoreThan(wanted(core));
    }

    /**
     * Whatever the record lacks is recorded, in the background: after a drop, after a start or a promotion, and after
     * the system database took no records for a while.
     */
    static RoleCore repair(RoleCore core, List<RoleEffect> effects) {
        if (!(core.state() instanceof Main main)
                || !(core.phase() instanceof Steady)
                || core.oversight().waiting()
                || core.book().writing()) {
            return core;
        }
        Members wanted = wanted(core);
        // nobody follows a MAIN that has registered nobody yet: a record would only part its log from all others
        boolean nobodyToTell =
                main.replicas().isEmpty() && !core.book().recorded().main().equals(main.instance());
        if (nobodyToTell || wanted.equals(core.book().recorded())) {
            return core;
        }
        if (isShrinking(core)) {
            // the MAIN before counts until somebody has to be recorded: it may be needed, and taken up again, any time
            return core.book().namesMoreReplicasThan(wanted) ? awaitCover(core, true, effects) : core;
        }
        effects.add(new RecordMembers(wanted));
        return core.with(core.book().writing(true));
    }

    static RoleCore awaitCover(RoleCore core, List<RoleEffect> effects) {
        return awaitCover(core, false, effects);
    }

    private static RoleCore awaitCover(RoleCore core, boolean inBackground, List<RoleEffect> effects) {
        RoleCore next = core.with(core.book().asking(inBackground));
        effects.add(new AwaitCover(next.book().rounds()));
        return next;
    }

    /** Everything decided is held by a quorum of those that count: nobody needs to ask the others any more. */
    static RoleCore covered(RoleCore core, long round, List<RoleEffect> effects) {
        if (round != core.book().rounds() || !(core.state() instanceof Main)) {
            return core;
        }
        if (core.phase() instanceof Dropping) {
            effects.add(new ChangeCatalogue(new OfMembers(wanted(core))));
            return core;
        }
        if (core.phase() instanceof Enlisting enlisting && enlisting.stage() == EnlistStage.COVERING) {
            return EnlistingRules.record(core, enlisting, effects);
        }
        if (!(core.phase() instanceof Steady) || !core.book().writing()) {
            return core.with(core.book().writing(false));
        }
        effects.add(new RecordMembers(wanted(core)));
        return core;
    }

    static RoleCore notCovered(RoleCore core, long round, List<RoleEffect> effects) {
        if (round != core.book().rounds()) {
            return core;
        }
        RoleCore next = core.with(core.book().writing(false));
        if (next.phase() instanceof Enlisting enlisting && enlisting.stage() == EnlistStage.COVERING) {
            return EnlistingRules.obeysInVain(
                    next, enlisting, RoleRefusals.membersAreShrinking(countedStill(next)), effects);
        }
        return next.phase() instanceof Dropping dropping ? DroppingRules.unrecorded(next, dropping, effects) : next;
    }

    /** Those that every record counts and that are not registered: they are taken up without a decision. */
    private static List<Peer> countedStill(RoleCore core) {
        Main main = core.main();
        return core.book().recorded().peersOf(main.instance()).stream()
                .filter(peer -> core.book().isKnownToVote(peer.instance()))
                .filter(peer -> main.replicas().stream()
                        .noneMatch(replica -> replica.instance().equals(peer.instance())))
                .toList();
    }

    /** The system database says so now. */
    static RoleCore recorded(RoleCore core, Members members) {
        return core.with(core.book().saying(members));
    }

    /** The record that nobody waits for was decided, or was not. */
    static RoleCore written(RoleCore core) {
        return core.with(core.book().writing(false));
    }
}
