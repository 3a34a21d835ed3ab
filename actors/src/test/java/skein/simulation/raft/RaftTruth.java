package skein.simulation.raft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.history.RegisterHistory;
import skein.history.RegisterHistory.Operation;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.protocol.RaftProtocol.Applied;
import skein.protocol.RaftProtocol.Installed;
import skein.raft.core.DurableState;
import skein.raft.core.RaftCore;
import skein.raft.core.RaftInput;
import skein.raft.core.RaftLog;
import skein.simulation.InvariantBroken;
import skein.simulation.World;

/**
 * Sees everything at once, and says so when a promise is broken: one leader a term (I11), nothing said before it is
 * durable (I11), a leader that holds all that was committed before its term, one entry at each place of the log, one
 * state at each place of it, and registers that are linearizable (I10).
 */
final class RaftTruth {
    private final World world;
    private final RaftProbes probes;
    private final Map<Long, Integer> leaders = new HashMap<>();

    /** By index: the entry that was committed, and the term of who first knew. */
    private final TreeMap<Long, Chosen> chosen = new TreeMap<>();

    private final Map<Long, Integer> states = new HashMap<>();
    private final Map<Integer, Long> seen = new HashMap<>();
    private final Map<Integer, Long> ended = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    private record Chosen(Entry entry, long byTerm) {}

    RaftTruth(World world, RaftProbes probes) {
        this.world = world;
        this.probes = probes;
    }

    void reached(RaftProbe probe) {
        probes.reached(probe);
    }

    void operation(Operation operation) {
        operations.add(operation);
    }

    static void check(String invariant, boolean holds, String what, @Nullable Object... arguments) {
        if (!holds) {
            throw new InvariantBroken(invariant, what.formatted(arguments));
        }
    }

    void started(RaftServer server) {
        DurableState durable = server.disk().durable();
        seen.put(
                server.id(),
                durable.snapshot() == null ? 0 : durable.snapshot().last().index());
        ended.put(server.id(), 0L);
    }

    void stepped(RaftServer server, RaftCore core) {
        world.trace().hash(server.host().name(), core.durable().term(), core.committed());
        RaftLog log = core.durable().log();
        long end = log.lastIndex();
        if (end < ended.getOrDefault(server.id(), 0L)) {
            probes.reached(RaftProbe.ENTRIES_REPLACED);
        }
        ended.put(server.id(), end);
        for (long index = seen.getOrDefault(server.id(), 0L) + 1; index <= core.committed(); index++) {
            if (index > log.base().index()) {
                committed(server, index, log.entry(index), core.durable().term());
            }
        }
        seen.put(server.id(), core.committed());
        if (core.isLeading()) {
            leads(server, core);
        }
    }

    /** Once it has looked at its clock, nobody leads whom no majority answers. */
    void ticked(RaftServer server, RaftCore core, List<RaftInput> inputs) {
        boolean looked = inputs.getLast() instanceof RaftInput.Ticked;
        check(
                "I12",
                !looked
                        || !core.isLeading()
                        || core.status(server.host().nanos()).hasQuorum(),
                "%s goes on leading without a majority",
                server.host());
    }

    private void committed(RaftServer server, long index, Entry entry, long term) {
        Chosen known = chosen.putIfAbsent(index, new Chosen(entry, term));
        check(
                "I11",
                known == null || known.entry().equals(entry),
                "%s has committed %s at %d, others %s",
                server.host(),
                entry,
                index,
                known);
    }

    private void leads(RaftServer server, RaftCore core) {
        long term = core.durable().term();
        Integer known = leaders.putIfAbsent(term, server.id());
        check("I11", known == null || known == server.id(), "%d and %s lead in term %d", known, server.host(), term);
        if (known != null) {
            return;
        }
        world.trace()
                .note(server.host().name(), "leads", term, core.durable().log().lastIndex(), null);
        RaftLog log = core.durable().log();
        chosen.tailMap(log.base().index(), false)
                .forEach((index, entry) -> check(
                        "leader completeness",
                        entry.byTerm() >= term
                                || log.termAt(index) == entry.entry().term(),
                        "%s leads in term %d without entry %d of term %d",
                        server.host(),
                        term,
                        index,
                        entry.entry().term()));
    }

    /** Before it leaves, what it says is on the disk. */
    void sends(RaftServer server, Message message) {
        DurableState durable = server.disk().durable();
        switch (message) {
            case Vote vote
            when vote.granted() && !vote.inAdvance() ->
                check(
                        "I11",
                        durable.term() > vote.header().term()
                                || durable.term() == vote.header().term()
                                        && vote.header().to().equals(durable.vote()),
                        "%s sends %s and has stored %s",
                        server.host(),
                        vote,
                        durable.vote());
            case AskVote ask
            when !ask.inAdvance() ->
                check(
                        "I11",
                        durable.term() >= ask.header().term(),
                        "%s stands in term %d and has stored %d",
                        server.host(),
                        ask.header().term(),
                        durable.term());
            case Appended answer ->
                check(
                        "durability",
                        durable.log().lastIndex() >= answer.matched()
                                && durable.term() >= answer.header().term(),
                        "%s acknowledges %d in term %d and has stored %s",
                        server.host(),
                        answer.matched(),
                        answer.header().term(),
                        durable.log());
            case Installing answer ->
                check(
                        "durability",
                        !answer.done() || durable.log().lastIndex() >= answer.index(),
                        "%s has installed %d and stored %s",
                        server.host(),
                        answer.index(),
                        durable.log());
            default -> {}
        }
    }

    void applied(RaftServer server, Applied applied) {
        Chosen entry = chosen.get(applied.index());
        check(
                "state machine safety",
                entry != null && entry.entry().term() == applied.term(),
                "%s applies %d of term %d, chosen is %s",
                server.host(),
                applied.index(),
                applied.term(),
                entry);
        state(server, applied.index());
    }

    void installed(RaftServer server, Installed installed) {
        probes.reached(RaftProbe.STATE_INSTALLED);
        state(server, installed.index());
    }

    private void state(RaftServer server, long index) {
        int state = server.owner().state().hashCode();
        Integer known = states.putIfAbsent(index, state);
        check("state machine safety", known == null || known == state, "%s differs at %d", server.host(), index);
    }

    void elected(RaftServer server, long term) {
        probes.reached(RaftProbe.ELECTED);
        check("I11", leaders.getOrDefault(term, 0) == server.id(), "%s says it leads in %d", server.host(), term);
    }

    int leaderships() {
        return leaders.size();
    }

    /** All that clients saw. */
    void judge() {
        RegisterHistory.Verdict verdict = new RegisterHistory(operations).check();
        check("I10", verdict.isClean(), "broken %s, undecided %s", verdict.broken(), verdict.undecided());
    }

    long count(skein.history.Transaction.Outcome outcome) {
        return operations.stream()
                .filter(operation -> operation.outcome() == outcome)
                .count();
    }

    long count() {
        return operations.size();
    }
}
