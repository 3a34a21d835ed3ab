package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Relationships in columns, by pages. Start, end and type of a slot stay as they are for the life of a relationship;
 * the state column holds what changes: nothing, a bare property array once every snapshot sees it, or a chain of
 * {@link RelationshipVersion}.
 *
 * <p>The slot of a deleted relationship is used again. Where some snapshot may still show the earlier relationship,
 * which happens on a REPLICA whose readers are older than those of its MAIN, what the columns held is kept aside as a
 * {@link FormerLife} before they are overwritten; {@code ...At} methods find it there.
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

    /** Earlier relationships in slots that are in use again; null, as nearly always, when no snapshot shows any. */
    private volatile @Nullable ConcurrentHashMap<Integer, FormerLife> formerLives;

    /** One past the highest slot that was ever used. */
    public int limit() {
        return limit;
    }

    /** The node where the relationship starts that a snapshot shows in this slot. */
    public int startAt(int slot, long snapshot) {
        int start = start(slot);
        FormerLife former = formerLife(slot, snapshot);
        return former == null ? start : former.start();
    }

    /** As {@link #startAt}. */
    public int endAt(int slot, long snapshot) {
        int end = end(slot);
        FormerLife former = formerLife(slot, snapshot);
        return former == null ? end : former.end();
    }

    /** As {@link #startAt}. */
    public int typeAt(int slot, long snapshot) {
        int type = type(slot);
        FormerLife former = formerLife(slot, snapshot);
        return former == null ? type : former.type();
    }

    /** To be called after the columns were read. */
    private @Nullable FormerLife formerLife(int slot, long snapshot) {
        // who read a column that is overwritten must find what it held before
        VarHandle.loadLoadFence();
        Map<Integer, FormerLife> lives = formerLives;
        return lives == null ? null : FormerLife.at(lives.get(slot), snapshot);
    }

    /** The node where the newest relationship in a slot starts. */
    int start(int slot) {
        return pages[slot >>> PAGE_BITS].start[slot & PAGE_MASK];
    }

    /** As {@link #start}. */
    int end(int slot) {
        return pages[slot >>> PAGE_BITS].end[slot & PAGE_MASK];
    }

    /** As {@link #start}. */
    int type(int slot) {
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

    /** Writer only. Keeps what the columns of a slot hold for snapshots before {@code deletedTs}. */
    void keepFormerLife(int slot, long deletedTs) {
        ConcurrentHashMap<Integer, FormerLife> lives = formerLives;
        if (lives == null) {
            lives = new ConcurrentHashMap<>();
        }
        lives.put(slot, new FormerLife(start(slot), end(slot), type(slot), deletedTs, lives.get(slot)));
        formerLives = lives;
        // before any column is overwritten
        VarHandle.fullFence();
    }

    /** Writer only. Forgets former lives that no snapshot at or above the horizon shows. */
    void forgetFormerLives(int slot, long horizon) {
        ConcurrentHashMap<Integer, FormerLife> lives = formerLives;
        if (lives == null) {
            return;
        }
        FormerLife left = FormerLife.after(lives.get(slot), horizon);
        if (left == null) {
            lives.remove(slot);
        } else {
            lives.put(slot, left);
        }
        if (lives.isEmpty()) {
            formerLives = null;
        }
    }

    /** Whether a snapshot at or above the horizon may show a relationship of this type in the slot. Writer only. */
    boolean mayShow(int slot, int type, long horizon) {
        if (state(slot) != null && type(slot) == type) {
            return true;
        }
        Map<Integer, FormerLife> lives = formerLives;
        FormerLife life = lives == null ? null : lives.get(slot);
        while (life != null && life.deletedTs() > horizon) {
            if (life.type() == type) {
                return true;
            }
            life = life.older();
        }
        return false;
    }

    /** Slots below the limit that hold nothing for any snapshot, highest first. Writer only. */
    SlotList freeSlots() {
        SlotList free = new SlotList();
        for (int slot = limit - 1; slot >= 0; slot--) {
            if (state(slot) == null) {
                free.add(slot);
            }
        }
        return free;
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
