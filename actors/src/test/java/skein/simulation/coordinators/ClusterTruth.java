package skein.simulation.coordinators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.ClusterBytes;
import skein.coordination.core.ClusterChange;
import skein.coordination.core.ClusterState;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.protocol.RaftProtocol.Applied;
import skein.raft.core.DurableState;
import skein.raft.core.RaftCore;
import skein.simulation.Host;
import skein.simulation.InvariantBroken;
import skein.simulation.World;

/**
 * Sees all coordinators at once: one leader a term, votes that are durable before they are sent, one entry and one
 * state at every place of the log (I11), and reads of a state that was the present one while they were under way (I10).
 */
public final class ClusterTruth {
    private final World world;
    private final Map<Long, Integer> leaders = new TreeMap<>();
    private final TreeMap<Long, Entry> chosen = new TreeMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Integer> wiped = new TreeSet<>();

    /** @param state after it */
    private record Entry(long index, long term, byte[] bytes, ClusterState state, long nanos) {}

    /** Hears of every change once, as soon as anybody knows that it is committed. */
    public interface Listener {
        void committed(ClusterChange change, ClusterState before, ClusterState after);
    }

    public ClusterTruth(World world) {
        this.world = world;
    }

    public void onCommitted(Listener listener) {
        listeners.add(listener);
    }

    public static void check(String invariant, boolean holds, String what, @Nullable Object... arguments) {
        if (!holds) {
            throw new InvariantBroken(invariant, what.formatted(arguments));
        }
    }

    /** The newest state that anybody knows to be committed. */
    public ClusterState present() {
        return chosen.isEmpty()
                ? ClusterState.EMPTY
                : chosen.lastEntry().getValue().state();
    }

    /** Of the newest entry that anybody knows to be committed. */
    public long index() {
        return chosen.isEmpty() ? 0 : chosen.lastKey();
    }

    /** Nobody goes there until it is another member. */
    public void wiped(int id) {
        wiped.add(id);
    }

    /** Those that came back with a new disk and have not been taken out yet. */
    public Set<Integer> wiped() {
        return new TreeSet<>(wiped);
    }

    public boolean isNamed(int id) {
        return present().coordinators().stream().anyMatch(one -> one.id() == id);
    }

    /** Any of those that people know as coordinators; the first one before there is any. */
    public CoordinatorServer any(List<CoordinatorServer> servers) {
        List<CoordinatorServer> members = servers.stream()
                .filter(server -> isNamed(server.self().id()))
                .filter(server -> !wiped.contains(server.self().id()))
                .toList();
        return members.isEmpty()
                ? servers.getFirst()
                : members.get(world.random().nextInt(members.size()));
    }

    void stepped(Host host, int id, RaftCore core) {
        world.trace().hash(host.name(), core.durable().term(), core.committed());
        if (core.isLeading()) {
            leads(host, id, core.durable().term());
        }
    }

    private void leads(Host host, int id, long term) {
        Integer known = leaders.putIfAbsent(term, id);
        check(
                "I11",
                known == null || known == id,
                "%s leads in term %d, and so does coordinator %d",
                host,
                term,
                known);
        if (known == null) {
            world.trace().note(host.name(), "leads", term, 0, null);
        }
    }

    void elected(Host host, int id, long term) {
        check("I11", leaders.getOrDefault(term, 0) == id, "%s says that it leads in term %d", host, term);
    }

    /** Before it leaves, what it says is on the disk. */
    void sends(Host host, DurableState durable, Message message) {
        switch (message) {
            case Vote vote
            when vote.granted() && !vote.inAdvance() ->
                check(
                        "I11",
                        durable.term() > vote.header().term()
                                || durable.term() == vote.header().term()
                                        && vote.header().to().equals(durable.vote()),
                        "%s sends %s and has stored %s",
                        host,
                        vote,
                        durable.vote());
            case AskVote ask
            when !ask.inAdvance() ->
                check(
                        "I11",
                        durable.term() >= ask.header().term(),
                        "%s stands in term %d and has stored %d",
                        host,
                        ask.header().term(),
                        durable.term());
            case Appended answer ->
                check(
                        "I11",
                        durable.log().lastIndex() >= answer.matched(),
                        "%s acknowledges %d and has stored %s",
                        host,
                        answer.matched(),
                        durable.log());
            default -> {}
        }
    }

    void applied(Host host, Applied applied) {
        Entry known = chosen.get(applied.index());
        if (known != null) {
            check(
                    "I11",
                    known.term() == applied.term() && Arrays.equals(known.bytes(), applied.entry()),
                    "%s applies another entry %d, of term %d instead of %d",
                    host,
                    applied.index(),
                    applied.term(),
                    known.term());
            return;
        }
        check("I11", applied.index() > index(), "%s applies entry %d, which never was chosen", host, applied.index());
        ClusterState before = present();
        ClusterChange change = ClusterBytes.change(applied.entry());
        ClusterState after = before.evolve(change);
        chosen.put(applied.index(), new Entry(applied.index(), applied.term(), applied.entry(), after, world.nanos()));
        world.trace().note("cluster", "commits", applied.index(), applied.term(), change);
        wiped.removeIf(id -> after.coordinators().stream().noneMatch(one -> one.id() == id));
        listeners.forEach(listener -> listener.committed(change, before, after));
    }

    void holds(Host host, long index, ClusterState state) {
        ClusterState chosenState = chosen.floorEntry(index) == null
                ? ClusterState.EMPTY
                : chosen.floorEntry(index).getValue().state();
        check(
                "I11",
                chosenState.equals(state),
                "%s has another state at entry %d: %s, not %s",
                host,
                index,
                state,
                chosenState);
    }

    /** I10: true when some state between the two was as asked. */
    public boolean wasOnce(long fromIndex, Predicate<ClusterState> as) {
        ClusterState first = chosen.floorEntry(fromIndex) == null
                ? ClusterState.EMPTY
                : chosen.floorEntry(fromIndex).getValue().state();
        return as.test(first)
                || chosen.tailMap(fromIndex, false).values().stream().anyMatch(entry -> as.test(entry.state()));
    }

    /** The entries that came after this one, oldest first. */
    public List<ClusterChange> changesAfter(long index) {
        return chosen.tailMap(index, false).values().stream()
                .map(entry -> ClusterBytes.change(entry.bytes()))
                .toList();
    }
}
