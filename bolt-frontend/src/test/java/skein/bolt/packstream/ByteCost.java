package skein.bolt.packstream;

/** What one byte of a message can make the reader allocate; the argument stands at {@link HeapCost}. */
public final class ByteCost {
    public static final long MAX = HeapCost.OF_A_BYTE_MAX;

    private ByteCost() {}
}
