package skein.bolt.packstream;

import java.util.Arrays;
import java.util.List;
import skein.bolt.fuzz.AllocationMeter;
import skein.graph.Value;
import skein.vocabulary.Invariant;

/**
 * Any bytes are a value or bad input; what is a value is the same after writing and reading it again; an allowance is
 * kept, not only counted; and no byte costs more than {@link ByteCost}. The first byte chooses the dialect.
 */
public final class ValueTarget {
    private static final int SHARE = 4;

    private ValueTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Dialect dialect = List.of(Dialect.values()).get((input[0] & 0xFF) % Dialect.values().length);
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        readResponse(bytes, dialect);
        AllocationMeter.check(bytes.length, () -> readWithin(bytes, dialect, (long) SHARE * bytes.length));
        AllocationMeter.checkWithin(ByteCost.MAX * bytes.length, () -> readWithin(bytes, dialect, Long.MAX_VALUE / 2));
        Value value;
        try {
            value = request(bytes, dialect, Allowance.UNLIMITED).value();
        } catch (PackStreamException e) {
            return;
        }
        PackStreamWriter writer = new PackStreamWriter();
        new ValueWriter(writer, dialect).value(value);
        byte[] written = writer.toByteArray();
        Value again = request(written, dialect, Allowance.UNLIMITED).value();
        Invariant.check(again.equals(value), "%s was written and read back as %s", value, again);
    }

    private static void readWithin(byte[] bytes, Dialect dialect, long allowance) {
        Purse purse = new Purse(allowance);
        PackStreamReader reader = request(bytes, dialect, purse);
        try {
            reader.value();
        } catch (PackStreamException e) {
            Invariant.check(reader.taken() == purse.taken(), "%d of %d bytes", reader.taken(), purse.taken());
        }
    }

    private static void readResponse(byte[] bytes, Dialect dialect) {
        try {
            PackStreamReader.ofResponse(bytes, bytes.length, dialect, PackStreamLimits.CLIENT)
                    .value();
        } catch (PackStreamException e) {
            Invariant.check(e.getMessage() != null, "bad input without a reason");
        }
    }

    private static PackStreamReader request(byte[] bytes, Dialect dialect, Allowance allowance) {
        return PackStreamReader.ofRequest(bytes, bytes.length, dialect, PackStreamLimits.CLIENT, allowance);
    }
}
