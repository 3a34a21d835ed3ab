package skein.coordination.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.CandidateRules.Candidate;
import skein.coordination.core.Purpose.AppointFor;
import skein.coordination.core.Purpose.OwnChange;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN gives way without a loss: it takes no more writes, the other one gets all it has, and only then somebody
 * else is appointed. Until that is proposed it can be called off, and is after a while. Part of
 * {@link CoordinatorCore}.
 */
final class HandoverRules {
    static final long HANDOVER_MILLIS_MAX = 10_000;

    /** How often the two are asked meanwhile: writes wait. */
    static final long CHECK_MILLIS = 20;

    private HandoverRules() {}

    static void begin(Turn turn, Lead lead, long ticket, InstanceName from, InstanceName to, String cause) {
        lead.handover =
                new Handover(ticket, from, to, cause, turn.moment.wallMillis(), turn.now() + HANDOVER_MILLIS_MAX);
        turn.stage(ticket, new Ask.HandingOver());
        turn.note(Happening.HANDOVER_BEGUN, from + " hands over to " + to + ": " + cause);
    }

    static void consider(Turn turn, Lead lead) {
        Handover handover = lead.handover;
        if (handover == null) {
            beginPlanned(turn, lead);
        } else if (!turn.isBusy()) {
            goOn(turn, lead, handover);
        }
    }

    /** A MAIN that was asked to end says so. */
    private static void beginPlanned(Turn turn, Lead lead) {
        Optional<Appointment> main = turn.cluster().main().filter(Appointment::opened);
        if (main.isEmpty() || turn.cluster().paused() || turn.isBusy()) {
            return;
        }
        InstanceName from = main.get().name();
        boolean leaves = turn.watch(from)
                .filter(watch -> watch.isAlive(turn.now(), turn.settings()))
                .flatMap(Watch::presentReport)
                .filter(Report::leaving)
                .isPresent();
        if (leaves) {
            FailoverRules.best(CandidateRules.ranked(turn), from, List.of())
                    .ifPresent(to -> begin(turn, lead, Handover.NOBODY, from, to.name(), from + " was asked to end"));
        }
    }

    private static void goOn(Turn turn, Lead lead, Handover handover) {
        if (!turn.cluster().isMain(handover.from())
                || !isAlive(turn, handover.from())
                || turn.cluster().instance(handover.to()).isEmpty()) {
            callOff(turn, lead, handover, Refusals.handoverOvertaken(handover));
        } else if (!isAlive(turn, handover.to())) {
            callOff(turn, lead, handover, Refusals.handoverTargetLost(handover));
        } else if (isComplete(turn, handover)) {
            appoint(turn, handover);
        } else if (turn.now() >= handover.deadline()) {
            callOff(turn, lead, handover, Refusals.handoverTooLong(handover, missing(turn, handover)));
        }
    }

    private static boolean isAlive(Turn turn, InstanceName name) {
        return turn.watch(name)
                .filter(watch -> watch.isAlive(turn.now(), turn.settings()))
                .isPresent();
    }

    private static void callOff(Turn turn, Lead lead, Handover handover, SkeinException why) {
        lead.handover = null;
        turn.note(
                Happening.HANDOVER_CALLED_OFF,
                "the handing over from " + handover.from() + " to " + handover.to() + " is called off: "
                        + why.getMessage());
        turn.refuse(handover.ticket(), why);
    }

    static boolean hasHandedOver(Turn turn, Handover handover) {
        return turn.watch(handover.from())
                .flatMap(Watch::presentReport)
                .filter(Report::handedOver)
                .isPresent();
    }

    private static boolean isComplete(Turn turn, Handover handover) {
        return hasHandedOver(turn, handover) && missing(turn, handover) == 0;
    }

    /** Records that the MAIN has and the other one does not. */
    private static long missing(Turn turn, Handover handover) {
        Map<DatabaseName, LogEnd> logs =
                turn.watch(handover.to()).map(Watch::logs).orElse(Map.of());
        return turn.watch(handover.from()).map(Watch::logs).orElse(Map.of()).entrySet().stream()
                .mapToLong(entry -> missing(entry.getValue(), logs.get(entry.getKey())))
                .sum();
    }

    private static long missing(LogEnd main, @Nullable LogEnd other) {
        if (other == null || !other.epoch().equals(main.epoch())) {
            return Math.max(1, main.lsn());
        }
        return Math.max(0, main.lsn() - other.lsn());
    }

    private static void appoint(Turn turn, Handover handover) {
        List<Candidate> ranked = CandidateRules.ranked(turn);
        Optional<Candidate> to = ranked.stream()
                .filter(candidate -> candidate.name().equals(handover.to()))
                .findFirst();
        // the MAIN goes on handing over until the appointment is committed: RaftRules ends it then
        to.ifPresent(candidate -> turn.propose(
                FailoverRules.appointed(
                        turn, handover.from(), candidate, handover.cause(), handover.startedWallMillis(), ranked),
                handover.ticket() == Handover.NOBODY
                        ? new OwnChange()
                        : new AppointFor(handover.ticket(), Terms.next(turn))));
        turn.stage(handover.ticket(), new Ask.UnderWay());
    }
}
