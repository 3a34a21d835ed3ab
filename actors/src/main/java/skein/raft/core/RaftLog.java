package skein.raft.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Position;
import skein.vocabulary.Invariant;

/** The entries after a base, which is known by its position alone. A value: every change is another log. */
public final class RaftLog {
    private final Position base;
    private final Entry[] entries;

    private RaftLog(Position base, Entry[] entries) {
        this.base = base;
        this.entries = entries;
    }

    public static RaftLog startingAfter(Position base) {
        return new RaftLog(base, new Entry[0]);
    }

    public Position base() {
        return base;
    }

    public long lastIndex() {
        return base.index() + entries.length;
    }

    public Position last() {
        return entries.length == 0 ? base : new Position(lastIndex(), entries[entries.length - 1].term());
    }

    /** Of the base or of an entry; -1 of anything else. */
    public long termAt(long index) {
        if (index == base.index()) {
            return base.term();
        }
        return index > base.index() && index <= lastIndex() ? entry(index).term() : -1;
    }

    public boolean holds(Position position) {
        return termAt(position.index()) == position.term();
    }

    public Position positionAt(long index) {
        long term = termAt(index);
        Invariant.check(term >= 0, "no entry %d in a log from %d to %d", index, base.index(), lastIndex());
        return new Position(index, term);
    }

    public Entry entry(long index) {
        return entries[(int) (index - base.index() - 1)];
    }

    /** The greatest index up to this one whose term is at most that; the base at the least. */
    long agreeingUpTo(long index, long term) {
        long at = Math.min(index, lastIndex());
        while (at > base.index() && termAt(at) > term) {
            at--;
        }
        return at;
    }

    /** All entries up to the one before {@code from}, then these. */
    RaftLog replaced(long from, List<Entry> with) {
        Invariant.check(
                from > base.index() && from <= lastIndex() + 1,
                "entries from %d do not follow a log from %d to %d",
                from,
                base.index(),
                lastIndex());
        int kept = (int) (from - base.index() - 1);
        Entry[] next = Arrays.copyOf(entries, kept + with.size());
        for (int i = 0; i < with.size(); i++) {
            next[kept + i] = with.get(i);
        }
        return new RaftLog(base, next);
    }

    /** Without what stands up to an index that is here. */
    RaftLog after(long index) {
        Position next = positionAt(index);
        return new RaftLog(next, Arrays.copyOfRange(entries, (int) (index - base.index()), entries.length));
    }

    /** Entries from there on, as many as fit into so many bytes, but at least one if there is one. */
    List<Entry> from(long index, int bytesMax) {
        long bytes = 0;
        long end = index;
        while (end <= lastIndex() && (end == index || bytes + bytesOf(entry(end)) <= bytesMax)) {
            bytes += bytesOf(entry(end));
            end++;
        }
        int first = (int) (index - base.index() - 1);
        return List.of(Arrays.copyOfRange(entries, first, first + (int) (end - index)));
    }

    private static int bytesOf(Entry entry) {
        return entry.content() instanceof Owned owned ? owned.bytes().remaining() : 0;
    }

    public List<Entry> entries() {
        return List.of(entries);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RaftLog log && base.equals(log.base) && Arrays.equals(entries, log.entries);
    }

    @Override
    public int hashCode() {
        return 31 * base.hashCode() + Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return "after " + base + " up to " + last();
    }
}
