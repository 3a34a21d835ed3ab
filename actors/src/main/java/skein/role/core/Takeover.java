package skein.role.core;

import java.util.List;

/**
 * What becomes of what an instance holds that is to follow.
 *
 * @param agreed the operator said RESYNC: whatever it holds gives way to the MAIN's
 * @param systemAnew its system database has diverged and is begun anew
 * @param losses what gives way, in words; empty while that is not known, and when nothing does
 */
record Takeover(boolean agreed, boolean systemAnew, List<String> losses) {
    Takeover {
        losses = List.copyOf(losses);
    }

    /** What the instance is told of it. */
    RoleEffect.TellToObey told(long reportedEpoch) {
        return new RoleEffect.TellToObey(systemAnew, agreed, reportedEpoch);
    }

    /** Before the instance has said what it holds. */
    static Takeover asked(boolean agreed) {
        return new Takeover(agreed, false, List.of());
    }
}
