package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.role.core.RoleEffect.RecordMembers;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;

/**
 * How a MAIN tells everybody who holds copies: by a record of the system database that names all members. A replica is
 * recorded before it is registered and struck off after it was dropped, so that the record never names too few. Part of
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

    private static Members members(RoleCore core, Main main, List<Registration> replicas) {
        MemberBook book = core.book();
        return new Members(main.instance(), book.recorded().addressOf(main.instance()), book.quorum(), replicas);
    }

    /**
     * Whatever the record lacks is recorded, in the background: after a drop, after a start or a promotion, and after
     * the system database took no records for a while.
     */
    static RoleCore repair(RoleCore core, List<RoleEffect> effects) {
        if (!(core.state() instanceof Main main)
                || !(core.phase() instanceof Steady)
                || core.book().writing()) {
            return core;
        }
        Members wanted = members(core, main, main.replicas());
        // nobody follows a MAIN that has registered nobody yet: a record would only part its log from all others
        boolean nobodyToTell =
                main.replicas().isEmpty() && !core.book().recorded().main().equals(main.instance());
        if (nobodyToTell || wanted.equals(core.book().recorded())) {
            return core;
        }
        effects.add(new RecordMembers(wanted));
        return core.with(core.book().writing(true));
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
