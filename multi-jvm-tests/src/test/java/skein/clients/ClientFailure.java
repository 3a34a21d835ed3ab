package skein.clients;

/** What a client reports when the server, or the client itself, refuses. */
public final class ClientFailure extends RuntimeException {
    private final String code;
    private final String gqlStatus;

    /**
     * @param code {@code Neo.Class.Category.Title}, or what the client says instead
     * @param gqlStatus five characters; empty where the client does not tell
     */
    public ClientFailure(String code, String gqlStatus, String message) {
        super(code + ": " + message);
        this.code = code;
        this.gqlStatus = gqlStatus;
    }

    public String code() {
        return code;
    }

    public String gqlStatus() {
        return gqlStatus;
    }
}
