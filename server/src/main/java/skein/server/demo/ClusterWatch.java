package skein.server.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.vocabulary.SkeinException;

/** Looks at the cluster four times a second and says what has changed. */
final class ClusterWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

    private final Supplier<Sight> look;
    private final Consumer<String> said;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "demo-watch");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, String> roles = Map.of();
    private boolean known = true;
    private volatile Optional<String> main = Optional.empty();

    /** @param roles name to role and health; none when no coordinator leads */
    record Sight(Optional<String> main, Optional<String> leader, Map<String, String> roles) {
        Sight {
            roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        }
    }

    ClusterWatch(Supplier<Sight> look, Consumer<String> said) {
        this.look = look;
        this.said = said;
    }

    void begin() {
        look();
        var _ = clock.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    Optional<String> main() {
        return main;
    }

    private void look() {
        try {
            take(look.get());
        } catch (Neo4jException | SkeinException | IllegalStateException e) {
            // asked again in a moment
        }
    }

    void take(Sight now) {
        if (now.roles().isEmpty()) {
            if (known) {
                say("no coordinator leads: nothing can be changed, reads and writes go on");
            }
            known = false;
            return;
        }
        if (!known) {
            say(now.leader().orElse("a coordinator") + " leads");
        }
        known = true;
        Map<String, String> before = roles;
        roles = now.roles();
        if (!before.isEmpty()) {
            roles.forEach((name, role) -> {
                String earlier = before.getOrDefault(name, "not registered");
                if (!earlier.equals(role)) {
                    say(name + ": " + earlier + " -> " + role);
                }
            });
        }
        main = now.main();
    }

    private void say(String what) {
        said.accept("  "
                + LocalTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .format(TIME) + "  " + what);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
