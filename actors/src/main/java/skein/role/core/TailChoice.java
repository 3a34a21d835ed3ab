package skein.role.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import skein.protocol.ReplicationProtocol.DatabaseReport;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.protocol.ReplicationProtocol.Report;
import skein.replication.core.Lineage;
import skein.role.core.OwnLogs.OwnLog;
import skein.role.core.PeerAnswer.Given;
import skein.role.core.Promotion.Asked;
import skein.vocabulary.LogPosition;

/**
 * Whose tail of a database is taken over: the longest valid one, by the epoch of its last record and then by lsn, what
 * is not decided included; never by what a member has merely accepted, nor by counting commits. A member whose history
 * does not contain all that is settled here holds another history.
 *
 * @param afterLsn the last record that both hold; what follows it here is dropped
 * @param end where the member's log ends
 */
record TailChoice(Peer peer, OwnLog own, long afterLsn, LogPosition end) {
    private static final Comparator<LogPosition> RANK = Comparator.<LogPosition>comparingLong(
                    position -> position.epoch().number())
            .thenComparingLong(LogPosition::lsn);

    /** The best of those that are better than this instance's own; empty when there is none. */
    static Optional<TailChoice> of(OwnLog own, List<Asked> asked) {
        return better(own, asked)
                .filter(choice -> choice.afterLsn() >= own.settledLsn())
                .max(Comparator.comparing(TailChoice::end, RANK));
    }

    /** Members whose log is longer and does not continue this one. */
    static List<Peer> ofAnotherHistory(OwnLog own, List<Asked> asked) {
        return better(own, asked)
                .filter(choice -> choice.afterLsn() < own.settledLsn())
                .map(TailChoice::peer)
                .toList();
    }

    private static Stream<TailChoice> better(OwnLog own, List<Asked> asked) {
        List<TailChoice> better = new ArrayList<>();
        for (Asked one : asked) {
            if (one.answer() instanceof Given(Report report)) {
                logOf(report, own.id())
                        .filter(log -> RANK.compare(log.end(), own.end()) > 0)
                        .ifPresent(log -> better.add(new TailChoice(one.peer(), own, common(own, log), log.end())));
            }
        }
        return better.stream();
    }

    /** Up to where the database is decided, as members know whose history contains this log's. */
    static long decidedLsn(OwnLog own, List<Asked> asked) {
        long decided = own.decidedLsn();
        for (Asked one : asked) {
            if (one.answer() instanceof Given(Report report)) {
                decided = Math.max(
                        decided,
                        logOf(report, own.id())
                                .map(log -> Math.min(log.decidedLsn(), common(own, log)))
                                .orElse(0L));
            }
        }
        return decided;
    }

    private static long common(OwnLog own, LogReport theirs) {
        return Lineage.commonLsn(own.reigns(), own.end().lsn(), theirs);
    }

    private static Optional<LogReport> logOf(Report report, UUID database) {
        return Stream.concat(Stream.of(report.system()), report.databases().stream())
                .filter(one -> one.database().id().equals(database))
                .map(DatabaseReport::log)
                .findFirst();
    }
}
