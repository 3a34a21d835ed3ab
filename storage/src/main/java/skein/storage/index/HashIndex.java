package skein.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.Invariant;

/**
 * From the 64-bit hash of a value to the slots that have, or recently had, such a value. Open addressing with a slot in
 * place for a value met once and a bitmap for a value met often, so a value that every node shares costs no more than a
 * unique one. One writer; readers look up without waiting, also while the table grows. For those who ask for equality
 * only; declared indexes are {@link OrderedIndex}.
 */
public final class HashIndex {
    private static final int CAPACITY_MIN = 16;

    private volatile Table table = new Table(CAPACITY_MIN);
    private final AtomicLong size = new AtomicLong();

    /** Adds a slot under a hash; nothing happens when it is there. Writer only. */
    public void add(long hash, int slot) {
        long key = key(hash);
        Table current = table;
        int position = current.find(key);
        if (position >= 0) {
            addTo(current, position, slot);
            return;
        }
        if ((current.used + 1) * 3 > current.keys.length * 2) {
            current = grown(current);
            table = current;
            position = current.find(key);
        }
        current.insert(-position - 1, key, slot);
        size.incrementAndGet();
    }

    /** Removes a slot from under a hash; nothing happens when it is not there. Writer only. */
    public void remove(long hash, int slot) {
        Table current = table;
        int position = current.find(key(hash));
        if (position < 0) {
            return;
        }
        int posting = current.posting(position);
        if (posting == slot) {
            current.setPosting(position, Table.NONE);
            size.decrementAndGet();
        } else if (posting < Table.NONE) {
            SlotBitmap many = current.bitmap(posting);
            if (many.remove(slot)) {
                size.decrementAndGet();
            }
        }
    }

    /** Slots under a hash, in no promised order: call {@link Hits#next} until it answers -1. */
    public Hits find(long hash) {
        Table current = table;
        int position = current.find(key(hash));
        if (position < 0) {
            return new Hits(Table.NONE, null);
        }
        int posting = current.posting(position);
        return posting < Table.NONE ? new Hits(Table.NONE, current.bitmap(posting)) : new Hits(posting, null);
    }

    /** Number of entries now. */
    public long size() {
        return size.get();
    }

    /** Places in the table, for tests that watch it grow. */
    int capacity() {
        return table.keys.length;
    }

    /** Zero marks a free place in the table, so no value has it for a hash. */
    private static long key(long hash) {
        Invariant.check(hash != 0, "zero is not a hash");
        return hash;
    }

    private void addTo(Table current, int position, int slot) {
        int posting = current.posting(position);
        if (posting == slot) {
            return;
        }
        if (posting == Table.NONE) {
            current.setPosting(position, slot);
            size.incrementAndGet();
        } else if (posting < Table.NONE) {
            size.addAndGet(current.bitmap(posting).add(slot) ? 1 : 0);
        } else {
            SlotBitmap many = new SlotBitmap();
            many.add(posting);
            many.add(slot);
            current.setPosting(position, current.addBitmap(many));
            size.incrementAndGet();
        }
    }

    private static Table grown(Table before) {
        int live = 0;
        for (int i = 0; i < before.keys.length; i++) {
            live += before.isLive(i) ? 1 : 0;
        }
        int capacity = Math.max(CAPACITY_MIN, Integer.highestOneBit(live * 3) << 1);
        Table after = new Table(capacity);
        for (int i = 0; i < before.keys.length; i++) {
            if (before.isLive(i)) {
                int posting = before.posting(i);
                int moved = posting < Table.NONE ? after.addBitmap(before.bitmap(posting)) : posting;
                after.insert(-after.find(before.keys[i]) - 1, before.keys[i], moved);
            }
        }
        return after;
    }

    /** The slots found under one hash. */
    public static final class Hits {
        private int next;
        private final @Nullable SlotBitmap many;

        private Hits(int next, @Nullable SlotBitmap many) {
            this.many = many;
            this.next = many == null ? next : many.nextAtOrAbove(0);
        }

        /** The next slot, or -1 at the end. */
        public int next() {
            int answer = next;
            if (answer >= 0) {
                next = many == null || answer == Integer.MAX_VALUE ? -1 : many.nextAtOrAbove(answer + 1);
            }
            return answer;
        }
    }

    /** A key is written once and stays until the table is replaced; its posting changes. */
    private static final class Table {
        private static final int NONE = -1;
        private static final VarHandle KEY = MethodHandles.arrayElementVarHandle(long[].class);
        private static final VarHandle POSTING = MethodHandles.arrayElementVarHandle(int[].class);

        private final long[] keys;

        /** A slot, {@link #NONE}, or below that the place of a bitmap. */
        private final int[] postings;

        private volatile SlotBitmap[] bitmaps = new SlotBitmap[0];
        private int bitmapCount;
        private int used;

        private Table(int capacity) {
            keys = new long[capacity];
            postings = new int[capacity];
            Arrays.fill(postings, NONE);
        }

        /** The place of a key, or -(place for it) - 1. */
        private int find(long key) {
            int mask = keys.length - 1;
            int at = (int) (key ^ key >>> 32) & mask;
            while (true) {
                long met = (long) KEY.getAcquire(keys, at);
                if (met == key) {
                    return at;
                }
                if (met == 0) {
                    return -at - 1;
                }
                at = at + 1 & mask;
            }
        }

        private void insert(int position, long key, int posting) {
            POSTING.setRelease(postings, position, posting);
            KEY.setRelease(keys, position, key);
            used++;
        }

        private int posting(int position) {
            return (int) POSTING.getAcquire(postings, position);
        }

        private void setPosting(int position, int posting) {
            POSTING.setRelease(postings, position, posting);
        }

        private SlotBitmap bitmap(int posting) {
            return bitmaps[NONE - 1 - posting];
        }

        private int addBitmap(SlotBitmap bitmap) {
            SlotBitmap[] current = bitmaps;
            if (bitmapCount == current.length) {
                current = Arrays.copyOf(current, Math.max(4, current.length * 2));
            }
            current[bitmapCount] = bitmap;
            bitmaps = current;
            return NONE - 1 - bitmapCount++;
        }

        private boolean isLive(int position) {
            int posting = postings[position];
            return keys[position] != 0
                    && posting != NONE
                    && (posting > NONE || bitmap(posting).size() > 0);
        }
    }
}
