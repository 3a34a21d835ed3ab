package skein.cypher.plan;

/** Hands out the slots of one statement's row. Not thread-safe; lives while a statement is planned and compiled. */
public final class SlotAllocator {
    private int count;

    /** A slot nobody else has. */
    public int next() {
        return count++;
    }

    /** A column with a slot nobody else has. */
    public Column column(String name) {
        return new Column(name, next());
    }

    /** A column that the query cannot name; its name is unique as well. */
    public Column anonymous() {
        int slot = next();
        return new Column(" " + slot, slot);
    }

    /** How many slots a row needs. */
    public int count() {
        return count;
    }
}
