package skein.graph;

/** Floats, eight bytes each; one becomes a value when somebody asks for it. */
final class FloatItems extends OwnedItems {
    private final double[] values;

    FloatItems(double[] values) {
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
