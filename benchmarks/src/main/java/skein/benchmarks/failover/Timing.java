package skein.benchmarks.failover;

import java.time.Duration;
import java.util.List;

/**
 * How soon coordinators take an instance for dead.
 *
 * @param check how often each is asked
 * @param down the silence after which it counts as down
 * @param aimMillisP50 from the end of the MAIN to the first acknowledged write
 * @param aimMillisP99 the same
 */
record Timing(String name, Duration check, Duration down, long aimMillisP50, long aimMillisP99) {
    /** As a cluster is set up if nobody says otherwise. */
    static final Timing DEFAULT = new Timing("default", Duration.ofSeconds(1), Duration.ofSeconds(5), 6_500, 8_000);

    static final Timing FAST = new Timing("fast", Duration.ofMillis(100), Duration.ofMillis(500), 800, 1_500);

    static Timing named(String name) {
        return switch (name) {
            case "default" -> DEFAULT;
            case "fast" -> FAST;
            default -> throw new IllegalArgumentException("no timing " + name + "; there are default and fast");
        };
    }

    /** Nothing for the default: it is measured as it is shipped. */
    List<String> statements() {
        return equals(DEFAULT)
                ? List.of()
                : List.of(
                        "SET COORDINATOR SETTING 'instance_health_check_frequency_sec' TO '" + seconds(check) + "'",
                        "SET COORDINATOR SETTING 'instance_down_timeout_sec' TO '" + seconds(down) + "'");
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1000.0);
    }

    /** After a failover by itself the coordinators allow no other one for so long. */
    Duration settling() {
        return down.multipliedBy(2);
    }

    @Override
    public String toString() {
        return "%s (check every %s s, down after %s s)".formatted(name, seconds(check), seconds(down));
    }
}
