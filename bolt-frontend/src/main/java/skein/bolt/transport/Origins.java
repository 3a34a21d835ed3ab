package skein.bolt.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may open a WebSocket here. A browser lets any page connect to any server and only tells the server
 * where the page came from; without this look a page from anywhere could query an instance on the reader's machine.
 * Programs that are no browsers say nothing and are let in.
 *
 * @param allowed origins such as {@code https://example.com}, or {@code *} for all; pages from this machine always may
 */
public record Origins(List<String> allowed) {
    /** Pages from this machine only. */
    public static final Origins LOOPBACK = new Origins(List.of());

    private static final List<String> LOOPBACK_HOSTS = List.of("localhost", "127.0.0.1", "[::1]");

    public Origins {
        allowed = allowed.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
    }

    /** @param origin the header as it came; null when there is none */
    boolean allows(@Nullable String origin) {
        if (origin == null || allowed.contains("*")) {
            return true;
        }
        return allowed.contains(origin.toLowerCase(Locale.ROOT)) || isLoopback(origin);
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && LOOPBACK_HOSTS.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
