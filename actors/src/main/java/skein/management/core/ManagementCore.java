package skein.management.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.management.core.ManagementEffect.Grant;
import skein.management.core.ManagementEffect.Send;
import skein.management.core.ManagementEffect.Take;
import skein.management.core.ManagementEffect.WakeAt;
import skein.management.core.ManagementInput.Answered;
import skein.management.core.ManagementInput.Assigned;
import skein.management.core.ManagementInput.Disconnected;
import skein.management.core.ManagementInput.Leaving;
import skein.management.core.ManagementInput.Looked;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Report;
import skein.replication.core.WriteGrant;
import skein.role.core.RoleView;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/**
 * Makes an instance what the coordinators' leader says it shall be, step by step, and says what it is. Rules, each with
 * a scenario in {@code scenario/management}:
 *
 * <ul>
 *   <li>Of two assignments the one with the greater (term, index) holds; an older one is refused, and so is one of
 *       another cluster. Without a new one the last one goes on to hold.
 *   <li>One step at a time. What fails is tried again after a moment, and does not keep the rest waiting.
 *   <li>A MAIN takes writes only in the reign that it was assigned, when told that it is opened, and while it has a
 *       lease; afterwards as it was told.
 *   <li>Every assignment is answered with a report; one is sent unasked when something has changed.
 * </ul>
 *
 * @param assignment the newest; null before the first
 * @param connection on which it came; 0 when that has ended
 * @param joined replicas that have once kept up in this reign
 * @param joinedReign which that is
 * @param grant what was last said of writes
 * @param reported the last report; null before the first
 * @param reportedNanos when it was sent
 * @param leaving the instance was asked to end
 */
public record ManagementCore(
        @Nullable Assignment assignment,
        long connection,
        Lease lease,
        Errands errands,
        List<ReplicaName> joined,
        long joinedReign,
        @Nullable WriteGrant grant,
        @Nullable Report reported,
        long reportedNanos,
        boolean leaving) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What failed is tried again after this. */
    private static final long AGAIN_NANOS = 300 * NANOS_PER_MILLI;

    /** Changes that come closer together than this are reported together. */
    private static final long REPORT_GAP_NANOS = 2 * NANOS_PER_MILLI;

    /** How often a MAIN looks whether what it hands over is with its replicas. */
    private static final long HANDING_OVER_NANOS = 2 * NANOS_PER_MILLI;

    /** How often a MAIN looks whether replicas that had not caught up have. */
    private static final long JOINING_NANOS = 20 * NANOS_PER_MILLI;

    public ManagementCore {
        joined = List.copyOf(joined);
    }

    public static ManagementCore starting() {
        return new ManagementCore(null, 0, Lease.none(), Errands.none(), List.of(), 0, null, null, 0, false);
    }

    /** Whether the instance may end without anybody missing a MAIN, or without anybody hearing of it anyway. */
    public boolean mayEnd(RoleView role) {
        return connection == 0
                || role.kind() == Kind.REPLICA
                || !(assignment != null && assignment.role() instanceof MainRole);
    }

    public Step<ManagementCore, ManagementEffect> step(ManagementInput input, Sighting seen, long nowNanos) {
        Turn turn = new Turn(this, seen, nowNanos);
        switch (input) {
            case Assigned assigned -> turn.assigned(assigned);
            case Disconnected(long ended) -> turn.disconnected(ended);
            case Looked() -> {}
            case Answered(long number, String trouble) -> turn.answered(number, trouble);
            case Leaving() -> turn.leaving = true;
        }
        turn.goOn();
        return new Step<>(turn.end(), turn.effects);
    }

    /** One step in the making. */
    private static final class Turn {
        private final RoleView role;
        private final Sighting seen;
        private final long now;
        private final List<ManagementEffect> effects = new ArrayList<>();
        private @Nullable Assignment assignment;
        private long connection;
        private Lease lease;
        private Errands errands;
        private List<ReplicaName> joined;
        private long joinedReign;
        private @Nullable WriteGrant grant;
        private @Nullable Report reported;
        private long reportedNanos;
        private boolean leaving;
        private boolean answer;

        Turn(ManagementCore before, Sighting seen, long now) {
            this.role = seen.role();
            this.seen = seen;
            this.now = now;
            this.assignment = before.assignment;
            this.connection = before.connection;
            this.lease = before.lease;
            this.errands = before.errands;
            this.joined = before.joined;
            this.joinedReign = before.joinedReign;
            this.grant = before.grant;
            this.reported = before.reported;
            this.reportedNanos = before.reportedNanos;
            this.leaving = before.leaving;
        }

        void assigned(Assigned input) {
            Assignment given = input.assignment();
            String refusal = AssignmentRules.refusal(given, assignment, role);
            if (!refusal.isEmpty()) {
                effects.add(new Send(
                        input.connection(),
                        new AssignmentRefused(given.cluster(), given.term(), given.index(), refusal)));
                return;
            }
            assignment = given;
            connection = input.connection();
            lease = lease.granted(given.stamp(), given.lease());
            answer = true;
        }

        void disconnected(long ended) {
            connection = connection == ended ? 0 : connection;
        }

        void answered(long number, String trouble) {
            errands = errands.answered(number, trouble, now + AGAIN_NANOS);
        }

        /** Writes are stopped before a step is taken that must not meet them, and before anything is reported. */
        void goOn() {
            errands = errands.seen(role);
            see();
            allow();
            proceed();
            report();
            wake();
        }

        private void see() {
            if (!role.stands() || role.reign() != joinedReign) {
                joined = List.of();
                joinedReign = role.reign();
            }
            if (role.stands()) {
                List<ReplicaName> now = new ArrayList<>(joined);
                now.removeIf(name -> !role.hasReplica(name));
                seen.replicas().stream()
                        .filter(replica -> replica.ready() && !now.contains(replica.name()))
                        .filter(replica -> !new RoleStep.Drop(replica.name()).equals(errands.underWay()))
                        .forEach(replica -> now.add(replica.name()));
                joined = now;
            }
        }

        private void allow() {
            WriteGrant next = AssignmentRules.grant(assignment, role, lease);
            if (!next.equals(grant)) {
                grant = next;
                effects.add(new Grant(next));
            }
        }

        private void proceed() {
            Assignment wanted = assignment;
            if (wanted == null) {
                return;
            }
            List<RoleStep> steps = Plan.steps(wanted, seen);
            errands = errands.wanting(steps);
            if (role.busy() || errands.underWay() != null) {
                return;
            }
            errands.next(steps, now).ifPresent(step -> {
                if (step instanceof RoleStep.Drop(ReplicaName name)) {
                    joined = joined.stream().filter(one -> !one.equals(name)).toList();
                }
                errands = errands.taking(step);
                effects.add(new Take(errands.number(), step));
            });
        }

        private void report() {
            Assignment wanted = assignment;
            if (wanted == null || connection == 0) {
                return;
            }
            Report last = reported;
            long stamp = last == null ? 1 : last.stamp() + 1;
            Report next = AssignmentRules.report(wanted, seen, joined, writable(), leaving, trouble(), stamp);
            boolean due = answer || isNews(next, last) && now - reportedNanos >= REPORT_GAP_NANOS;
            if (due) {
                effects.add(new Send(connection, next));
                reported = next;
                reportedNanos = now;
                lease = lease.reported(stamp, now);
            }
        }

        /** A step that failed says why; where no step is left to take, the role does. */
        private String trouble() {
            String failed = errands.trouble();
            return failed.isEmpty() ? AssignmentRules.trouble(assignment, role) : failed;
        }

        private boolean writable() {
            WriteGrant present = grant;
            return present != null && role.stands() && present.leave(now) != WriteGrant.Leave.NONE;
        }

        /** What the leader may be waiting for; how far logs and replicas are is not. */
        private static boolean isNews(Report next, @Nullable Report last) {
            return last == null
                    || next.kind() != last.kind()
                    || next.reign() != last.reign()
                    || next.stands() != last.stands()
                    || next.writable() != last.writable()
                    || next.handedOver() != last.handedOver()
                    || next.leaving() != last.leaving()
                    || !next.cluster().equals(last.cluster())
                    || !next.trouble().equals(last.trouble())
                    || !AssignmentRules.joinedIn(next).equals(AssignmentRules.joinedIn(last));
        }

        private void wake() {
            long at = errands.wakeNanos();
            Assignment wanted = assignment;
            if (wanted != null && wanted.role() instanceof MainRole main && role.stands()) {
                Report last = reported;
                if (main.handingOver() && (last == null || !last.handedOver())) {
                    at = Math.min(at, now + HANDING_OVER_NANOS);
                }
                if (joined.size() < role.replicas().size()) {
                    at = Math.min(at, now + JOINING_NANOS);
                }
                if (writable() && lease.endNanos() > now) {
                    at = Math.min(at, lease.endNanos());
                }
            }
            if (isHeldBack()) {
                at = Math.min(at, reportedNanos + REPORT_GAP_NANOS);
            }
            if (at != Long.MAX_VALUE) {
                effects.add(new WakeAt(at));
            }
        }

        private boolean isHeldBack() {
            Assignment wanted = assignment;
            Report last = reported;
            return wanted != null
                    && connection != 0
                    && isNews(AssignmentRules.report(wanted, seen, joined, writable(), leaving, trouble(), 0), last);
        }

        ManagementCore end() {
            return new ManagementCore(
                    assignment,
                    connection,
                    lease,
                    errands,
                    joined,
                    joinedReign,
                    grant,
                    reported,
                    reportedNanos,
                    leaving);
        }
    }
}
