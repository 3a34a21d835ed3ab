package skein.coordination.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** What {@code SET COORDINATOR SETTING} changes, in the order of {@code SHOW COORDINATOR SETTINGS}. */
public enum CoordinatorSetting {
    /** The MAIN is listed among readers. */
    ENABLED_READS_ON_MAIN("false", Form.BOOLEAN),
    /** ASYNC instances do not become MAIN by a failover. */
    SYNC_FAILOVER_ONLY("true", Form.BOOLEAN),
    /** Records of a database that a candidate may lack of what the MAIN was last known to have. */
    MAX_FAILOVER_REPLICA_LAG("18446744073709551615", Form.COUNT),
    /** Transactions that a reader may be behind. */
    MAX_REPLICA_READ_LAG("18446744073709551615", Form.COUNT),
    /** Known for the sake of scripts; changes nothing here. */
    DELTAS_BATCH_PROGRESS_SIZE("100000", Form.COUNT),
    /** Silence after which an instance counts as down; also the longest lease of a MAIN. */
    INSTANCE_DOWN_TIMEOUT_SEC("5", Form.SECONDS),
    /** How often each instance is told what it shall be. */
    INSTANCE_HEALTH_CHECK_FREQUENCY_SEC("1", Form.SECONDS),
    /** The MAIN takes no writes. */
    GLOBAL_READ_ONLY("false", Form.BOOLEAN),
    /** How long a routing table may be used. */
    ROUTING_TTL_SEC("10", Form.WHOLE_SECONDS),
    /** What a MAIN does that no coordinator has confirmed for the time of its lease. */
    ON_COORDINATOR_LOSS("keep", Form.LOSS),
    /** Time since a reader was last known to have everything; 0 for no limit. */
    MAX_REPLICA_READ_LAG_SEC("0", Form.SECONDS_OR_NONE);

    private static final BigInteger COUNT_MAX = new BigInteger("18446744073709551615");
    private static final BigDecimal SECONDS_MIN = new BigDecimal("0.02");
    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(3600);
    private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);
    private static final int MILLISECOND_DIGITS = 3;
    private static final int TEXT_LENGTH_MAX = 24;

    private final String initial;
    private final Form form;

    CoordinatorSetting(String initial, Form form) {
        this.initial = initial;
        this.form = form;
    }

    private enum Form {
        BOOLEAN("true or false"),
        COUNT("a whole number from 0 to 18446744073709551615"),
        SECONDS("a number of seconds from 0.02 to 3600, in whole milliseconds"),
        SECONDS_OR_NONE("a number of seconds from 0 (no limit) to 86400, in whole milliseconds"),
        WHOLE_SECONDS("a whole number of seconds from 1 to 86400"),
        LOSS("keep or read_only");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    /** Its name in statements. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    String initial() {
        return initial;
    }

    static Optional<CoordinatorSetting> find(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.shown().equals(name))
                .findFirst();
    }

    static CoordinatorSetting of(String name) {
        return find(name).orElseThrow(() -> {
            List<String> names =
                    Arrays.stream(values()).map(CoordinatorSetting::shown).toList();
            String meant = NearestName.of(name, names)
                    .map(near -> " Did you mean " + near + "?")
                    .orElse("");
            return new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-HA-001: The setting '" + name + "' doesn't exist on coordinators." + meant + " There are: "
                            + String.join(", ", names) + ". Nothing changed.");
        });
    }

    /** As it is kept and shown; INVALID_ARGUMENT for anything that is not of its form. */
    String canonical(String text) {
        Optional<String> value = text.length() > TEXT_LENGTH_MAX ? Optional.empty() : parsed(text.strip());
        return value.orElseThrow(() -> new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-HA-002: '" + text + "' is no value of " + shown() + ": it is " + form.words
                        + ". Nothing changed."));
    }

    private Optional<String> parsed(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (form) {
            case BOOLEAN -> word.equals("true") || word.equals("false") ? Optional.of(word) : Optional.empty();
            case LOSS -> word.equals("keep") || word.equals("read_only") ? Optional.of(word) : Optional.empty();
            case COUNT -> count(text);
            case SECONDS -> seconds(text, SECONDS_MIN, SECONDS_MAX);
            case SECONDS_OR_NONE -> seconds(text, BigDecimal.ZERO, DAY_SECONDS);
            case WHOLE_SECONDS ->
                seconds(text, BigDecimal.ONE, DAY_SECONDS).filter(seconds -> seconds.indexOf('.') < 0);
        };
    }

    private static Optional<String> count(String text) {
        try {
            BigInteger count = new BigInteger(text);
            return count.signum() >= 0 && count.compareTo(COUNT_MAX) <= 0
                    ? Optional.of(count.toString())
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> seconds(String text, BigDecimal min, BigDecimal max) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            seconds.movePointRight(MILLISECOND_DIGITS).longValueExact();
            return seconds.compareTo(min) >= 0 && seconds.compareTo(max) <= 0
                    ? Optional.of(seconds.stripTrailingZeros().toPlainString())
                    : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
