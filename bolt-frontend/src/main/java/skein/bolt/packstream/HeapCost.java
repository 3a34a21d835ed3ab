package skein.bolt.packstream;

/**
 * What decoded values take on the heap, in bytes, for headers of 12 and references of 4 bytes: never less than is
 * allocated, garbage included, so that what is charged bounds what is allocated. Texts and the first use of a kind add
 * a few KB a message at most: buffers, and the words and the trace of a failure.
 *
 * <p>It also bounds what one byte can cost, whatever the allowance: {@link #OF_A_BYTE_MAX}. Count a value with the 8
 * bytes of its place in the list or map around it; then no value costs more than 80 times its bytes:
 *
 * <ul>
 *   <li>null, booleans, small integers, the empty string, list and map, of 1 byte each: their place, 8. Other numbers
 *       have 3 bytes at least: 24 + 8.
 *   <li>a string of n bytes, n at least 1, has n + 1: 64 + n + 8; beyond ASCII, n at least 2: 88 + 3n + 8, and 80 + 2n
 *       more when it is longer than 64 and the longest so far.
 *   <li>a list has a byte of its own: 56 + 8, which nothing but a list of one item in a list of one item reaches; its
 *       items pay for their places.
 *   <li>a map of up to 8 entries has a byte of its own and another of a key: 88 + 8, where values pay for their places;
 *       a key of n bytes has n + 1: 48 + n, beyond ASCII 72 + 3n.
 *   <li>a larger one has a byte of its own: 288 + 8; an entry 44 beside its value's place and a key as above, with 88
 *       for colliding if it has two bytes. Keys with what belongs to them leave over, of 80 for each of their bytes: 36
 *       if they are empty, which one can be; 67 if they have a byte; at least 30 if they have two or more. There are
 *       nine at least: 80 + 9 * 30 is more than 296.
 *   <li>of structures a date is the smallest, 3 bytes, 40 + 8; a time has 4, 200 + 8; a date-time with an offset 5, 272
 *       + 8; one with the id of a zone of n bytes n + 5, 232 + n and 64 for each of the first 16; a far year 320 more
 *       and 8 more bytes.
 * </ul>
 */
final class HeapCost {
    /** No byte of a message makes the reader allocate more, beside a constant. */
    static final int OF_A_BYTE_MAX = 80;

    /** A boxed number with its value. */
    static final long NUMBER = 24;
    /** Around a text that is a value and no key. */
    static final long STRING_VALUE = 16;

    private static final long TEXT = 48;
    /** Of a text that has to be decoded: it is first tried with one byte for a character, then with two. */
    private static final long DECODED_TEXT = 72;

    private static final long DECODED_SHARE = 3;
    /** A buffer of characters. */
    private static final long CHARACTERS = 80;

    private static final long BYTES = 40;
    /** A list without its items. */
    private static final long LIST = 56;
    /**
     * Its place in a list, and in the one that a message's fields are copied from; or a number in a list of numbers.
     */
    private static final long LIST_ITEM = 8;
    /** A small map is two arrays. */
    private static final int SMALL_MAP_MAX = 8;

    private static final long SMALL_MAP = 88;
    private static final long SMALL_MAP_ENTRY = 8;
    /** A map without its entries, what builds it and holds its table, and a table that was once too small. */
    private static final long MAP = 288;
    /** It, and its place in a table that is three eighths full at least. */
    private static final long MAP_ENTRY = 52;
    /** What keys that meet in one place of a table cost: larger tables, then a tree for the place. */
    static final long COLLIDING = 88;
    /** A point, a duration, a date, a time of the day. */
    private static final long COMPOUND = 40;

    private static final long LOCAL_DATE_TIME = 88;
    /** An offset that is no quarter of an hour is made anew, with its name. */
    private static final long TIME = 200;

    private static final long DATE_TIME = 272;
    private static final long ZONED_DATE_TIME = 160;
    /** The id of a zone may be a prefix and an offset: it is taken apart, completed and put together. */
    private static final long ZONE_CHARACTER = 64;

    private static final int ZONE_LENGTH_MAX = 16;
    /** When clocks change in years for which no table is kept. */
    private static final long FAR_YEAR = 320;

    private static final char ASCII_MAX = 0x7F;

    private HeapCost() {}

    static long list(long count) {
        return LIST + LIST_ITEM * count;
    }

    static long map(long count) {
        return count <= SMALL_MAP_MAX ? SMALL_MAP + SMALL_MAP_ENTRY * count : MAP + MAP_ENTRY * count;
    }

    /** Of keys with one byte eight meet at most, and the empty one. */
    static boolean mayCollide(String key) {
        return key.length() > 1 || !key.isEmpty() && key.charAt(0) > ASCII_MAX;
    }

    /** Without its numbers and texts, and what these mean: {@link #zone}. */
    static long structure(int tag) {
        return switch (tag) {
            case Marker.LOCAL_DATE_TIME -> LOCAL_DATE_TIME;
            case Marker.TIME -> TIME;
            case Marker.DATE_TIME, Marker.LEGACY_DATE_TIME -> DATE_TIME;
            case Marker.DATE_TIME_ZONE_ID, Marker.LEGACY_DATE_TIME_ZONE_ID -> ZONED_DATE_TIME;
            default -> COMPOUND;
        };
    }

    /** To find a zone and its offset at that time. */
    static long zone(String id, long epochSecond) {
        long found = ZONE_CHARACTER * Math.min(id.length(), ZONE_LENGTH_MAX);
        return epochSecond == (int) epochSecond ? found : found + FAR_YEAR;
    }

    static long bytes(long length) {
        return BYTES + length;
    }

    static long ascii(long length) {
        return TEXT + length;
    }

    static long decoding(long length) {
        return DECODED_TEXT + DECODED_SHARE * length;
    }

    static long characters(long length) {
        return CHARACTERS + 2 * length;
    }

    static long text(String decoded) {
        return TEXT + 2L * decoded.length();
    }
}
