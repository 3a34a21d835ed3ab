package skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.session.QuerySummary.QueryKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

final class HttpEndpointsTest {
    private final InstanceMetrics metrics = new InstanceMetrics();
    private final HttpEndpoints http =
            HttpEndpoints.start(new HostPort("127.0.0.1", 0), new Replica(), metrics::scrape);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        http.close();
        metrics.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/health/live, 200, ok",
        "/health/startup, 200, ok",
        "/health/ready, 200, ok",
        "/health/ready?lag=10, 200, ok",
        "/health/ready?lag=4, 503, unavailable",
        "/health/ready?x=1&lag=4, 503, unavailable",
        "/role/main, 503, unavailable",
        "/role/replica, 200, ok",
        "/role/replica?lag=0, 503, unavailable",
        "/role/readable, 200, ok",
        "/role/leader, 503, unavailable"
    })
    void whatHoldsIs200AndWhatDoesNotIs503WithAReason(String path, int status, String word) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().strip()).startsWith("{\"status\":\"" + word + "\",\"reason\":\"because ");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({"/health/ready?lag=x, 400", "/health/ready?lag=-1, 400", "/, 404", "/health/live/, 404", "/admin, 404"})
    void anythingElseIsRefused(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void headHasNoBodyAndOtherMethodsAreNotAllowed() throws Exception {
        HttpResponse<String> head = send(request("/role/main").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(503);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> post = send(request("/role/main").POST(BodyPublishers.ofString("x")));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void whatIsTooLongIsNotRead() throws Exception {
        HttpRequest.Builder header = request("/health/live").header("X-Long", "x".repeat(20_000));
        try {
            assertThat(send(header).statusCode()).isGreaterThanOrEqualTo(400);
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void countersAreToldAndNotReset() throws Exception {
        metrics.queryEnded(QueryKind.READ, Duration.ofMillis(3));
        metrics.queryEnded(QueryKind.WRITE, Duration.ofMillis(3));
        metrics.queryFailed(new SkeinException(ErrorCode.WRITE_CONFLICT, "x"));
        for (int i = 0; i < 2; i++) {
            assertThat(get("/metrics").body())
                    .contains("skein_read_queries_total 1.0")
                    .contains("skein_write_queries_total 1.0")
                    .contains("skein_failed_queries_total 1.0")
                    .contains("skein_transient_errors_total 1.0")
                    .contains("skein_write_write_conflicts_total 1.0")
                    .contains("skein_query_execution_latency_seconds_count 2")
                    .contains("jvm_memory_used_bytes");
        }
        assertThat(metrics.all())
                .contains(new InstanceMetrics.Metric("skein_read_queries", "counter", 1))
                .isSortedAccordingTo(Comparator.comparing(InstanceMetrics.Metric::name));
    }

    @Test
    void gaugesAreReadWhenSomebodyAsksAndOneThatFailsHidesNoOther() throws Exception {
        metrics.table("replica.lag.transactions", "Lag.", () -> {
            throw new IllegalStateException("x");
        });
        metrics.table("instance.up", "Up.", () -> List.of(InstanceMetrics.Row.of(1, "mg_instance", "data1")));
        assertThat(get("/metrics").body()).contains("skein_instance_up{mg_instance=\"data1\"} 1.0");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + http.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Five transactions behind. */
    private static final class Replica implements Probe {
        @Override
        public Verdict live() {
            return Verdict.yes("because it runs");
        }

        @Override
        public Verdict started() {
            return Verdict.yes("because it has recovered");
        }

        @Override
        public Verdict ready(long lagMax) {
            return lagMax < 0 || lagMax >= 5 ? Verdict.yes("because of 5") : Verdict.no("because of 5");
        }

        @Override
        public Verdict main() {
            return Verdict.no("because it follows");
        }

        @Override
        public Verdict replica(long lagMax) {
            return ready(lagMax);
        }

        @Override
        public Verdict readable() {
            return Verdict.yes("because it is listed");
        }

        @Override
        public Verdict leader() {
            return Verdict.no("because it holds data");
        }
    }
}
