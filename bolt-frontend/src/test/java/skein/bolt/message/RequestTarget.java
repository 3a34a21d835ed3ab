package skein.bolt.message;

import java.util.Arrays;
import java.util.List;
import skein.bolt.fuzz.AllocationMeter;
import skein.bolt.packstream.ByteCost;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.Purse;
import skein.vocabulary.Invariant;

/**
 * Any message is a request, unreadable with a reason, or malformed; reading it allocates no more than it is allowed,
 * and if all is allowed no more than {@link ByteCost} for each byte. The first byte chooses version and limits.
 */
public final class RequestTarget {
    private static final long SHARE = 4;

    private RequestTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int choice = input[0] & 0xFF;
        BoltVersion version = List.of(BoltVersion.values()).get(choice % BoltVersion.values().length);
        PackStreamLimits limits = choice < 0x40 ? PackStreamLimits.STRANGER : PackStreamLimits.CLIENT;
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        AllocationMeter.check(bytes.length, () -> read(version, limits, bytes, SHARE * bytes.length));
        AllocationMeter.checkWithin(
                ByteCost.MAX * bytes.length, () -> read(version, limits, bytes, Long.MAX_VALUE / 2));
    }

    private static void read(BoltVersion version, PackStreamLimits limits, byte[] bytes, long allowance) {
        Purse purse = new Purse(allowance);
        try {
            RequestReader.Taken taken =
                    new RequestReader(version).take(bytes, bytes.length, version.dialect(false), limits, purse);
            Invariant.check(purse.taken() == taken.heapBytes(), "%d bytes taken", purse.taken());
            if (taken.request() instanceof BoltRequest.Unreadable(var code, String message)) {
                Invariant.check(!message.isBlank() && message.length() < 1_000, "%s without a reason", code);
            }
        } catch (PackStreamException e) {
            Invariant.check(e.kind() == PackStreamException.Kind.MALFORMED, "%s came out", e.kind());
            Invariant.check(purse.taken() == 0, "%d bytes are lost", purse.taken());
        }
    }
}
