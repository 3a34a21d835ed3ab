package skein.graph;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The items of a list value, in an array that nobody else has; never change. */
final class Items extends AbstractList<Value> implements RandomAccess {
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
