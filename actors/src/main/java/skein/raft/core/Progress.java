package skein.raft.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of another member.
 *
 * <ul>
 *   <li>probing: one message at a time, until it is known where the logs agree
 *   <li>streaming: several messages, each sent on the assumption that those before it arrive
 *   <li>installing: the state, piece by piece, because the entries are no longer here
 * </ul>
 *
 * @param matched up to here its log is the leader's, durably
 * @param next entry to send
 * @param waiting probing: something was sent and not answered
 * @param inFlight last entries of the messages that it has not answered; streaming
 * @param installing the state that it is sent
 * @param received bytes of that which it has
 * @param told up to where it was told that entries are committed
 * @param round newest round it has answered
 * @param contactNanos when it last answered
 * @param strange whoever listens there has another data directory
 */
record Progress(
        Phase phase,
        long matched,
        long next,
        boolean waiting,
        List<Long> inFlight,
        @Nullable Snapshot installing,
        int received,
        long told,
        long round,
        long contactNanos,
        boolean strange) {
    enum Phase {
        PROBING,
        STREAMING,
        INSTALLING
    }

    static Progress unknown(long next, long now) {
        return new Progress(Phase.PROBING, 0, next, false, List.of(), null, 0, 0, 0, now, false);
    }

    Progress probing(long from) {
        return new Progress(
                Phase.PROBING, matched, from, false, List.of(), null, 0, told, round, contactNanos, strange);
    }

    Progress waiting(boolean waits) {
        return new Progress(
                phase, matched, next, waits, inFlight, installing, received, told, round, contactNanos, strange);
    }

    Progress installing(Snapshot state, int bytes) {
        return new Progress(
                Phase.INSTALLING, matched, next, false, List.of(), state, bytes, told, round, contactNanos, strange);
    }

    /** Streaming: entries up to this one are on their way. */
    Progress sent(long upTo) {
        List<Long> more = new ArrayList<>(inFlight);
        more.add(upTo);
        return new Progress(
                phase,
                matched,
                upTo + 1,
                waiting,
                List.copyOf(more),
                installing,
                received,
                told,
                round,
                contactNanos,
                strange);
    }

    /** It has everything up to there. */
    Progress matched(long upTo) {
        long most = Math.max(matched, upTo);
        boolean probed = phase != Phase.STREAMING;
        List<Long> open = inFlight.stream().filter(last -> last > upTo).toList();
        return new Progress(
                Phase.STREAMING,
                most,
                probed ? most + 1 : Math.max(next, most + 1),
                false,
                probed ? List.of() : open,
                null,
                0,
                told,
                round,
                contactNanos,
                strange);
    }

    Progress answered(long ofRound, long now) {
        return new Progress(
                phase,
                matched,
                next,
                waiting,
                inFlight,
                installing,
                received,
                told,
                Math.max(round, ofRound),
                now,
                false);
    }

    Progress told(long committed) {
        long most = Math.max(told, committed);
        return new Progress(
                phase, matched, next, waiting, inFlight, installing, received, most, round, contactNanos, strange);
    }

    Progress strange(boolean is) {
        return new Progress(
                phase, matched, next, waiting, inFlight, installing, received, told, round, contactNanos, is);
    }

    @Override
    public String toString() {
        return phase + " matched " + matched + " next " + next + (waiting ? " waiting" : "") + " in flight " + inFlight
                + (installing == null ? "" : " state of " + installing.last() + " received " + received) + " round "
                + round + (strange ? " strange" : "");
    }
}
