package skein.replication.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicationMode;

/**
 * What the modes of the replicas demand of a commit; the one place where the modes differ. MAIN's own fsync is part of
 * every decision and is not repeated here.
 *
 * <table>
 * <caption>Who holds up what</caption>
 * <tr><th>mode</th><th>a decision waits for</th><th>an answer waits for</th></tr>
 * <tr><td>ASYNC</td><td>nobody</td><td>nobody</td></tr>
 * <tr><td>SYNC</td><td>every one in sync</td><td>every one in sync</td></tr>
 * <tr><td>STRICT_SYNC</td><td>every one that has joined, in sync or not</td><td>every one in sync</td></tr>
 * <tr><td>QUORUM</td><td>any k of those that have joined, in sync or not</td><td>any k in sync</td></tr>
 * </table>
 *
 * <p>k is what is in force: nothing until as many have caught up as the setting demands, and then never fewer than
 * before. A higher setting is in force from the moment that so many have joined.
 *
 * @param syncAck what a replica has to confirm before a commit is answered
 * @param quorum how many QUORUM replicas have to confirm once so many have joined, setting {@code replication.quorum}
 * @param quorumInForce nothing is decided without so many, not even while fewer are registered; 0 for none
 */
public record CommitRules(SyncAck syncAck, int quorum, int quorumInForce) {
    public CommitRules {
        Invariant.check(
                quorum > 0 && quorumInForce <= quorum, "a quorum of %d where %d are in force", quorum, quorumInForce);
    }

    /** Where a quorum is needed from the moment it has formed. */
    public CommitRules(SyncAck syncAck, int quorum) {
        this(syncAck, quorum, 0);
    }

    /** For a MAIN whose decisions may depend on others from the beginning. */
    public CommitRules of(int wanted, int inForce) {
        return new CommitRules(syncAck, wanted, inForce);
    }

    /** The last QUORUM replica was dropped. */
    CommitRules withoutQuorum() {
        return new CommitRules(syncAck, quorum, 0);
    }

    /** These are registered now. */
    CommitRules with(List<Follower> followers) {
        int joined = quorumOf(followers, Follower::holds).size();
        int inForce = needsQuorum() ? Math.max(quorumInForce, Math.min(quorum, joined)) : quorum;
        return joined == 0 ? this : new CommitRules(syncAck, quorum, inForce);
    }

    private boolean needsQuorum() {
        return quorumInForce > 0;
    }

    /** k, or what it will be. */
    private int needed() {
        return needsQuorum() ? quorumInForce : quorum;
    }

    /** The longest prefix up to {@code limit} that is durable on as many replicas as their modes demand. */
    long decidable(List<Follower> followers, long limit) {
        return prefix(followers, limit, Follower::vouchedLsn);
    }

    /** The longest prefix up to {@code limit} that can be decided without anybody coming back into sync. */
    long hopeful(List<Follower> followers, long limit) {
        return prefix(followers, limit, f -> f.inSync() ? limit : f.vouchedLsn());
    }

    private long prefix(List<Follower> followers, long limit, ToLongFunction<Follower> position) {
        long lsn = limit;
        for (Follower follower : followers) {
            boolean held = switch (follower.rule().mode()) {
                case ASYNC, QUORUM -> false;
                case SYNC -> follower.inSync();
                case STRICT_SYNC -> follower.holds();
            };
            lsn = held ? Math.min(lsn, position.applyAsLong(follower)) : lsn;
        }
        List<Follower> holding = quorumOf(followers, Follower::holds);
        return needsQuorum() ? Math.min(lsn, nthLargest(holding, position)) : lsn;
    }

    /** The longest prefix up to {@code limit}, which is decided, whose commits wait for no confirmation any more. */
    long answerable(List<Follower> followers, long limit) {
        long lsn = limit;
        for (Follower follower : followers) {
            if (follower.rule().mode() != ReplicationMode.QUORUM && follower.holdsCommits()) {
                lsn = Math.min(lsn, follower.confirmedLsn(syncAck));
            }
        }
        List<Follower> waited = quorumOf(followers, Follower::holdsCommits);
        return waited.size() < needed() ? lsn : Math.min(lsn, nthLargest(waited, f -> f.confirmedLsn(syncAck)));
    }

    /**
     * Those that begin to hold decisions now: a STRICT_SYNC replica when it is in sync for the first time; the first
     * QUORUM replicas together, once there are as many as have to confirm, so that writes go on until then.
     */
    List<Follower> joining(List<Follower> followers) {
        boolean formed = needsQuorum() || quorumOf(followers, Follower::inSync).size() >= quorum;
        return followers.stream()
                .filter(f -> f.inSync() && !f.holds())
                .filter(f -> switch (f.rule().mode()) {
                    case ASYNC, SYNC -> false;
                    case STRICT_SYNC -> true;
                    case QUORUM -> formed;
                })
                .toList();
    }

    /** Whether a record sequenced now could be decided by those that are in sync. */
    WriteGate gate(List<Follower> followers) {
        List<Follower> absent = followers.stream()
                .filter(f -> f.rule().mode() == ReplicationMode.STRICT_SYNC && f.holds() && !f.inSync())
                .toList();
        if (!absent.isEmpty()) {
            return new WriteGate.Shut(absences(absent.stream()), 0, 0);
        }
        List<Follower> holding = quorumOf(followers, Follower::holds);
        long present = holding.stream().filter(Follower::inSync).count();
        return present >= quorumInForce
                ? WriteGate.OPEN
                : new WriteGate.Shut(
                        absences(holding.stream().filter(f -> !f.inSync())), quorumInForce, holding.size());
    }

    /** Whether a commit would stand on this MAIN alone if it were lost: false then. */
    boolean confirmable(List<Follower> followers) {
        boolean everySync = followers.stream()
                .filter(f -> switch (f.rule().mode()) {
                    case SYNC, STRICT_SYNC -> true;
                    case ASYNC, QUORUM -> false;
                })
                .allMatch(Follower::inSync);
        List<Follower> voters =
                followers.stream().filter(CommitRules::isInQuorum).toList();
        boolean enough = voters.isEmpty() || quorumOf(voters, Follower::inSync).size() >= needed();
        return everySync && enough && followers.stream().anyMatch(f -> f.rule().mode() != ReplicationMode.ASYNC);
    }

    private static List<WriteGate.Absence> absences(Stream<Follower> followers) {
        return followers
                .map(f -> new WriteGate.Absence(f.name(), f.rule().mode(), f.leftBy(), f.contactNanos()))
                .toList();
    }

    /** True when this replica's confirmation is missed where a commit stands that it has not confirmed. */
    boolean isMissed(Follower follower, List<Follower> followers, long lsn) {
        if (follower.confirmedLsn(syncAck) >= lsn) {
            return false;
        }
        return switch (follower.rule().mode()) {
            case ASYNC -> false;
            case SYNC, STRICT_SYNC -> true;
            case QUORUM ->
                quorumOf(followers, f -> f.holds() && f.confirmedLsn(syncAck) >= lsn)
                                .size()
                        < needed();
        };
    }

    /** True when a record cannot be decided because this replica, perhaps with others, is not in sync. */
    boolean isLacking(Follower follower, long lsn) {
        return follower.holds() && !follower.inSync() && follower.vouchedLsn() < lsn;
    }

    static boolean isInQuorum(Follower follower) {
        return follower.rule().mode() == ReplicationMode.QUORUM;
    }

    private static List<Follower> quorumOf(List<Follower> followers, Predicate<Follower> which) {
        return followers.stream().filter(CommitRules::isInQuorum).filter(which).toList();
    }

    /** The position that k of them have reached; 0 when there are fewer. */
    private long nthLargest(List<Follower> followers, ToLongFunction<Follower> position) {
        if (followers.size() < needed()) {
            return 0;
        }
        var positions = new ArrayList<Long>();
        followers.forEach(f -> positions.add(position.applyAsLong(f)));
        positions.sort(Collections.reverseOrder());
        return positions.get(needed() - 1);
    }
}
