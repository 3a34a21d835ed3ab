package skein.role.core;

import java.util.UUID;
import skein.role.core.RoleState.Main;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The words for what is not done on an instance that coordinators tell what to be. */
public final class ManagedWords {
    private ManagedWords() {}

    private static SkeinException refused(String message) {
        return new SkeinException(ErrorCode.REPLICATION_REFUSED, message);
    }

    static SkeinException managed() {
        return refused("SKEIN-ROLE-020: Not carried out here: coordinators say which instance is MAIN and who its"
                + " replicas are (--management-port is set). Nothing changed. On a coordinator, write SET INSTANCE ... TO"
                + " MAIN or DEMOTE INSTANCE instead of SET REPLICATION ROLE, REGISTER INSTANCE instead of REGISTER"
                + " REPLICA, UNREGISTER INSTANCE instead of DROP REPLICA.");
    }

    static SkeinException waiting() {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-ROLE-021: This instance has started again and waits to hear from the coordinators whether it is"
                        + " still MAIN. It answers reads. Nothing was done. Try again in a moment; SHOW INSTANCES on a"
                        + " coordinator shows what it is.");
    }

    static SkeinException noMain() {
        return refused("SKEIN-ROLE-022: Not carried out: this instance is not a MAIN whose reign stands.");
    }

    static SkeinException otherReign(Main main, long reign) {
        return refused("SKEIN-ROLE-023: Not promoted in reign " + reign + ": this instance is MAIN of reign "
                + Epoch.termOf(main.epoch().number()) + " and has to step down first.");
    }

    static SkeinException reignTooLow(RoleCore core, long reign) {
        return refused("SKEIN-ROLE-024: Not promoted in reign " + reign + ": this instance has accepted epoch "
                + Epoch.text(core.state().epochNumber()) + ", or its logs reach beyond it. Nothing changed. A higher"
                + " reign is needed: SET INSTANCE ... TO MAIN on a coordinator appoints with the next number.");
    }

    static SkeinException reignOutranked(Promotion promotion, long higher) {
        return refused("SKEIN-ROLE-025: Not promoted in epoch "
                + promotion.promise().epoch().text() + ": another member has accepted epoch " + Epoch.text(higher)
                + ". Nothing changed. A later reign than this has begun, or has to be given.");
    }

    static SkeinException otherCluster(UUID own, UUID other) {
        return refused("SKEIN-ROLE-026: This instance belongs to the cluster " + own + ", not to " + other
                + ". Nothing changed. To let it join another, start it once without --management-port, or with an"
                + " empty data directory.");
    }
}
