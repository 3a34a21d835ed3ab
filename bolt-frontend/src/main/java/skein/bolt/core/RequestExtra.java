package skein.bolt.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The maps that accompany requests. Unknown keys are ignored; null and absent mean the same. */
final class RequestExtra {
    private RequestExtra() {}

    /** What BEGIN and RUN say of the transaction; throws SkeinException. */
    static TransactionOptions transaction(MapValue extra) {
        refuseImpersonation(text(extra, "imp_user"));
        List<Bookmark> bookmarks = new ArrayList<>();
        for (String bookmark : texts(extra.get("bookmarks"), "bookmarks")) {
            bookmarks.add(Bookmark.parse(bookmark));
        }
        return new TransactionOptions(
                database(text(extra, "db")), access(extra), bookmarks, timeout(extra), metadata(extra));
    }

    static void refuseImpersonation(@Nullable String user) {
        if (user != null && !user.isEmpty()) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Acting as user '" + user + "' is not supported by this version. Leave imp_user out.");
        }
    }

    static @Nullable DatabaseName database(@Nullable String name) {
        return name == null || name.isEmpty() ? null : new DatabaseName(name);
    }

    private static AccessMode access(MapValue extra) {
        String mode = text(extra, "mode");
        return switch (mode == null ? "w" : mode) {
            case "w" -> AccessMode.WRITE;
            case "r" -> AccessMode.READ;
            default -> throw invalid("mode is '" + mode + "'; it may be r or w");
        };
    }

    /** Below zero is taken for the server's default, as other servers do. */
    private static @Nullable Duration timeout(MapValue extra) {
        return switch (extra.get("tx_timeout")) {
            case Value.NullValue ignored -> null;
            case Value.IntegerValue(long millis) -> millis < 0 ? null : Duration.ofMillis(millis);
            default -> throw invalid("tx_timeout must be an integer");
        };
    }

    private static Map<String, Value> metadata(MapValue extra) {
        return switch (extra.get("tx_metadata")) {
            case Value.NullValue ignored -> MapValue.EMPTY.entries();
            case MapValue map -> map.entries();
            default -> throw invalid("tx_metadata must be a map");
        };
    }

    static @Nullable String text(MapValue extra, String key) {
        return switch (extra.get(key)) {
            case Value.NullValue ignored -> null;
            case Value.StringValue(String text) -> text;
            default -> throw invalid(key + " must be a string");
        };
    }

    static List<String> texts(Value value, String key) {
        return switch (value) {
            case Value.NullValue ignored -> List.of();
            case Value.ListValue(List<Value> values) ->
                values.stream().map(it -> textOf(it, key)).toList();
            default -> throw invalid(key + " must be a list of strings");
        };
    }

    private static String textOf(Value value, String key) {
        if (value instanceof Value.StringValue(String text)) {
            return text;
        }
        throw invalid(key + " must be a list of strings");
    }

    static SkeinException invalid(String message) {
        return new SkeinException(ErrorCode.REQUEST_INVALID, "The request cannot be understood: " + message + ".");
    }
}
