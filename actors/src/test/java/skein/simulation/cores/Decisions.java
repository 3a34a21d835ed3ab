package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import skein.role.core.Registration;
import skein.role.core.RoleState;
import skein.simulation.InvariantBroken;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicationMode;

/**
 * What was decided by the rule of STRICT_SYNC or QUORUM: one history for each database, which no MAIN may part from and
 * nobody may give up who may have been counted, however often MAINs change. Readers may have seen it.
 *
 * <p>A replica that was away while another was promoted may hold what that one has decided since, and drop it for the
 * MAIN before, which has come back without it: in the newer reign it has confirmed nothing, so it is none of those who
 * hold the record for good.
 */
final class Decisions {
    private final int quorum;
    private final Positions positions;
    private final Map<Integer, List<Decided>> histories = new TreeMap<>();

    /** A record, and the number of the reign in which it was decided first. */
    private record Decided(LogPosition position, long reign) {}

    Decisions(int quorum, Positions positions) {
        this.quorum = quorum;
        this.positions = positions;
    }

    /** Where a record of a log stands, also one that was dropped from its beginning. */
    interface Positions {
        LogPosition of(CoreLog log, long lsn);
    }

    private List<Decided> history(int database) {
        return histories.computeIfAbsent(database, _ -> new ArrayList<>());
    }

    /** I4: a MAIN has decided so far, and its replicas' modes say that this stands for good. */
    void decided(CoreNode node, int database, long lsn) {
        CoreRole role = node.role();
        if (role == null || !(role.state() instanceof RoleState.Main own) || !isKept(own)) {
            return;
        }
        List<Decided> history = history(database);
        CoreLog log = node.logs().get(database);
        checkFollows(node, database, Math.min(lsn, history.size()));
        for (long at = history.size() + 1L; at <= lsn; at++) {
            history.add(new Decided(positions.of(log, at), own.epoch().number()));
        }
    }

    /** A promotion must have found all of it. */
    void promoted(CoreNode node) {
        histories.forEach((database, history) -> checkFollows(node, database, history.size()));
    }

    /** A promotion was forced: what is lost by that is lost. */
    void forced(CoreNode node) {
        histories.forEach((database, history) -> {
            CoreLog log = node.logs().get(database);
            while (!history.isEmpty() && !log.holds(history.getLast().position())) {
                history.removeLast();
            }
        });
    }

    /** A node that has such a record, and may have been counted for it, must not give it up. */
    void givesUp(CoreNode node, int database, long afterLsn) {
        List<Decided> history = history(database);
        if (afterLsn < history.size()) {
            Decided first = history.get(Math.toIntExact(afterLsn));
            check(
                    !node.hadPartIn(first.reign()) || !node.logs().get(database).holds(first.position()),
                    () -> node + " gives up " + first.position() + " of database " + database + ", which was decided");
        }
    }

    /** A node has changed over to a snapshot. */
    void installed(CoreNode node, int database) {
        long lsn = node.logs().get(database).appliedLsn();
        checkFollows(node, database, Math.min(lsn, history(database).size()));
    }

    /** The end. */
    void judge(CoreNode main) {
        promoted(main);
    }

    private void checkFollows(CoreNode node, int database, long lsn) {
        if (lsn > 0) {
            LogPosition last = history(database).get(Math.toIntExact(lsn - 1)).position();
            check(
                    node.logs().get(database).holds(last),
                    () -> node + " parts from what was decided of database " + database + ": it does not hold " + last
                            + " but " + node.logs().get(database).positionOf(last.lsn()));
        }
    }

    private boolean isKept(RoleState.Main own) {
        long strict = joined(own, ReplicationMode.STRICT_SYNC);
        return strict > 0 || joined(own, ReplicationMode.QUORUM) >= quorum;
    }

    private static long joined(RoleState.Main own, ReplicationMode mode) {
        return own.replicas().stream()
                .filter(replica -> replica.mode() == mode)
                .map(Registration::name)
                .filter(own.joined()::contains)
                .count();
    }

    private static void check(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new InvariantBroken("I4", what.get());
        }
    }
}
