package skein.storage.snapshot;

import org.jspecify.annotations.Nullable;

/** What a block holds; also the order in which blocks of different kinds come. */
enum BlockKind {
    /** One, the first: what the snapshot is. */
    HEAD(1),
    /** Nodes, each with the relationships that start there, unless these are very many. */
    NODES(2),
    /** Relationships of one node that has very many. */
    RELATIONSHIPS(3),
    /** One, the last: names, schema, counts, and what every other block's checksum must be. */
    FOOT(4);

    private final int code;

    BlockKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable BlockKind ofCode(int code) {
        for (BlockKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
