package skein.bolt.packstream;

import skein.vocabulary.Invariant;

/**
 * What a reader accepts from its peer; lengths are bounded by the bytes of the message anyway.
 *
 * @param depthMax containers within containers, the message's own structure included; 1 to 200
 * @param entriesMax entries of one list or map
 */
public record PackStreamLimits(int depthMax, int entriesMax) {
    private static final int DEPTH_BOUND = 200;

    /** For peers nobody has vouched for yet. */
    public static final PackStreamLimits STRANGER = new PackStreamLimits(4, 64);

    /** After login. */
    public static final PackStreamLimits CLIENT = new PackStreamLimits(100, Integer.MAX_VALUE);

    public PackStreamLimits {
        Invariant.check(depthMax > 0 && depthMax <= DEPTH_BOUND, "depth limit %d", depthMax);
        Invariant.check(entriesMax > 0, "entries limit %d", entriesMax);
    }
}
