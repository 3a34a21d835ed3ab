package skein.query.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one transaction, and who is over them; see docs/adr/019. Zero stands for no limit.
 *
 * @param timeout from the transaction's begin
 * @param byClient whether the client chose the timeout
 */
public record TransactionLimits(Duration timeout, boolean byClient, Duration idleReading, Duration idleWriting) {
    /**
     * @param asked by the client: zero for no timeout, null when it says nothing. Never more than the policy's maximum,
     *     to which "none" is lowered too
     */
    public static TransactionLimits of(@Nullable Duration asked, TransactionPolicy policy) {
        Duration wanted = asked == null ? policy.timeout() : asked;
        Duration allowed = asked == null ? wanted : lowered(wanted, policy.timeoutMax());
        boolean byClient = asked != null && allowed.equals(wanted);
        return new TransactionLimits(allowed, byClient, policy.idleReading(), policy.idleWriting());
    }

    private static Duration lowered(Duration wanted, Duration max) {
        if (max.isZero()) {
            return wanted;
        }
        return wanted.isZero() || wanted.compareTo(max) > 0 ? max : wanted;
    }

    /**
     * What a transaction does.
     *
     * @param begunNanos when it began, by the clock that also says what time it is now
     * @param idleSinceNanos since when it waits for its client; null while it does something
     * @param changed it has changed something
     * @param committing its commit is under way: whoever ended it now would not know the outcome
     */
    public record Activity(long begunNanos, @Nullable Long idleSinceNanos, boolean changed, boolean committing) {}

    /** Why the transaction has to end now; empty when it may go on. */
    public Optional<EndReason> judge(Activity activity, long nowNanos) {
        if (activity.committing()) {
            return Optional.empty();
        }
        if (isTimedOut(activity.begunNanos(), nowNanos)) {
            return Optional.of(byClient ? EndReason.CLIENT_TIMEOUT : EndReason.SERVER_TIMEOUT);
        }
        Long idleSince = activity.idleSinceNanos();
        Duration patience = activity.changed() ? idleWriting : idleReading;
        return idleSince != null && isOver(patience, idleSince, nowNanos)
                ? Optional.of(activity.changed() ? EndReason.IDLE_WRITING : EndReason.IDLE_READING)
                : Optional.empty();
    }

    /** Whether the time from the transaction's begin is up. */
    public boolean isTimedOut(long begunNanos, long nowNanos) {
        return isOver(timeout, begunNanos, nowNanos);
    }

    private static boolean isOver(Duration limit, long sinceNanos, long nowNanos) {
        return !limit.isZero() && nowNanos - sinceNanos > limit.toNanos();
    }

    /** The limit that the reason speaks of. */
    Duration limitOf(EndReason reason) {
        return switch (reason) {
            case IDLE_READING -> idleReading;
            case IDLE_WRITING -> idleWriting;
            case CLIENT_TIMEOUT, SERVER_TIMEOUT -> timeout;
            case CLIENT, ADMINISTRATOR, DATABASE -> Duration.ZERO;
        };
    }
}
