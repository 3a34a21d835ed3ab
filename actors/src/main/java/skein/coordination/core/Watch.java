package skein.coordination.core;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;

/**
 * What a leader knows of an instance since it leads.
 *
 * @param since when it began to watch: an instance that has not answered yet counts as if it had then
 * @param lineUp assignments can be sent
 * @param retryAt when to connect again, while the line is down
 * @param reportedAt when the last report came; -1 for never
 * @param report the last one, whatever became of the line
 * @param stamp of the last report on this line
 * @param sent the last assignment on this line
 * @param sentAt when
 * @param roleNumber of the first assignment on this line that gave the present role: reports that answer an earlier one
 *     speak of another role
 * @param unfitSince when an appointed instance began to answer without reigning; -1 when it does
 * @param currentAt when its MAIN last said that it lacks nothing; -1 for never
 * @param trouble why it does not follow, as it last said
 */
record Watch(
        InstanceName name,
        long since,
        boolean lineUp,
        long retryAt,
        long reportedAt,
        @Nullable Report report,
        long stamp,
        @Nullable Assignment sent,
        long sentAt,
        long roleNumber,
        long unfitSince,
        long currentAt,
        String trouble) {
    static Watch begin(InstanceName name, long now) {
        return new Watch(name, now, false, now, -1, null, 0, null, 0, 1, -1, -1, "");
    }

    long heardAt() {
        return Math.max(since, reportedAt);
    }

    boolean isAlive(long now, CoordinatorSettings settings) {
        return now - heardAt() < settings.downMillis();
    }

    /** It has really answered, lately. */
    boolean answers(long now, CoordinatorSettings settings) {
        return reportedAt >= 0 && report != null && now - reportedAt < settings.downMillis();
    }

    /** The last report, if it speaks of the role that is assigned now. */
    Optional<Report> presentReport() {
        return Optional.ofNullable(report).filter(last -> lineUp && sent != null && last.answered() >= roleNumber);
    }

    boolean reigns(long reign) {
        return report != null && report.kind() == Kind.MAIN && report.reign() == reign && report.stands();
    }

    Map<DatabaseName, LogEnd> logs() {
        return report == null ? Map.of() : report.logs();
    }

    Watch opened() {
        return new Watch(name, since, true, retryAt, reportedAt, report, 0, null, 0, 1, unfitSince, currentAt, trouble);
    }

    Watch closed(long nextTry) {
        return new Watch(
                name, since, false, nextTry, reportedAt, report, 0, null, 0, 1, unfitSince, currentAt, trouble);
    }

    Watch retrying(long nextTry) {
        return new Watch(
                name,
                since,
                lineUp,
                nextTry,
                reportedAt,
                report,
                stamp,
                sent,
                sentAt,
                roleNumber,
                unfitSince,
                currentAt,
                trouble);
    }

    Watch from(long now) {
        return new Watch(
                name,
                now,
                lineUp,
                retryAt,
                reportedAt,
                report,
                stamp,
                sent,
                sentAt,
                roleNumber,
                unfitSince < 0 ? -1 : now,
                currentAt,
                trouble);
    }

    Watch heard(Report next, long now) {
        return new Watch(
                name,
                since,
                lineUp,
                retryAt,
                now,
                next,
                next.stamp(),
                sent,
                sentAt,
                roleNumber,
                unfitSince,
                currentAt,
                next.trouble());
    }

    Watch refused(String why) {
        return new Watch(
                name,
                since,
                lineUp,
                retryAt,
                reportedAt,
                report,
                stamp,
                sent,
                sentAt,
                roleNumber,
                unfitSince,
                currentAt,
                why);
    }

    Watch sending(Assignment assignment, long now) {
        boolean same = sent != null && AssignmentRules.asksTheSame(sent, assignment);
        return new Watch(
                name,
                since,
                lineUp,
                retryAt,
                reportedAt,
                report,
                stamp,
                assignment,
                now,
                same ? roleNumber : assignment.number(),
                unfitSince,
                currentAt,
                trouble);
    }

    Watch unfit(long from) {
        return new Watch(
                name,
                since,
                lineUp,
                retryAt,
                reportedAt,
                report,
                stamp,
                sent,
                sentAt,
                roleNumber,
                from,
                currentAt,
                trouble);
    }

    Watch current(long now) {
        return new Watch(
                name,
                since,
                lineUp,
                retryAt,
                reportedAt,
                report,
                stamp,
                sent,
                sentAt,
                roleNumber,
                unfitSince,
                now,
                trouble);
    }
}
