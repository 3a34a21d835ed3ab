package skein.setting;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import skein.query.core.TransactionPolicy;
import skein.setting.core.SettingRecord;
import skein.setting.core.SharedSetting;
import skein.setting.core.SharedSettings;

/**
 * What is in force on this instance: what it was started with, and above that what its system database has decided.
 * Changed by one thread at a time; read by any.
 */
public final class SettingDirectory {
    private static final int MILLISECOND_DIGITS = 3;

    private final TransactionPolicy own;
    private volatile SharedSettings decided = SharedSettings.NONE;
    private volatile TransactionPolicy policy;

    /** @param own what the instance was started with */
    public SettingDirectory(TransactionPolicy own) {
        this.own = own;
        this.policy = own;
    }

    /** How long transactions that begin now may take. */
    public TransactionPolicy policy() {
        return policy;
    }

    /** A record is decided. */
    public void record(SettingRecord record) {
        settle(decided.with(record));
    }

    /** Another system database, empty at first, takes the place of this instance's. */
    public void adopted() {
        settle(SharedSettings.NONE);
    }

    private void settle(SharedSettings next) {
        decided = next;
        policy = next.policy(own);
    }

    /** Every setting's value in force, in seconds, by its name. */
    public Map<String, String> inForce() {
        TransactionPolicy now = policy;
        Map<String, String> values = new LinkedHashMap<>();
        values.put(SharedSetting.QUERY_TIMEOUT.shown(), seconds(now.timeout()));
        values.put(SharedSetting.TRANSACTION_TIMEOUT_MAX.shown(), seconds(now.timeoutMax()));
        values.put(SharedSetting.TRANSACTION_IDLE_TIMEOUT.shown(), seconds(now.idleReading()));
        values.put(SharedSetting.TRANSACTION_IDLE_WRITE_TIMEOUT.shown(), seconds(now.idleWriting()));
        return values;
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), MILLISECOND_DIGITS);
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }
}
