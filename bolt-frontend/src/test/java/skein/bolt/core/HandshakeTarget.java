package skein.bolt.core;

import java.util.Arrays;
import skein.bolt.fuzz.AllocationMeter;
import skein.vocabulary.Invariant;

/** Whatever comes first: decided the same in whatever pieces it comes, and once decided, decided. */
public final class HandshakeTarget {
    private HandshakeTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        AllocationMeter.check(input.length, () -> Handshake.open(input, input.length));
        Handshake.Outcome whole = Handshake.open(input, input.length);
        checkPieces(input, whole, Handshake::open);
        if (whole instanceof Handshake.Outcome.Offered(byte[] reply, int consumed)) {
            Invariant.check(reply.length > 5 && consumed == Handshake.OPENING_BYTES, "offered %d", reply.length);
            byte[] rest = Arrays.copyOfRange(input, consumed, input.length);
            checkPieces(rest, Handshake.choose(rest, rest.length), Handshake::choose);
        }
    }

    private interface Reader {
        Handshake.Outcome read(byte[] bytes, int length);
    }

    private static void checkPieces(byte[] input, Handshake.Outcome whole, Reader reader) {
        boolean decided = false;
        for (int length = 0; length <= Math.min(input.length, 64); length++) {
            Handshake.Outcome outcome = reader.read(input, length);
            boolean incomplete = outcome instanceof Handshake.Outcome.Incomplete;
            Invariant.check(!(decided && incomplete), "undecided again after %d bytes", length);
            decided |= !incomplete;
            if (!incomplete) {
                Invariant.check(outcome.getClass() == whole.getClass(), "%s after %d bytes", outcome, length);
            }
            if (outcome instanceof Handshake.Outcome.Agreed agreed) {
                Invariant.check(agreed.consumed() <= length, "%d of %d bytes consumed", agreed.consumed(), length);
            }
        }
    }
}
