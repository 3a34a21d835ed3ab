package skein.bolt.core;

import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.Credentials;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;

/** What LOGON, or up to 5.0 HELLO, says of who the client is. */
final class AuthenticationToken {
    private AuthenticationToken() {}

    /** UNAUTHORIZED for a scheme that is not offered, and for a token that lacks what its scheme needs. */
    static Credentials read(MapValue token) {
        return switch (token.get("scheme")) {
            case Value.NullValue _ -> new Credentials.None();
            case Value.StringValue(String scheme) when scheme.equals("none") -> new Credentials.None();
            case Value.StringValue(String scheme)
            when scheme.equals("basic") ->
                new Credentials.Basic(text(token, "principal"), new Secret(text(token, "credentials")));
            case Value.StringValue _ ->
                throw unauthorized("The authentication scheme is not offered by this server: it knows basic, and none"
                        + " while it has no users. Connect with user and password.");
            default -> throw unauthorized("The authentication token's scheme must be a string.");
        };
    }

    private static String text(MapValue token, String key) {
        if (token.get(key) instanceof Value.StringValue(String text)) {
            return text;
        }
        throw unauthorized("The authentication token's " + key + " must be a string.");
    }

    private static SkeinException unauthorized(String message) {
        return new SkeinException(ErrorCode.UNAUTHORIZED, message);
    }
}
