package skein.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Header;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Elected;
import skein.protocol.RaftProtocol.Following;
import skein.protocol.RaftProtocol.Installed;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.MembersChanged;
import skein.protocol.RaftProtocol.NotLeading;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftEvent.IdentityTaken;
import skein.raft.core.RaftEvent.VoteRecorded;
import skein.raft.core.RaftInput.Started;
import skein.raft.core.RaftInput.StateTaken;
import skein.raft.core.Standing.Follows;
import skein.raft.core.Standing.Leads;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/**
 * One step of a {@link RaftCore}: what changes, and what is to be done about it. However the rules come to their
 * effects, they leave in one order: lines, entries of a leader that their receivers count for themselves, what must be
 * durable, and only then everything else.
 */
final class Turn {
    /** Of SplitMix64: every value follows from the seed, and looks as if it did not. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;

    final RaftSettings settings;
    final long now;
    DurableState durable;
    Standing standing;

    private final RaftCore before;
    private final List<RaftEvent> events = new ArrayList<>();
    private final List<RaftEffect> ahead = new ArrayList<>();
    private final List<RaftEffect> told = new ArrayList<>();
    private final List<RaftEffect> rest = new ArrayList<>();
    private final List<RaftEffect> replies = new ArrayList<>();
    private long committed;
    private long seed;

    Turn(RaftCore core, long now) {
        this.before = core;
        this.settings = core.settings();
        this.now = now;
        this.durable = core.durable();
        this.committed = core.committed();
        this.seed = core.seed();
        this.standing = core.standing() instanceof Leads(Leadership own) ? new Leads(own.copy()) : core.standing();
    }

    void start(Started started) {
        seed = started.seed();
        Server self = durable.self();
        if (self == null) {
            record(new IdentityTaken(new Server(started.id(), started.fresh())));
        } else if (self.id() != started.id()) {
            rest.add(new RaftEffect.GiveUp("SKEIN-RAFT-001: This data directory belongs to coordinator " + self.id()
                    + ", and the instance was started as coordinator " + started.id()
                    + ". Start it with the id that it had, or with an empty data directory."));
            return;
        }
        Snapshot snapshot = durable.snapshot();
        if (snapshot != null) {
            told.add(new RaftEffect.Tell(new Installed(snapshot.last().index(), snapshot.bytes())));
        }
        standing = new Follows(null, Long.MIN_VALUE, electionDeadline(), null);
        if (configuration().isVoter(self()) && configuration().voters().size() == 1) {
            Elections.stand(this, false, false);
        }
    }

    /** The owner's state: the log up to it may go, but for what members that are a little behind will want. */
    void stateTaken(StateTaken taken) {
        if (taken.index() <= durable.snapshotIndex() || taken.index() > committed) {
            return;
        }
        Configuration seated = durable.configurationAt(taken.index());
        Snapshot snapshot =
                new Snapshot(log().positionAt(taken.index()), seated.index(), seated.seats(), taken.state());
        long base = Math.max(log().base().index(), taken.index() - settings.retainedEntries());
        checkpoint(snapshot, log().after(base));
    }

    /** A leader's state in the place of everything here. */
    void install(Snapshot snapshot) {
        checkpoint(snapshot, RaftLog.startingAfter(snapshot.last()));
        committed = snapshot.last().index();
        told.add(new RaftEffect.Tell(new Installed(committed, snapshot.bytes())));
    }

    private void checkpoint(Snapshot snapshot, RaftLog log) {
        record(new Checkpointed(self(), group(), term(), durable.vote(), snapshot, log.base(), log.entries()));
    }

    Server self() {
        return Invariant.present(durable.self(), "a member before it was started");
    }

    UUID group() {
        return Invariant.present(durable.group(), "a server without a group");
    }

    long term() {
        return durable.term();
    }

    RaftLog log() {
        return durable.log();
    }

    Configuration configuration() {
        return durable.configuration();
    }

    long committed() {
        return committed;
    }

    /** The leadership, if it leads. */
    @Nullable
    Leadership leadership() {
        return standing instanceof Leads(Leadership own) ? own : null;
    }

    void record(RaftEvent event) {
        durable = durable.evolve(event);
        events.add(event);
    }

    void recordVote(long term, @Nullable Server candidate) {
        record(new VoteRecorded(term, candidate));
    }

    /** All committed entries up to this one; each is told to the owner once. */
    void commit(long upTo) {
        for (long index = committed + 1; index <= upTo; index++) {
            var entry = log().entry(index);
            if (entry.content() instanceof Owned owned) {
                byte[] bytes = new byte[owned.bytes().remaining()];
                owned.bytes().get(bytes);
                told.add(new RaftEffect.Tell(new Applied(index, entry.term(), bytes)));
            }
        }
        committed = Math.max(committed, upTo);
    }

    /** Follows in this term from now on. */
    void follow(long term, @Nullable Integer leader) {
        Leadership own = leadership();
        if (term > term()) {
            recordVote(term, null);
        }
        standing = new Follows(leader, leader == null ? Long.MIN_VALUE : now, electionDeadline(), null);
        if (own != null) {
            Leading.ended(this, own);
        }
    }

    long electionDeadline() {
        long span = settings.electionNanosMax() - settings.electionNanosMin();
        return now + settings.electionNanosMin() + Math.floorMod(chance(), span + 1);
    }

    private long chance() {
        seed += GOLDEN_GAMMA;
        long mixed = (seed ^ seed >>> 30) * MIX_1;
        mixed = (mixed ^ mixed >>> 27) * MIX_2;
        return mixed ^ mixed >>> 31;
    }

    Header headerTo(Server to) {
        return headerTo(to, term());
    }

    Header headerTo(Server to, long term) {
        return new Header(group(), self(), to, term);
    }

    void send(int to, Message message) {
        rest.add(new RaftEffect.Send(to, message));
    }

    /** What the receiver counts for itself may be on its way while this member's disk is busy with the same. */
    void sendAhead(int to, Message message) {
        ahead.add(new RaftEffect.Send(to, message));
    }

    void reply(long ticket, RaftProtocol.Reply reply) {
        replies.add(new RaftEffect.Reply(ticket, reply));
    }

    void replyNotLeading(long ticket) {
        reply(ticket, new NotLeading(leader()));
    }

    void warn(String message) {
        rest.add(new RaftEffect.Warn(message));
    }

    private Optional<Member> leader() {
        Integer id = standing instanceof Follows follows ? follows.leader() : null;
        Seat seat = id == null ? null : configuration().seat(id);
        return Optional.ofNullable(seat).map(Seat::member);
    }

    /** What came of it. */
    Step<RaftCore, RaftEffect> end() {
        Invariant.check(
                committed <= log().lastIndex() && committed >= durable.snapshotIndex(),
                "committed %d, log %s, snapshot %d",
                committed,
                log(),
                durable.snapshotIndex());
        List<RaftEffect> effects = new ArrayList<>();
        List<Member> lines = lines();
        if (!lines.equals(before.lines())) {
            effects.add(new RaftEffect.KeepLines(lines));
        }
        boolean onlyOwnEntries = events.stream().allMatch(EntriesStored.class::isInstance);
        if (onlyOwnEntries) {
            effects.addAll(ahead);
        }
        if (!events.isEmpty()) {
            effects.add(new RaftEffect.Persist(events, term(), log().lastIndex()));
        }
        List<Member> members = configuration().members();
        if (!members.equals(before.members())) {
            effects.add(new RaftEffect.Tell(new MembersChanged(members)));
        }
        effects.addAll(told);
        RaftProtocol.Event announcement = announcement();
        if (!announcement.equals(before.announced())) {
            effects.add(new RaftEffect.Tell(announcement));
        }
        if (!onlyOwnEntries) {
            effects.addAll(ahead);
        }
        effects.addAll(rest);
        effects.addAll(replies);
        return new Step<>(
                new RaftCore(settings, durable, committed, standing, seed, announcement, members, lines), effects);
    }

    private RaftProtocol.Event announcement() {
        Leadership own = leadership();
        return own != null && committed >= own.openedIndex ? new Elected(term()) : new Following(term(), leader());
    }

    private List<Member> lines() {
        Leadership own = leadership();
        List<Member> lines = new ArrayList<>();
        for (Member member : configuration().members()) {
            if (member.id() != self().id()) {
                lines.add(member);
            }
        }
        if (own != null) {
            own.departing.values().forEach(seat -> lines.add(seat.member()));
            if (own.invitation != null) {
                lines.add(own.invitation.member());
            }
        }
        return lines;
    }
}
