package skein.management;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Routes;
import skein.vocabulary.DatabaseName;

/** What the coordinators' leader has last said to this instance, for whoever wants to pass it on. Thread-safe. */
public final class CoordinatorsWord {
    /** Without a word for so long, nobody knows whether the last one still holds. */
    private static final Duration OLD = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private volatile @Nullable Heard heard;

    private record Heard(Assignment assignment, long nanos) {}

    /** @param nanos never falling, unrelated to any calendar */
    public CoordinatorsWord(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void heard(@Nullable Assignment assignment, long atNanos) {
        if (assignment != null) {
            heard = new Heard(assignment, atNanos);
        }
    }

    /** Where clients shall go; empty when that has not been heard, or not for a while. */
    public Optional<Routes> routes() {
        return newest().map(Assignment::routes);
    }

    /** Coordinators send readers here; empty when that has not been heard, or not for a while. */
    public Optional<Boolean> sendsReadersHere() {
        return newest().map(word -> word.routes().read().contains(word.bolt()));
    }

    /** How far the MAIN's logs go, per database; empty when that has not been heard, or not for a while. */
    public Map<DatabaseName, Long> mainLogs() {
        return newest().map(Assignment::mainLogs).orElse(Map.of());
    }

    private Optional<Assignment> newest() {
        Heard last = heard;
        return last == null || nanos.getAsLong() - last.nanos() > OLD.toNanos()
                ? Optional.empty()
                : Optional.of(last.assignment());
    }
}
