package skein.setting.core;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import skein.query.core.TransactionPolicy;

/**
 * The values that decided records gave.
 *
 * @param values by name, without those that are as at the start; names that this release does not know are kept
 */
public record SharedSettings(Map<String, String> values) {
    public static final SharedSettings NONE = new SharedSettings(Map.of());

    public SharedSettings {
        values = Map.copyOf(values);
    }

    public SharedSettings with(SettingRecord record) {
        Map<String, String> next = new TreeMap<>(values);
        if (record.value().isEmpty()) {
            next.remove(record.name());
        } else {
            next.put(record.name(), record.value());
        }
        return new SharedSettings(next);
    }

    /** How long transactions may take, on an instance that was started with {@code own}. */
    public TransactionPolicy policy(TransactionPolicy own) {
        return new TransactionPolicy(
                value(SharedSetting.QUERY_TIMEOUT, own::timeout),
                value(SharedSetting.TRANSACTION_TIMEOUT_MAX, own::timeoutMax),
                value(SharedSetting.TRANSACTION_IDLE_TIMEOUT, own::idleReading),
                value(SharedSetting.TRANSACTION_IDLE_WRITE_TIMEOUT, own::idleWriting));
    }

    private Duration value(SharedSetting setting, Supplier<Duration> own) {
        String text = values.get(setting.shown());
        return text == null ? own.get() : setting.parse(text);
    }
}
