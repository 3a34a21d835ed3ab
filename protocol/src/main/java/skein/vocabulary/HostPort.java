package skein.vocabulary;

/**
 * A socket address as a user typed it; kept and shown unresolved, resolved again on every connect.
 *
 * @param host IPv4 address or DNS name
 * @param port 0 to 65535; 0 only where "any free port" is meant
 */
public record HostPort(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public HostPort {
        if (host.isBlank() || host.indexOf(':') >= 0) {
            throw invalid(host + ":" + port, "the host must be an IPv4 address or a DNS name");
        }
        if (port < 0 || port > PORT_MAX) {
            throw invalid(host + ":" + port, "the port must be between 0 and " + PORT_MAX);
        }
    }

    /** Reads {@code host} or {@code host:port}; throws {@link SkeinException} that says how an address looks. */
    public static HostPort parse(String text, int defaultPort) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new HostPort(text.strip(), defaultPort);
        }
        if (colon != text.lastIndexOf(':')) {
            throw invalid(text, "it has more than one colon");
        }
        String port = text.substring(colon + 1).strip();
        try {
            return new HostPort(text.substring(0, colon).strip(), Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw invalid(text, "'" + port + "' is not a port number");
        }
    }

    private static SkeinException invalid(String text, String reason) {
        return new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + text + "' is not a socket address: " + reason
                        + ". Write the address and the port separated by one colon, for example \"127.0.0.1:10000\".");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
