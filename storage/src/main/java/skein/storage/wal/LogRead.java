package skein.storage.wal;

import java.util.Optional;
import skein.vocabulary.LogPosition;

/** What a log answers to a reader that asks for the records after one it knows. */
public sealed interface LogRead {
    /** Here they are. */
    record Found(LogChunk chunk) implements LogRead {}

    /** There is none yet. */
    record AtEnd() implements LogRead {}

    /**
     * They were here once, or never, and are not any more.
     *
     * @param start what follows this record is here
     */
    record NotHeld(LogPosition start) implements LogRead {}

    /** The records, if there are some. */
    default Optional<LogChunk> found() {
        return this instanceof Found(LogChunk chunk) ? Optional.of(chunk) : Optional.empty();
    }
}
