package skein.storage.log;

import org.jspecify.annotations.Nullable;

/** What a log record is about. */
public enum RecordKind {
    /** Changes of the graph. */
    DATA(1),
    /** Changes of indexes. */
    SCHEMA(2),
    /** Bytes whose meaning belongs to the owner of the log. */
    SYSTEM(3),
    /** Says that an earlier record has no effect. */
    ABORT(4),
    /** Opens a reign. */
    EPOCH(5),
    /** Nothing; moves the end of the log. */
    NOOP(6);

    private static final RecordKind[] ALL = values();

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    /** The byte that stands for this kind. */
    int code() {
        return code;
    }

    static @Nullable RecordKind ofCode(int code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
    }
}
