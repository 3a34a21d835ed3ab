package skein.cypher.csv;

/** Text that is read once, from its beginning to its end. Used by one thread. */
public interface TextSource extends AutoCloseable {
    /** What {@link #read} answers at the end. */
    int END = -1;

    /** What {@link #read} answers when the next bytes are no text in the encoding. */
    int MALFORMED = -2;

    /**
     * Fills the buffer from its beginning.
     *
     * @return how many characters, at least one; or {@link #END} or {@link #MALFORMED}
     */
    int read(char[] buffer);

    /** Idempotent. */
    @Override
    void close();
}
