package skein.setting.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** A setting that all instances share once somebody has set it: a number of seconds, 0 for no limit. */
public enum SharedSetting {
    /** {@code --query-execution-timeout-sec}; also Memgraph's name of it. */
    QUERY_TIMEOUT("query.timeout"),
    /** {@code --transaction-timeout-max-sec}. */
    TRANSACTION_TIMEOUT_MAX("transaction.timeout-max"),
    /** {@code --transaction-idle-timeout-sec}. */
    TRANSACTION_IDLE_TIMEOUT("transaction.idle-timeout"),
    /** {@code --transaction-idle-write-timeout-sec}. */
    TRANSACTION_IDLE_WRITE_TIMEOUT("transaction.idle-write-timeout");

    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(86_400);
    private static final int MILLISECOND_DIGITS = 3;
    private static final int TEXT_LENGTH_MAX = 20;

    private final String shown;

    SharedSetting(String shown) {
        this.shown = shown;
    }

    /** Its name in statements. */
    public String shown() {
        return shown;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(SharedSetting::shown).toList();
    }

    public static Optional<SharedSetting> find(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.shown.equals(name))
                .findFirst();
    }

    /** INVALID_ARGUMENT, with the nearest name, when there is none of this name. */
    public static SharedSetting of(String name) {
        return find(name).orElseThrow(() -> {
            String meant = NearestName.of(name, names())
                    .map(near -> " Did you mean " + near + "?")
                    .orElse("");
            return new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-SET-001: There is no database setting '" + name + "'." + meant + " Settings that can be"
                            + " changed while Skein runs: " + String.join(", ", names())
                            + ". The others are given at its start (SHOW CONFIG). Nothing changed.");
        });
    }

    /** What may be written; INVALID_ARGUMENT for anything else. */
    public Duration parse(String text) {
        Optional<Duration> value = text.length() > TEXT_LENGTH_MAX ? Optional.empty() : seconds(text);
        return value.orElseThrow(() -> new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-SET-002: '" + text + "' is no value of " + shown
                        + ": it is a number of seconds from 0 (no limit)"
                        + " to " + SECONDS_MAX + ", in whole milliseconds, or '' for what each instance was started"
                        + " with. Nothing changed."));
    }

    private static Optional<Duration> seconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text.strip());
            boolean usable = seconds.signum() >= 0 && seconds.compareTo(SECONDS_MAX) <= 0;
            return usable
                    ? Optional.of(Duration.ofMillis(
                            seconds.movePointRight(MILLISECOND_DIGITS).longValueExact()))
                    : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
