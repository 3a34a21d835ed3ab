package skein.coordination.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The settings that coordinators keep for the whole cluster.
 *
 * @param values those that somebody has set, in canonical form
 */
public record CoordinatorSettings(Map<CoordinatorSetting, String> values) {
    static final CoordinatorSettings INITIAL = new CoordinatorSettings(Map.of());
    private static final int MILLISECOND_DIGITS = 3;

    /** A lease ends before the time after which another may be appointed, however clocks tick. */
    private static final int LEASE_PERCENT = 90;

    public CoordinatorSettings {
        Map<CoordinatorSetting, String> ordered = new EnumMap<>(CoordinatorSetting.class);
        ordered.putAll(values);
        values = Collections.unmodifiableMap(ordered);
    }

    String text(CoordinatorSetting setting) {
        return values.getOrDefault(setting, setting.initial());
    }

    CoordinatorSettings with(CoordinatorSetting setting, String value) {
        Map<CoordinatorSetting, String> next = new EnumMap<>(CoordinatorSetting.class);
        next.putAll(values);
        next.put(setting, value);
        return new CoordinatorSettings(next);
    }

    /** With a value as somebody wrote it; refuses what does not go with the others. */
    CoordinatorSettings checked(CoordinatorSetting setting, String value) {
        CoordinatorSettings next = with(setting, setting.canonical(value));
        if (next.downMillis() < next.checkMillis()) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-HA-003: " + setting.shown() + " was not set to " + value + ": instance_down_timeout_sec ("
                            + next.text(CoordinatorSetting.INSTANCE_DOWN_TIMEOUT_SEC)
                            + ") would be less than instance_health_check_frequency_sec ("
                            + next.text(CoordinatorSetting.INSTANCE_HEALTH_CHECK_FREQUENCY_SEC)
                            + "), and a healthy instance would count as down between two checks. Nothing changed."
                            + " Change the other one first.");
        }
        return next;
    }

    private boolean is(CoordinatorSetting setting) {
        return text(setting).equals("true");
    }

    boolean readsOnMain() {
        return is(CoordinatorSetting.ENABLED_READS_ON_MAIN);
    }

    boolean syncFailoverOnly() {
        return is(CoordinatorSetting.SYNC_FAILOVER_ONLY);
    }

    boolean readOnly() {
        return is(CoordinatorSetting.GLOBAL_READ_ONLY);
    }

    boolean keepsWithoutCoordinators() {
        return text(CoordinatorSetting.ON_COORDINATOR_LOSS).equals("keep");
    }

    private long millis(CoordinatorSetting setting) {
        return new BigDecimal(text(setting)).movePointRight(MILLISECOND_DIGITS).longValueExact();
    }

    long downMillis() {
        return millis(CoordinatorSetting.INSTANCE_DOWN_TIMEOUT_SEC);
    }

    long checkMillis() {
        return millis(CoordinatorSetting.INSTANCE_HEALTH_CHECK_FREQUENCY_SEC);
    }

    long leaseMillis() {
        return downMillis() * LEASE_PERCENT / 100;
    }

    long routingMillis() {
        return millis(CoordinatorSetting.ROUTING_TTL_SEC);
    }

    long readLagMillis() {
        return millis(CoordinatorSetting.MAX_REPLICA_READ_LAG_SEC);
    }

    /** True when so many records or transactions are more than the setting allows. */
    boolean exceeds(CoordinatorSetting setting, long count) {
        return BigInteger.valueOf(count).compareTo(new BigInteger(text(setting))) > 0;
    }
}
