package skein.storage.wal;

/** Something an operator wants to read about a log that goes on. */
public sealed interface LogNote {
    /** For people: what, and what to do. */
    String text();

    /** The disk is full: nothing is accepted until there is space again. */
    record SpaceShort(String text) implements LogNote {}

    /** Appending goes on. */
    record SpaceBack(String text) implements LogNote {}
}
