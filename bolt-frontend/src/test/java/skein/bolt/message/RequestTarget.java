package skein.bolt.message;

import java.util.Arrays;
import java.util.List;
import skein.bolt.fuzz.AllocationMeter;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.Purse;
import skein.vocabulary.Invariant;

/** Any message is a request, unreadable with a reason, or malformed. The first byte chooses version and limits. */
public final class RequestTarget {
    private static final long HELD_SHARE = 4;
    /** Allocated on the way, beside what is held: not understood well enough yet for a narrower bound. */
    private static final long GROWTH = 8;

    private RequestTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int choice = input[0] & 0xFF;
        BoltVersion version = List.of(BoltVersion.values()).get(choice % BoltVersion.values().length);
        PackStreamLimits limits = choice < 0x40 ? PackStreamLimits.STRANGER : PackStreamLimits.CLIENT;
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        long held = HELD_SHARE * bytes.length;
        AllocationMeter.checkWithin(GROWTH * held, () -> read(version, limits, bytes, held));
        read(version, limits, bytes, Long.MAX_VALUE / 2);
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
