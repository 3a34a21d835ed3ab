package skein.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.session.QuerySummary.QueryKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The numbers of one instance. Counters are moved by what happens in sessions; gauges are read when somebody asks.
 * Names are those of Memgraph where it has one, with the prefix {@code skein_}. Thread-safe.
 */
public final class InstanceMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceMetrics.class);
    private static final String PREFIX = "skein.";
    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final List<Runnable> readings = new ArrayList<>();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();
    private final Counter readQueries = counter("read.queries", "Queries that only read.");
    private final Counter writeQueries = counter("write.queries", "Queries that wrote.");
    private final Counter successful = counter("successful.queries", "Queries that ended well.");
    private final Counter failed = counter("failed.queries", "Queries that failed.");
    private final Counter transientErrors = counter("transient.errors", "Failures that clients may try again.");
    private final Counter conflicts = counter("write.write.conflicts", "Transactions that lost against another one.");
    private final Counter committed = counter("committed.transactions", "Explicit transactions committed.");
    private final Counter rolledBack = counter("rolled.back.transactions", "Explicit transactions rolled back.");
    private final Counter routing = counter("routing.requests", "Routing tables asked for by drivers.");
    private final Timer latency = Timer.builder(PREFIX + "query.execution.latency")
            .description("From the arrival of a query to the end of its result.")
            .publishPercentiles(QUANTILES)
            .register(registry);

    public InstanceMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
        gauge("active.sessions", "Sessions of clients.", sessions::get);
        gauge("active.transactions", "Explicit transactions that are open.", transactions::get);
    }

    /** Something that is counted; tags are pairs of a name and a value. */
    public Counter counter(String name, String description, String... tags) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Something that takes a while, in buckets. */
    public Timer timer(String name, String description, String... tags) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Times that somebody else adds up; read when somebody asks. */
    public <T> void work(
            String name, String description, T source, ToLongFunction<T> count, ToDoubleFunction<T> nanos) {
        FunctionTimer.builder(PREFIX + name, source, count, nanos, TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }

    /** What somebody else counts; read when somebody asks. */
    public <T> void count(String name, String description, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder(PREFIX + name, source, count)
                .description(description)
                .register(registry);
    }

    /** A number that is read when somebody asks. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).register(registry);
    }

    /** Is done whenever somebody asks, before any number is read; what fails is done without. */
    public void beforeReading(Runnable reading) {
        readings.add(reading);
    }

    /** Numbers of which there are as many as there are instances or replicas; read when somebody asks. */
    public void table(String name, String description, Supplier<List<Row>> rows) {
        MultiGauge gauge =
                MultiGauge.builder(PREFIX + name).description(description).register(registry);
        readings.add(() -> gauge.register(
                rows.get().stream()
                        .map(row -> MultiGauge.Row.of(row.tags(), row.value()))
                        .toList(),
                true));
    }

    /** One number of a table. */
    public record Row(Tags tags, double value) {
        public static Row of(double value, String... tags) {
            return new Row(Tags.of(tags), value);
        }
    }

    void sessionOpened() {
        sessions.incrementAndGet();
    }

    void sessionClosed() {
        sessions.decrementAndGet();
    }

    void transactionBegun() {
        transactions.incrementAndGet();
    }

    void transactionCommitted() {
        transactions.decrementAndGet();
        committed.increment();
    }

    void transactionGivenUp() {
        transactions.decrementAndGet();
        rolledBack.increment();
    }

    void routed() {
        routing.increment();
    }

    void queryEnded(QueryKind kind, Duration took) {
        latency.record(took);
        successful.increment();
        (kind == QueryKind.READ ? readQueries : writeQueries).increment();
    }

    void queryFailed(RuntimeException failure) {
        failed.increment();
        if (failure instanceof SkeinException expected) {
            if (expected.code().isTransient()) {
                transientErrors.increment();
            }
            if (expected.code() == ErrorCode.WRITE_CONFLICT) {
                conflicts.increment();
            }
        }
    }

    private void read() {
        for (Runnable reading : readings) {
            try {
                reading.run();
            } catch (RuntimeException e) {
                LOG.debug("a number could not be had", e);
            }
        }
    }

    /** In the format of Prometheus. */
    public String scrape() {
        read();
        return registry.scrape();
    }

    /** One measurement, as {@code SHOW METRICS INFO} lists it. */
    public record Metric(String name, String type, double value) {}

    /** Everything, in the order of names. */
    public List<Metric> all() {
        read();
        return registry.getMeters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false)
                        .map(measured -> new Metric(
                                nameOf(meter, measured.getStatistic().getTagValueRepresentation()),
                                meter.getId().getType().name().toLowerCase(Locale.ROOT),
                                measured.getValue())))
                .sorted(Comparator.comparing(Metric::name))
                .toList();
    }

    private static String nameOf(Meter meter, String statistic) {
        String tags = meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(","));
        String name = meter.getId().getName().replace('.', '_');
        String part = meter.getId().getType() == Meter.Type.TIMER ? "_" + statistic : "";
        return name + part + (tags.isEmpty() ? "" : "{" + tags + "}");
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
