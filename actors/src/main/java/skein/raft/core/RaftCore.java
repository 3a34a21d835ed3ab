package skein.raft.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MemberStatus;
import skein.protocol.RaftProtocol.Status;
import skein.raft.core.RaftInput.Heard;
import skein.raft.core.RaftInput.LineClosed;
import skein.raft.core.RaftInput.LineOpened;
import skein.raft.core.RaftInput.Proposed;
import skein.raft.core.RaftInput.Started;
import skein.raft.core.RaftInput.StateTaken;
import skein.raft.core.RaftInput.Stored;
import skein.raft.core.RaftInput.Ticked;
import skein.raft.core.RaftInput.ToAdd;
import skein.raft.core.RaftInput.ToConfirm;
import skein.raft.core.RaftInput.ToFound;
import skein.raft.core.RaftInput.ToRemove;
import skein.raft.core.RaftInput.ToTransfer;
import skein.raft.core.Standing.Follows;
import skein.raft.core.Standing.Leads;
import skein.raft.core.Standing.Stands;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/**
 * One member of a Raft group. Rules, each with a scenario in {@code scenario/raft}:
 *
 * <ul>
 *   <li>A term has at most one leader: a vote is durable before it is sent, and given only to who is not behind.
 *   <li>Who would stand asks first whether it would be elected (pre-vote); who heard a leader within an election's
 *       timeout elects nobody else, unless that leader hands over.
 *   <li>A leader that no majority has answered for so long steps down.
 *   <li>Entries are counted only if they are durable, and only those of the leader's own term.
 *   <li>What was committed is never replaced.
 *   <li>A leader tells its owner that it leads once an entry of its own is committed, and answers a read once a
 *       majority has answered it after the read was asked.
 *   <li>One member joins or leaves at a time, the next one after that was committed; who joins has no vote until it has
 *       caught up. A configuration holds from where it stands in the log.
 *   <li>A server without entries neither votes nor leads, until it founds a group or a leader addresses it. A server
 *       with another data directory is another server.
 * </ul>
 *
 * @param committed last entry known to be committed; the owner has been told of all up to there
 * @param seed of the next chance
 * @param announced what the owner was last told of leadership
 * @param members what it was last told of them
 * @param lines to whom lines are kept
 */
public record RaftCore(
        RaftSettings settings,
        DurableState durable,
        long committed,
        Standing standing,
        long seed,
        RaftProtocol.@Nullable Event announced,
        List<Member> members,
        List<Member> lines) {
    public RaftCore {
        members = List.copyOf(members);
        lines = List.copyOf(lines);
    }

    /** A member as its journal left it; hears Started first. */
    public static RaftCore recovered(RaftSettings settings, DurableState durable) {
        return new RaftCore(
                settings,
                durable,
                durable.snapshotIndex(),
                new Follows(null, Long.MIN_VALUE, Long.MAX_VALUE, null),
                0,
                null,
                List.of(),
                List.of());
    }

    /** @param now nanoseconds that only rise, since any moment */
    public Step<RaftCore, RaftEffect> step(RaftInput input, long now) {
        Turn turn = new Turn(this, now);
        switch (input) {
            case Started started -> turn.start(started);
            case Ticked() -> tick(turn);
            case Heard(var message) -> Hearing.heard(turn, message);
            case LineOpened(int id) -> lineOpened(turn, id);
            case LineClosed(int id) -> Replication.lineClosed(turn, id);
            case Stored(long term, long index) -> Replication.stored(turn, term, index);
            case Proposed(var proposals) -> Leading.proposed(turn, proposals);
            case ToConfirm(long ticket) -> Reads.asked(turn, ticket);
            case ToFound found -> Memberships.toFound(turn, found);
            case ToAdd(long ticket, Member member) -> Memberships.toAdd(turn, ticket, member);
            case ToRemove(long ticket, int id) -> Memberships.toRemove(turn, ticket, id);
            case ToTransfer(long ticket, Optional<Integer> to) -> Transfers.asked(turn, ticket, to);
            case StateTaken taken -> turn.stateTaken(taken);
        }
        return turn.end();
    }

    private void tick(Turn turn) {
        if (standing instanceof Leads) {
            Leading.tick(turn);
        } else {
            Elections.tick(turn);
        }
    }

    private void lineOpened(Turn turn, int id) {
        switch (standing) {
            case Leads _ -> {
                Replication.lineOpened(turn, id);
                Memberships.lineOpened(turn, id);
            }
            case Stands _ -> Elections.ask(turn, id);
            case Follows _ -> {}
        }
    }

    /** When Ticked has something to do next; Long.MAX_VALUE for never. */
    public long wakeNanos() {
        return switch (standing) {
            case Follows follows -> follows.deadlineNanos();
            case Stands stands -> stands.deadlineNanos();
            case Leads(Leadership own) -> Leading.wakeNanos(own, durable.configuration(), durable.self(), settings);
        };
    }

    public boolean isLeading() {
        return standing instanceof Leads;
    }

    /** Everything of a group that recovery brings back is here, so that nothing before it is needed. */
    public Status status(long now) {
        Leadership own = standing instanceof Leads(Leadership leadership) ? leadership : null;
        Optional<Integer> leader = switch (standing) {
            case Leads _ ->
                Optional.of(Invariant.present(durable.self(), "a leader without identity")
                        .id());
            case Follows follows -> Optional.ofNullable(follows.leader());
            case Stands _ -> Optional.empty();
        };
        return new Status(
                durable.term(),
                leader,
                own != null,
                own != null && now < Leading.quorumLostNanos(own, durable.configuration(), durable.self(), settings),
                durable.log().lastIndex(),
                committed,
                durable.configuration().seats().stream()
                        .map(seat -> status(seat, own, now))
                        .toList());
    }

    private MemberStatus status(Seat seat, @Nullable Leadership own, long now) {
        long matched = -1;
        long sinceMillis = -1;
        if (own != null && seat.server().equals(durable.self())) {
            matched = own.ownMatched;
            sinceMillis = 0;
        } else if (own != null) {
            Progress progress = Invariant.present(own.others.get(seat.member().id()), "%s is not led", seat);
            matched = progress.matched();
            sinceMillis = Math.max(0, now - progress.contactNanos()) / 1_000_000;
        }
        return new MemberStatus(seat.member(), seat.voting(), matched, sinceMillis);
    }
}
