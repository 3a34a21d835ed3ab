package skein.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.http.Probe.Verdict;
import skein.text.JsonText;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/**
 * The HTTP port: GET and HEAD of a few paths, each answered with JSON and 200 or 503; {@code /metrics} in the format of
 * Prometheus. The JDK's own server carries it, with a virtual thread per request and bounds on all that strangers send.
 */
public final class HttpEndpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String LAG = "lag";

    /** The JDK's server takes its limits from system properties, once. */
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "8192",
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.drainAmount", "8192");

    private final HttpServer server;
    private final ExecutorService threads;

    private HttpEndpoints(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Listens; CONFIGURATION when it cannot. */
    public static HttpEndpoints start(HostPort address, Probe probe, Supplier<String> metrics) {
        LIMITS.forEach(System::setProperty);
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), 0);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "NET-002 Cannot listen on HTTP address " + address + ": " + e.getMessage()
                            + ". Stop whoever listens there, or set --http-port or --http-address.",
                    e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Map<String, LongFunction<Verdict>> verdicts = new LinkedHashMap<>();
        verdicts.put("/health/live", lag -> probe.live());
        verdicts.put("/health/startup", lag -> probe.started());
        verdicts.put("/health/ready", probe::ready);
        verdicts.put("/role/main", lag -> probe.main());
        verdicts.put("/role/replica", probe::replica);
        verdicts.put("/role/readable", lag -> probe.readable());
        verdicts.put("/role/leader", lag -> probe.leader());
        server.createContext("/", exchange -> answer(exchange, verdicts, metrics));
        server.setExecutor(threads);
        server.start();
        return new HttpEndpoints(server, threads);
    }

    private static void answer(
            HttpExchange exchange, Map<String, LongFunction<Verdict>> verdicts, Supplier<String> metrics)
            throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            LongFunction<Verdict> verdict = verdicts.get(path);
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, NOT_ALLOWED, JSON, words("only GET and HEAD"));
            } else if (path.equals("/metrics")) {
                send(exchange, OK, PROMETHEUS, metrics.get());
            } else if (verdict == null) {
                send(exchange, NOT_FOUND, JSON, words("there is " + verdicts.keySet() + " and /metrics"));
            } else {
                judge(exchange, verdict);
            }
        } catch (RuntimeException e) {
            LOG.warn("a request over HTTP failed", e);
            throw e;
        }
    }

    private static void judge(HttpExchange exchange, LongFunction<Verdict> verdict) throws IOException {
        long lag;
        try {
            lag = lagOf(exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            send(exchange, BAD_REQUEST, JSON, words("lag is a number of transactions, from 0 on"));
            return;
        }
        Verdict found = verdict.apply(lag);
        send(exchange, found.holds() ? OK : UNAVAILABLE, JSON, JsonText.of(found.document()));
    }

    /** -1 when none is asked for. */
    private static long lagOf(String query) {
        if (query == null) {
            return -1;
        }
        for (String part : query.split("&", -1)) {
            if (part.startsWith(LAG + "=")) {
                long lag = Long.parseLong(part.substring(LAG.length() + 1));
                if (lag < 0) {
                    throw new IllegalArgumentException(part);
                }
                return lag;
            }
        }
        return -1;
    }

    private static String words(String reason) {
        return JsonText.of(Map.of("reason", reason));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = (body + (body.endsWith("\n") ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? NO_BODY : bytes.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    public HostPort address() {
        return new HostPort(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
