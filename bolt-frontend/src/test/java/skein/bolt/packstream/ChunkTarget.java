package skein.bolt.packstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import skein.bolt.fuzz.AllocationMeter;
import skein.vocabulary.Invariant;

/** The same messages come out in whatever pieces the bytes go in. The first byte chooses the pieces. */
public final class ChunkTarget {
    private static final int MESSAGE_BYTES_MAX = 1_000;

    private ChunkTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<Integer> whole = messages(input, input.length);
        Invariant.check(whole.equals(messages(input, 1)), "other messages byte by byte");
        Invariant.check(whole.equals(messages(input, 1 + (input[0] & 0x1F))), "other messages in pieces");
        AllocationMeter.check(
                input.length, () -> new ChunkReader(1 << 26, (bytes, length) -> {}).feed(input, 0, input.length));
    }

    /** Hashes of messages; of refusals, zero. */
    private static List<Integer> messages(byte[] input, int piece) {
        List<Integer> messages = new ArrayList<>();
        ChunkReader reader = new ChunkReader(MESSAGE_BYTES_MAX, new ChunkReader.MessageSink() {
            @Override
            public void message(byte[] bytes, int length) {
                Invariant.check(length > 0 && length <= MESSAGE_BYTES_MAX, "a message of %d bytes", length);
                messages.add(Arrays.hashCode(Arrays.copyOf(bytes, length)));
            }

            @Override
            public void refused(PackStreamException reason) {
                messages.add(0);
            }
        });
        for (int at = 1; at < input.length; at += piece) {
            reader.feed(input, at, Math.min(piece, input.length - at));
        }
        return messages;
    }
}
