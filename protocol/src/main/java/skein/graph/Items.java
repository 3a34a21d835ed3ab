package skein.graph;

/** Items of any kind. */
final class Items extends OwnedItems {
    private final Value[] values;

    Items(Value[] values) {
        this.values = values;
    }

    @Override
    public Value get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Object[] toArray() {
        return values.clone();
    }
}
