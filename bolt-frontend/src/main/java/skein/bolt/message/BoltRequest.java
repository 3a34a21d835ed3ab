package skein.bolt.message;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;

/** What a client may ask. Every request but GOODBYE is owed exactly one summary. */
public sealed interface BoltRequest {
    /** Introduces the client; up to 5.0 it carries the credentials too. */
    record Hello(MapValue extra) implements BoltRequest {
        /** Says nothing of the credentials. */
        @Override
        public String toString() {
            return "Hello";
        }
    }

    record Logon(MapValue token) implements BoltRequest {
        /** Says nothing of the credentials. */
        @Override
        public String toString() {
            return "Logon";
        }
    }

    record Logoff() implements BoltRequest {}

    record Goodbye() implements BoltRequest {}

    record Reset() implements BoltRequest {}

    /** @param extra as of BEGIN for a query on its own, without meaning inside a transaction */
    record Run(String query, MapValue parameters, MapValue extra) implements BoltRequest {}

    record Begin(MapValue extra) implements BoltRequest {}

    record Commit() implements BoltRequest {}

    record Rollback() implements BoltRequest {}

    /**
     * Asks for rows.
     *
     * @param count rows at most; {@link #ALL} for every one
     * @param stream which open result; {@link #LATEST} for that of the latest RUN
     */
    record Pull(long count, long stream) implements BoltRequest {}

    /** As {@link Pull}, but the rows are not wanted. */
    record Discard(long count, long stream) implements BoltRequest {}

    /** @param api how the driver is used; counted by nobody here */
    record Telemetry(long api) implements BoltRequest {}

    /**
     * Asks who serves a database.
     *
     * @param context what the client's address was made of
     * @param database null for the default one
     */
    record Route(
            MapValue context,
            List<String> bookmarks,
            @Nullable String database,
            @Nullable String impersonatedUser) implements BoltRequest {
        public Route {
            bookmarks = List.copyOf(bookmarks);
        }
    }

    /** A message whose bytes are sound and whose content is not. */
    record Unreadable(ErrorCode code, String message) implements BoltRequest {}

    long ALL = -1;
    long LATEST = -1;

    /** The message's name as Bolt spells it. */
    default String title() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
