package skein.user.core;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long somebody who presents wrong passwords has to wait. Two measures, neither of which ever locks a user out:
 *
 * <ul>
 *   <li>by user and address: after three failures in a row 1 s, doubled with each further one up to 60 s. It begins
 *       anew with the right password, or after ten quiet minutes.
 *   <li>by address: at most 20 failures a minute, whoever they are for.
 * </ul>
 *
 * A try during a wait is refused without being judged and without making the wait longer. Tries that are still being
 * judged count as failures, so that many at once find out no more than one after the other. Memory is bounded: who
 * failed longest ago is forgotten first. Not thread-safe; time comes in, in milliseconds that only go forward.
 */
public final class LoginDelays {
    static final int FREE_FAILURES = 3;
    static final long DELAY_MILLIS_FIRST = 1_000;
    static final long DELAY_MILLIS_MAX = 60_000;
    static final long FORGET_MILLIS = 600_000;
    static final int FAILURES_PER_WINDOW = 20;
    static final long WINDOW_MILLIS = 60_000;
    private static final int DOUBLINGS_MAX = 30;
    private static final long FAILURE_COST_MILLIS = WINDOW_MILLIS / FAILURES_PER_WINDOW;

    private final int entriesMax;
    private final Map<Who, Tries> tries = new LinkedHashMap<>();
    /** By address: when it will have made good all its failures; each costs a twentieth of a minute. */
    private final Map<String, Long> paidUp = new LinkedHashMap<>();

    /** @param entriesMax how many are remembered of each kind */
    public LoginDelays(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /** Who tries. */
    public record Who(String user, String address) {}

    private static final class Tries {
        private int failures;
        private int underWay;
        private long openAgainMillis;
        private long lastMillis;
    }

    /** Milliseconds to wait before a try would be judged; 0 for none. */
    public long waitMillis(Who who, long nowMillis) {
        long address = paidUp.getOrDefault(who.address(), 0L) + FAILURE_COST_MILLIS - WINDOW_MILLIS - nowMillis;
        Tries known = known(who, nowMillis);
        long user = known == null ? 0 : known.openAgainMillis - nowMillis;
        return Math.max(0, Math.max(address, user));
    }

    /** A try is to be judged: returns the milliseconds to wait instead, or 0 and counts it as under way. */
    public long begin(Who who, long nowMillis) {
        long wait = waitMillis(who, nowMillis);
        if (wait > 0) {
            return wait;
        }
        Tries known = known(who, nowMillis);
        if (known != null && known.underWay > 0 && known.failures + known.underWay >= FREE_FAILURES) {
            return DELAY_MILLIS_FIRST;
        }
        Tries counted = known == null ? remember(who) : known;
        counted.underWay++;
        counted.lastMillis = nowMillis;
        return 0;
    }

    /** The try was right. */
    public void succeeded(Who who) {
        Tries known = tries.get(who);
        if (known != null) {
            known.underWay--;
            known.failures = 0;
            known.openAgainMillis = 0;
            forgetIfNothing(who, known);
        }
    }

    /** The try could not be judged. */
    public void cancelled(Who who) {
        Tries known = tries.get(who);
        if (known != null) {
            known.underWay--;
            forgetIfNothing(who, known);
        }
    }

    /** The try was wrong; returns the milliseconds to wait from now on. */
    public long failed(Who who, long nowMillis) {
        long debt = Math.max(paidUp.getOrDefault(who.address(), 0L), nowMillis) + FAILURE_COST_MILLIS;
        paidUp.remove(who.address());
        paidUp.put(who.address(), debt);
        trim(paidUp);
        Tries known = Objects.requireNonNullElseGet(tries.remove(who), Tries::new);
        tries.put(who, known);
        trim(tries);
        known.underWay = Math.max(0, known.underWay - 1);
        known.failures++;
        known.lastMillis = nowMillis;
        if (known.failures >= FREE_FAILURES) {
            known.openAgainMillis = nowMillis + delay(known.failures - FREE_FAILURES);
        }
        return waitMillis(who, nowMillis);
    }

    private static long delay(int doublings) {
        return Math.min(DELAY_MILLIS_MAX, DELAY_MILLIS_FIRST << Math.min(doublings, DOUBLINGS_MAX));
    }

    private @Nullable Tries known(Who who, long nowMillis) {
        Tries known = tries.get(who);
        if (known != null && known.underWay == 0 && nowMillis - known.lastMillis > FORGET_MILLIS) {
            tries.remove(who);
            return null;
        }
        return known;
    }

    private Tries remember(Who who) {
        Tries fresh = new Tries();
        tries.put(who, fresh);
        trim(tries);
        return fresh;
    }

    private void forgetIfNothing(Who who, Tries known) {
        if (known.underWay <= 0 && known.failures == 0) {
            tries.remove(who);
        }
    }

    private void trim(Map<?, ?> entries) {
        if (entries.size() > entriesMax) {
            Iterator<?> oldest = entries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** How many are remembered, of both kinds together. */
    int size() {
        return tries.size() + paidUp.size();
    }
}
