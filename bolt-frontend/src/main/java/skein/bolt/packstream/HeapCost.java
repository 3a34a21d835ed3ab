package skein.bolt.packstream;

/**
 * What decoded values take on the heap, in bytes: estimates for headers of 12 and references of 4 bytes, a little high.
 * What is copied on the way is counted too, so that the estimate also bounds what is allocated.
 */
final class HeapCost {
    /** A boxed number with its value. */
    static final long NUMBER = 24;
    /** A point, a duration. */
    private static final long COMPOUND = 48;
    /** A zoned time is six objects. */
    private static final long TEMPORAL = 192;
    /** A list without its items. */
    static final long LIST = 96;
    /** Its place in a list, and in the one that a structure's fields are copied from. */
    static final long LIST_ITEM = 8;
    /** A map without its entries, and what holds its table. */
    private static final long MAP = 160;
    /** Its place in the table. */
    private static final long MAP_ENTRY = 64;
    /** A small map is two arrays. */
    private static final int SMALL_MAP_MAX = 8;

    private static final long SMALL_MAP = 144;
    private static final long SMALL_MAP_ENTRY = 8;
    private static final long TEXT = 64;
    /** While UTF-8 is decoded there are buffers around it, and up to three copies with two bytes for a character. */
    private static final long TEXT_DECODING = 208;

    private static final long TEXT_DECODING_SHARE = 5;

    private HeapCost() {}

    static long list(long count) {
        return LIST + LIST_ITEM * count;
    }

    static long map(long count) {
        return count <= SMALL_MAP_MAX ? SMALL_MAP + SMALL_MAP_ENTRY * count : MAP + MAP_ENTRY * count;
    }

    static long structure(int tag) {
        return switch (tag) {
            case Marker.POINT_2D, Marker.POINT_3D, Marker.DURATION -> COMPOUND;
            default -> TEMPORAL;
        };
    }

    static long bytes(long length) {
        return TEXT + length;
    }

    static long ascii(long length) {
        return TEXT + length;
    }

    static long beyondAscii(long length) {
        return TEXT_DECODING + TEXT_DECODING_SHARE * length;
    }

    static long text(String decoded) {
        return TEXT + 2L * decoded.length();
    }
}
