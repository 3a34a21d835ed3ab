package skein.role;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.vocabulary.ReplicaName;

/**
 * Answers to registrations, held back a moment until the new replica has caught up for the first time: whoever writes
 * next finds a small replica in sync. Confined to the role's actor.
 */
final class SettledReplies {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration CHECK = Duration.ofMillis(10);
    private static final String TIMER = "settle";

    private final TimerScheduler<InstanceRoleProtocol.Message> timers;
    private final DatabaseSet databases;
    private final List<Pending> pending = new ArrayList<>();

    private record Pending(ReplicaName replica, long deadlineNanos, Runnable answer) {}

    SettledReplies(TimerScheduler<InstanceRoleProtocol.Message> timers, DatabaseSet databases) {
        this.timers = timers;
        this.databases = databases;
    }

    /** Calls back when every stream of the replica has caught up or cannot, or when patience is out. */
    void whenSettled(ReplicaName name, Runnable answer) {
        pending.add(new Pending(name, System.nanoTime() + PATIENCE.toNanos(), answer));
        timers.startTimerWithFixedDelay(TIMER, RoleStage.heard(new RoleStage.SettleTick()), CHECK);
    }

    void tick() {
        long now = System.nanoTime();
        List<Pending> done = pending.stream()
                .filter(one -> now - one.deadlineNanos() >= 0 || isSettled(one.replica()))
                .toList();
        pending.removeAll(done);
        done.forEach(one -> one.answer().run());
        if (pending.isEmpty()) {
            timers.cancel(TIMER);
        }
    }

    private boolean isSettled(ReplicaName name) {
        return databases.everything().stream().allMatch(database -> {
            StreamStatus status = database.status(name);
            return status != null
                    && switch (status.state()) {
                        case READY, REPLICATING, DIVERGED -> true;
                        case RECOVERY, INVALID -> false;
                    };
        });
    }
}
