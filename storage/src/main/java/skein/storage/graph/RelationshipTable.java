package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Relationships in columns, by pages. Start, end and type of a slot are written once (slots of deleted relationships
 * are not used again). The state column holds what changes: nothing, a bare property array once every snapshot sees it,
 * or a chain of {@link RelationshipVersion}.
 */
public final class RelationshipTable {
    /** The state of a relationship without properties. */
    static final byte[] NO_PROPERTIES = new byte[0];

    private static final int PAGE_BITS = NodeTable.PAGE_BITS;
    private static final int PAGE_SLOTS = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_SLOTS - 1;
    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(Object[].class);

    private volatile Page[] pages = new Page[0];
    private volatile int limit;

    /** One past the highest slot that was ever used. */
    public int limit() {
        return limit;
    }

    /** The node where a relationship starts; the slot must have been seen in some snapshot. */
    public int start(int slot) {
        return pages[slot >>> PAGE_BITS].start[slot & PAGE_MASK];
    }

    /** As {@link #start}. */
    public int end(int slot) {
        return pages[slot >>> PAGE_BITS].end[slot & PAGE_MASK];
    }

    /** As {@link #start}. */
    public int type(int slot) {
        return pages[slot >>> PAGE_BITS].type[slot & PAGE_MASK];
    }

    /** The packed properties that a snapshot sees; null when it sees no such relationship. */
    public byte @Nullable [] propertiesAt(int slot, long snapshot) {
        Object state = state(slot);
        while (state instanceof RelationshipVersion version) {
            if (version.commitTs <= snapshot) {
                return version.properties;
            }
            state = version.older;
        }
        return (byte[]) state;
    }

    /** When the slot last changed, if an active snapshot may not know of it; 0 otherwise. */
    public long changedTs(int slot) {
        return state(slot) instanceof RelationshipVersion version ? version.commitTs : 0;
    }

    @Nullable
    Object state(int slot) {
        Page[] current = pages;
        int page = slot >>> PAGE_BITS;
        return page < current.length ? STATE.getAcquire(current[page].state, slot & PAGE_MASK) : null;
    }

    /** Writer only. */
    void create(int slot, int start, int end, int type, Object state) {
        int number = slot >>> PAGE_BITS;
        if (number >= pages.length) {
            grow(number + 1);
        }
        Page page = pages[number];
        int at = slot & PAGE_MASK;
        page.start[at] = start;
        page.end[at] = end;
        page.type[at] = type;
        STATE.setRelease(page.state, at, state);
        if (slot >= limit) {
            limit = slot + 1;
        }
    }

    /** Writer only. */
    void setState(int slot, @Nullable Object state) {
        STATE.setRelease(pages[slot >>> PAGE_BITS].state, slot & PAGE_MASK, state);
    }

    /** Makes room for slots below this, which count as used from now on. Before anything is in the table. */
    void reserve(int slots) {
        grow(slots + PAGE_SLOTS - 1 >>> PAGE_BITS);
        limit = slots;
    }

    /** Puts a relationship where {@link #reserve} made room; safe for several threads with different slots. */
    void fill(int slot, int start, int end, int type, byte[] properties) {
        Page page = pages[slot >>> PAGE_BITS];
        int at = slot & PAGE_MASK;
        page.start[at] = start;
        page.end[at] = end;
        page.type[at] = type;
        page.state[at] = properties;
    }

    private void grow(int count) {
        Page[] before = pages;
        Page[] after = Arrays.copyOf(before, count);
        for (int i = before.length; i < count; i++) {
            after[i] = new Page();
        }
        pages = after;
    }

    private static final class Page {
        private final int[] start = new int[PAGE_SLOTS];
        private final int[] end = new int[PAGE_SLOTS];
        private final int[] type = new int[PAGE_SLOTS];
        private final @Nullable Object[] state = new Object[PAGE_SLOTS];
    }
}
