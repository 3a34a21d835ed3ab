package skein.history;

/** One step of a transaction on lists that only grow. */
public sealed interface Operation {
    long key();

    /**
     * Puts a value at the end of a list.
     *
     * @param value unique within its list, over the whole history
     */
    record Append(long key, int value) implements Operation {
        @Override
        public String toString() {
            return "append(" + key + ", " + value + ")";
        }
    }

    /** Reads a whole list, the transaction's own appends included. */
    record Read(long key, int[] values) implements Operation {
        private static final int SHOWN = 6;

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("read(").append(key).append(") = [");
            int from = Math.max(0, values.length - SHOWN);
            text.append(from > 0 ? ".. " : "");
            for (int i = from; i < values.length; i++) {
                text.append(i > from ? " " : "").append(values[i]);
            }
            return text.append(']').toString();
        }
    }
}
