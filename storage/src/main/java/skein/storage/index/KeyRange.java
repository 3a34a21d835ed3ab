package skein.storage.index;

/**
 * A part of the order of keys.
 *
 * @param from the lowest key
 * @param to where it ends
 * @param inclusive whether {@code to} itself belongs to it
 */
public record KeyRange(IndexKey from, IndexKey to, boolean inclusive) {
    /** Every key. */
    public static final KeyRange ALL = new KeyRange(
            new IndexKey(Long.MIN_VALUE, IndexKey.NO_TAIL), new IndexKey(Long.MAX_VALUE, IndexKey.NO_TAIL), false);

    static KeyRange single(IndexKey key) {
        return new KeyRange(key, key, true);
    }

    /** Whether no two entries in it can be of one entity: it holds one key. */
    @SuppressWarnings("ReferenceEquality") // as single() makes it; another range of one key is merely not recognised
    public boolean isSingle() {
        return inclusive && from == to;
    }

    /** Everything that begins with what was written. */
    static KeyRange beginningWith(KeyWriter writer) {
        return new KeyRange(writer.toKey(), writer.toKeyAfter(), false);
    }

    boolean isAboveEnd(EntryRun run, int index) {
        int compared = run.compare(index, to);
        return compared > 0 || compared == 0 && !inclusive;
    }
}
