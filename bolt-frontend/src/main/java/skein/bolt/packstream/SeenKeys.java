package skein.bolt.packstream;

import org.jspecify.annotations.Nullable;
import skein.graph.MapBuilder;

/**
 * Keys of maps that were read from a message, so that maps of a list, which tend to have the same keys in the same
 * order, share them. A key or an order that takes another's place is read once more, no worse.
 */
final class SeenKeys {
    /** A power of two. */
    private static final int KEYS = 32;

    private final @Nullable String[] keys = new String[KEYS];
    private final String[] @Nullable [] shapes = new String[MapBuilder.FEW_MAX + 1][];

    /** The key that stands there; null when it has not been seen lately. */
    @Nullable
    String key(byte[] bytes, int from, int to) {
        String key = keys[place(bytes, from, to)];
        return key != null && isAt(bytes, from, to, key) ? key : null;
    }

    /** @param key is what stands there */
    void saw(byte[] bytes, int from, int to, String key) {
        keys[place(bytes, from, to)] = key;
    }

    private static int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash & KEYS - 1;
    }

    /** Only ASCII can be: anything else has more bytes than characters. */
    private static boolean isAt(byte[] bytes, int from, int to, String text) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The keys of the last small map of so many entries, in its order; never to be changed. */
    String @Nullable [] shape(int count) {
        return shapes[count];
    }

    /** @param keys of a small map, all different */
    void sawShape(String[] keys) {
        shapes[keys.length] = keys;
    }
}
