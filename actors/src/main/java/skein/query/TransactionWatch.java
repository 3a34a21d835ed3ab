package skein.query;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Looks after transactions that cannot look after themselves: those that wait for their clients, or for something else.
 * A running query watches its own time and needs no watch.
 */
public final class TransactionWatch {
    /** How late a limit may be noticed. */
    private static final Duration PERIOD = Duration.ofMillis(100);

    /** Its only message. */
    public enum Tick {
        TICK
    }

    private TransactionWatch() {}

    public static Behavior<Tick> create(OpenTransactions transactions) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Tick.TICK, PERIOD);
            return Behaviors.receiveMessage(tick -> {
                transactions.endOverdue();
                return Behaviors.same();
            });
        });
    }
}
