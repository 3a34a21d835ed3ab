package skein.bolt.message;

import java.util.LinkedHashMap;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.ErrorCode;

/** The summary of a request. Rows are not among these: they go from the cursor to the socket without a detour. */
public sealed interface BoltResponse {
    record Success(MapValue metadata) implements BoltResponse {
        /** Done, and nothing to say. */
        public static final Success EMPTY = new Success(MapValue.EMPTY);
    }

    record Failure(ErrorCode code, String message) implements BoltResponse {
        /** What the failure says in this version. */
        Map<String, Value> metadata(BoltVersion version) {
            Map<String, Value> entries = new LinkedHashMap<>();
            entries.put(version.hasGqlFailures() ? "neo4j_code" : "code", Value.of(code.status()));
            entries.put("message", Value.of(message));
            if (version.hasGqlFailures()) {
                GqlStatus status = GqlStatus.of(code);
                entries.put("gql_status", Value.of(status.code()));
                entries.put("description", Value.of(status.condition() + ". " + message));
                entries.put(
                        "diagnostic_record", new MapValue(Map.of("_classification", Value.of(classification(code)))));
            }
            return entries;
        }

        private static String classification(ErrorCode code) {
            if (code.isTransient()) {
                return "TRANSIENT_ERROR";
            }
            return code.status().startsWith("Neo.ClientError.") ? "CLIENT_ERROR" : "DATABASE_ERROR";
        }
    }

    /** Not looked at, because of an earlier failure or a RESET on its way. */
    record Ignored() implements BoltResponse {}
}
