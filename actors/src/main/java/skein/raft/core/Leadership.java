package skein.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftProtocol.Member;

/**
 * What a leader remembers for one term. Changed within a {@link Turn} only, which works on a copy: a core that was
 * answered once never changes.
 */
final class Leadership {
    /** Everybody else in the configuration, and those who depart. */
    final SortedMap<Integer, Progress> others;

    /** Members that were taken out, as long as they may not have heard of it; they are among the others, too. */
    final SortedMap<Integer, Seat> departing;

    /** Tickets of proposals by the index of their entries. */
    final SortedMap<Long, Long> proposals;

    /** Tickets of reads that the next round will answer. */
    final List<Long> asked;

    /** Tickets of reads that the present round answers. */
    final List<Long> underway;

    /** This leader's first entry; what stands before it is committed with it. */
    final long openedIndex;

    /** This member's log is durable up to here. */
    long ownMatched;

    long underwayIndex;
    long round;
    boolean reading;
    long heartbeatNanos;

    @Nullable
    Invitation invitation;

    @Nullable
    Change change;

    @Nullable
    Transfer transfer;

    /** A server is asked who it is. */
    record Invitation(long ticket, Member member, long deadlineNanos) {}

    /** A member that is to join, or to go; who wants to hear when it has. */
    record Change(List<Long> tickets, int id, boolean removal) {
        public Change {
            tickets = List.copyOf(tickets);
        }
    }

    /** Another member is to lead. */
    record Transfer(long ticket, int to, boolean sent, long deadlineNanos) {}

    Leadership(long openedIndex, long ownMatched, long heartbeatNanos) {
        this.others = new TreeMap<>();
        this.departing = new TreeMap<>();
        this.proposals = new TreeMap<>();
        this.asked = new ArrayList<>();
        this.underway = new ArrayList<>();
        this.openedIndex = openedIndex;
        this.ownMatched = ownMatched;
        this.heartbeatNanos = heartbeatNanos;
    }

    private Leadership(Leadership of) {
        others = new TreeMap<>(of.others);
        departing = new TreeMap<>(of.departing);
        proposals = new TreeMap<>(of.proposals);
        asked = new ArrayList<>(of.asked);
        underway = new ArrayList<>(of.underway);
        openedIndex = of.openedIndex;
        ownMatched = of.ownMatched;
        underwayIndex = of.underwayIndex;
        round = of.round;
        reading = of.reading;
        heartbeatNanos = of.heartbeatNanos;
        invitation = of.invitation;
        change = of.change;
        transfer = of.transfer;
    }

    Leadership copy() {
        return new Leadership(this);
    }

    @Override
    public String toString() {
        return "opened at " + openedIndex + ", own " + ownMatched + ", others " + others + ", departing "
                + departing.keySet() + ", round " + round + (reading ? " underway" : "") + ", invitation " + invitation
                + ", change " + change + ", transfer " + transfer;
    }
}
