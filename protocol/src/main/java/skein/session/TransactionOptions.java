package skein.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/**
 * How a transaction is opened.
 *
 * @param database null for the default database
 * @param access READ refuses writes with ACCESS_MODE, on a MAIN too
 * @param timeout null for the server's default; zero for none
 * @param isolation null for that of the session
 */
public record TransactionOptions(
        @Nullable DatabaseName database,
        AccessMode access,
        List<Bookmark> bookmarks,
        @Nullable Duration timeout,
        Map<String, Value> metadata,
        @Nullable IsolationLevel isolation) {
    public static final TransactionOptions WRITE =
            new TransactionOptions(null, AccessMode.WRITE, List.of(), null, Map.of());

    /** True under this key of the metadata asks for what each replica had said when the commit was answered. */
    public static final String ASKS_FOR_ACKS = "skein.acknowledgements";

    public TransactionOptions {
        bookmarks = List.copyOf(bookmarks);
        metadata = Map.copyOf(metadata);
    }

    /** With the session's isolation level. */
    public TransactionOptions(
            @Nullable DatabaseName database,
            AccessMode access,
            List<Bookmark> bookmarks,
            @Nullable Duration timeout,
            Map<String, Value> metadata) {
        this(database, access, bookmarks, timeout, metadata, null);
    }

    public TransactionOptions in(@Nullable DatabaseName named) {
        return new TransactionOptions(named, access, bookmarks, timeout, metadata, isolation);
    }

    public TransactionOptions with(AccessMode declared) {
        return new TransactionOptions(database, declared, bookmarks, timeout, metadata, isolation);
    }

    public TransactionOptions at(IsolationLevel level) {
        return new TransactionOptions(database, access, bookmarks, timeout, metadata, level);
    }

    public TransactionOptions after(List<Bookmark> states) {
        return new TransactionOptions(database, access, states, timeout, metadata, isolation);
    }

    public boolean asksForAcks() {
        return Value.TRUE.equals(metadata.get(ASKS_FOR_ACKS));
    }

    /** What the client says it will do. */
    public enum AccessMode {
        READ,
        WRITE
    }
}
