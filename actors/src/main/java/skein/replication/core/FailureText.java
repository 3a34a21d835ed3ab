package skein.replication.core;

import java.util.List;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The words for a write that the replicas' modes do not let happen, and for one of which nobody knows. */
public final class FailureText {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private FailureText() {}

    /** Why a commit is unknown; continues "the outcome is not known: ". */
    public static String unknown(List<CommitWarning> missing) {
        if (missing.isEmpty()) {
            return "fewer QUORUM replicas are registered than replication.quorum demands. The write is in the log of this"
                    + " MAIN, and is committed as soon as enough have it; check SHOW REPLICAS";
        }
        return WarningText.clauses(missing)
                + ". The write is in the log of this MAIN and perhaps of others, and is committed as soon as"
                + (missing.size() == 1 ? " that replica has it" : " enough of these have it")
                + "; check SHOW REPLICAS";
    }

    /** What a write is refused with before anything has happened. */
    public static SkeinException refusal(WriteGate.Shut shut, long nowNanos) {
        List<CommitWarning> missing = shut.absences().stream()
                .map(absence -> new CommitWarning(
                        absence.replica(), absence.mode(), doubt(absence), 0, silentMillis(absence, nowNanos)))
                .toList();
        return new SkeinException(
                ErrorCode.REPLICATION_FAILURE,
                "SKEIN-REPL-021: Not committed, on no instance: " + demand(shut, missing) + ". "
                        + (shut.joined() < shut.needed()
                                ? membersAreMissing()
                                : WarningText.advice(missing)
                                        + " Until then this MAIN answers reads. Try again, or drop a replica that is gone for good.")
                        + " Check SHOW REPLICAS.");
    }

    /** Nobody else can be recorded: that would need those who are missing, and they could be promoted meanwhile. */
    private static String membersAreMissing() {
        return "Bring back those that counted before and are registered, and register the others of them again, the MAIN"
                + " before among them once it is a REPLICA; they need no record. Until then this MAIN answers reads. If"
                + " they are gone for good, make this instance a REPLICA, and then MAIN again with SET REPLICATION ROLE"
                + " TO MAIN FORCE.";
    }

    private static String demand(WriteGate.Shut shut, List<CommitWarning> missing) {
        if (shut.needed() == 0) {
            return WarningText.clauses(missing);
        }
        int present = shut.joined() - missing.size();
        return "replication.quorum demands " + shut.needed() + " QUORUM replicas in sync, and " + present + " of "
                + shut.joined() + (present == 1 ? " is" : " are")
                + (missing.isEmpty() ? "" : "; " + WarningText.clauses(missing));
    }

    /** How it was lost concerns the commits that waited then. */
    private static Doubt doubt(WriteGate.Absence absence) {
        return absence.doubt() == Doubt.DIVERGED ? Doubt.DIVERGED : Doubt.NOT_IN_SYNC;
    }

    private static long silentMillis(WriteGate.Absence absence, long nowNanos) {
        return absence.contactNanos() < 0 ? -1 : (nowNanos - absence.contactNanos()) / NANOS_PER_MILLI;
    }
}
