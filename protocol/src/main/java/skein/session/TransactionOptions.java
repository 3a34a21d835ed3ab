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
 */
public record TransactionOptions(
        @Nullable DatabaseName database,
        AccessMode access,
        List<Bookmark> bookmarks,
        @Nullable Duration timeout,
        Map<String, Value> metadata) {
    public static final TransactionOptions WRITE =
            new TransactionOptions(null, AccessMode.WRITE, List.of(), null, Map.of());

    /** True under this key of the metadata asks for what each replica had said when the commit was answered. */
    public static final String ASKS_FOR_ACKS = "skein.acknowledgements";

    public TransactionOptions {
        bookmarks = List.copyOf(bookmarks);
        metadata = Map.copyOf(metadata);
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
