package skein.storage.wal;

/** Something an operator wants to read about a log that goes on. */
public sealed interface LogNote {
    /** For people: what, and what to do. */
    String text();

    /** The disk is full: nothing is accepted until there is space again. */
    record SpaceShort(String text) implements LogNote {}

    /**
     * Records at the end were dropped: a crash left them torn, or the MAIN does not have them.
     *
     * @param records whole ones among them
     * @param bytes what they and what was torn took in the log
     * @param file where they are kept; empty when they are not
     */
    record TailDropped(long records, long bytes, String file) implements LogNote {
        @Override
        public String text() {
            return "The log dropped " + records + " records (" + bytes + " bytes) from its end, which a crash left"
                    + " torn or the MAIN does not have."
                    + (file.isEmpty() ? "" : " They are kept in " + file + ".");
        }
    }

    /** Appending goes on. */
    record SpaceBack(String text) implements LogNote {}
}
