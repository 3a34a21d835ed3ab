package skein.graph;

/** Integers, eight bytes each; one becomes a value when somebody asks for it. */
final class IntegerItems extends OwnedItems {
    private final long[] values;

    IntegerItems(long[] values) {
        this.values = values;
    }

    @Override
    public Value get(int index) {
        return Value.of(values[index]);
    }

    @Override
    public int size() {
        return values.length;
    }
}
