package skein.bolt.core;

import java.util.Arrays;
import skein.vocabulary.Invariant;

/** A connection's bytes from its first to its last: answered the same in one piece and byte by byte. */
public final class ConnectionTarget {
    private ConnectionTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        PureConnection whole = new PureConnection();
        whole.feed(input, 0, input.length);
        PureConnection pieces = new PureConnection();
        for (int at = 0; at < input.length; at++) {
            pieces.feed(input, at, 1);
        }
        Invariant.check(
                Arrays.equals(whole.output(), pieces.output()) && whole.isClosed() == pieces.isClosed(),
                "%d bytes are answered otherwise byte by byte",
                input.length);
    }
}
