package skein.bolt.packstream;

/** What the items of a list have in common, told from their first bytes alone, before any of them is read. */
enum ListKind {
    /** Integers that are better kept as numbers than as values of their own. */
    INTEGERS,
    FLOATS,
    OTHER;

    private static final int FLOAT_BYTES = 9;
    /** A value of its own takes two places more than a number; a small one is shared and takes half a place. */
    private static final int WIDE_SHARE_MIN = 4;

    /**
     * Looks at so many items, at most at those before {@code end}; stops at the first that is no number.
     *
     * @param count not negative
     */
    static ListKind of(byte[] bytes, int from, int end, long count) {
        if (count == 0) {
            return OTHER;
        }
        return bytes[from] == (byte) Marker.FLOAT
                ? ofFloats(bytes, from, end, count)
                : ofIntegers(bytes, from, end, count);
    }

    private static ListKind ofFloats(byte[] bytes, int from, int end, long count) {
        if (count > (end - from) / FLOAT_BYTES) {
            return OTHER;
        }
        int at = from;
        for (long i = 0; i < count; i++) {
            if (bytes[at] != (byte) Marker.FLOAT) {
                return OTHER;
            }
            at += FLOAT_BYTES;
        }
        return FLOATS;
    }

    private static ListKind ofIntegers(byte[] bytes, int from, int end, long count) {
        int at = from;
        long wide = 0;
        for (long i = 0; i < count; i++) {
            int length = at < end ? lengthOfInteger(bytes[at] & 0xFF) : 0;
            if (length == 0) {
                return OTHER;
            }
            wide += length > 2 ? 1 : 0;
            at += length;
        }
        return at <= end && WIDE_SHARE_MIN * wide >= count ? INTEGERS : OTHER;
    }

    /** Its bytes, the first included; 0 when it is none. */
    private static int lengthOfInteger(int marker) {
        return switch (marker) {
            case Marker.INT_8 -> 2;
            case Marker.INT_16 -> 3;
            case Marker.INT_32 -> 5;
            case Marker.INT_64 -> 9;
            default -> marker < Marker.TINY_STRING || marker >= Marker.TINY_NEGATIVE ? 1 : 0;
        };
    }
}
