package skein.bolt.message;

import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;

/** The summary of a request. Rows are not among these: they go from the cursor to the socket without a detour. */
public sealed interface BoltResponse {
    record Success(MapValue metadata) implements BoltResponse {
        /** Done, and nothing to say. */
        public static final Success EMPTY = new Success(MapValue.EMPTY);
    }

    record Failure(ErrorCode code, String message) implements BoltResponse {}

    /** Not looked at, because of an earlier failure or a RESET on its way. */
    record Ignored() implements BoltResponse {}
}
