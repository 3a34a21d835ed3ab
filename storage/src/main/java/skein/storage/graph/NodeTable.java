package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** From slot to the newest version of a node: a directory of pages, so that a look-up is two loads. */
public final class NodeTable {
    static final int PAGE_BITS = 12;
    private static final int PAGE_SLOTS = 1 << PAGE_BITS;
    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(NodeVersion[].class);

    private volatile NodeVersion[][] pages = new NodeVersion[0][];
    private volatile int limit;

    /** One past the highest slot that was ever used. */
    public int limit() {
        return limit;
    }

    /** The newest version, deleted ones included; null when the slot is free. */
    public @Nullable NodeVersion head(int slot) {
        NodeVersion[][] current = pages;
        int page = slot >>> PAGE_BITS;
        return page < current.length ? (NodeVersion) HEAD.getAcquire(current[page], slot & PAGE_SLOTS - 1) : null;
    }

    /** The version that a snapshot sees; null when it sees no such node. */
    public @Nullable NodeVersion at(int slot, long snapshot) {
        NodeVersion version = head(slot);
        while (version != null && version.commitTs > snapshot) {
            version = version.older;
        }
        return version == null || version.deleted ? null : version;
    }

    /** Writer only. */
    void publish(int slot, @Nullable NodeVersion version) {
        int page = slot >>> PAGE_BITS;
        if (page >= pages.length) {
            grow(page + 1);
        }
        HEAD.setRelease(pages[page], slot & PAGE_SLOTS - 1, version);
        if (slot >= limit) {
            limit = slot + 1;
        }
    }

    /** Makes room for slots below this, which count as used from now on. Before anything is in the table. */
    void reserve(int slots) {
        grow(slots + PAGE_SLOTS - 1 >>> PAGE_BITS);
        limit = slots;
    }

    /** Puts a node where {@link #reserve} made room; safe for several threads with different slots. */
    void fill(int slot, NodeVersion version) {
        pages[slot >>> PAGE_BITS][slot & PAGE_SLOTS - 1] = version;
    }

    /** Slots below the limit that hold nothing for any snapshot, highest first. Writer only. */
    SlotList freeSlots() {
        SlotList free = new SlotList();
        for (int slot = limit - 1; slot >= 0; slot--) {
            if (head(slot) == null) {
                free.add(slot);
            }
        }
        return free;
    }

    private void grow(int count) {
        NodeVersion[][] before = pages;
        NodeVersion[][] after = Arrays.copyOf(before, count);
        for (int i = before.length; i < count; i++) {
            after[i] = new NodeVersion[PAGE_SLOTS];
        }
        pages = after;
    }
}
