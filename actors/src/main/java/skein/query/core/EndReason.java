package skein.query.core;

import java.time.Duration;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Why a transaction was ended from outside, before its client ended it. */
public enum EndReason {
    /** RESET, or the connection is gone. */
    CLIENT,
    /** TERMINATE TRANSACTIONS. */
    ADMINISTRATOR,
    /** Its database is dropped, or changes its role. */
    DATABASE,
    /** The time that the client gave it is up. */
    CLIENT_TIMEOUT,
    SERVER_TIMEOUT,
    /** The client was silent for too long, with nothing changed yet. */
    IDLE_READING,
    /** The same, with changes. */
    IDLE_WRITING;

    /** What the client is told. */
    public SkeinException told(TransactionLimits limits) {
        String limit = words(limits.limitOf(this));
        return switch (this) {
            case CLIENT ->
                terminated("its connection was reset or closed by the client", "Run it again if it is still wanted.");
            case ADMINISTRATOR ->
                terminated("an administrator did so with TERMINATE TRANSACTIONS", "Ask before running it again.");
            case DATABASE ->
                terminated("its database is being dropped or changes its role", "Look with SHOW DATABASES.");
            case CLIENT_TIMEOUT ->
                new SkeinException(
                        ErrorCode.TRANSACTION_TIMED_OUT_BY_CLIENT,
                        "The transaction was ended after " + limit + ", the timeout that its client gave it."
                                + " Nothing was committed. Give it more time, or do less at once.");
            case SERVER_TIMEOUT ->
                new SkeinException(
                        ErrorCode.TRANSACTION_TIMED_OUT,
                        "The transaction was ended after " + limit + ", its time limit on this server. Nothing was"
                                + " committed. Give it a timeout of its own; the server's limits are"
                                + " --query-execution-timeout-sec and --transaction-timeout-max-sec.");
            case IDLE_READING -> idle(limit, "--transaction-idle-timeout-sec");
            case IDLE_WRITING -> idle(limit, "--transaction-idle-write-timeout-sec");
        };
    }

    private static SkeinException terminated(String why, String next) {
        return new SkeinException(
                ErrorCode.TRANSACTION_TERMINATED,
                "The transaction was terminated: " + why + ". Nothing was committed. " + next);
    }

    private static SkeinException idle(String limit, String setting) {
        return new SkeinException(
                ErrorCode.TRANSACTION_TIMED_OUT,
                "The transaction was rolled back because its client was silent for more than " + limit
                        + ". Run it again; the limit is " + setting + ".");
    }

    private static String words(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
