package skein.role;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.replication.ServedDatabase;
import skein.vocabulary.ReplicaName;

/**
 * Answers to registrations, drops and new databases, held back a moment until the databases have followed: whoever
 * writes next finds a new replica in sync, and is not refused for want of one that was dropped. Confined to the role's
 * actor.
 */
final class SettledReplies {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration NO_END = Duration.ofDays(365);
    private static final Duration CHECK = Duration.ofMillis(10);
    private static final String TIMER = "settle";

    private final TimerScheduler<InstanceRoleProtocol.Message> timers;
    private final DatabaseSet databases;
    private final DatabaseActors actors;
    private final List<Pending> pending = new ArrayList<>();

    /** @param late called instead of the answer when patience is out */
    private record Pending(BooleanSupplier isSettled, long deadlineNanos, Runnable answer, Runnable late) {}

    SettledReplies(TimerScheduler<InstanceRoleProtocol.Message> timers, DatabaseSet databases, DatabaseActors actors) {
        this.timers = timers;
        this.databases = databases;
        this.actors = actors;
    }

    /** Calls back when every stream of the replica has caught up or cannot, or when patience is out. */
    void whenSettled(ReplicaName name, Runnable answer) {
        when(() -> isSettled(name) && actors.streams().hasJoined(name), answer);
    }

    /** Calls back when every replica that follows the system database follows this one too, or when patience is out. */
    void whenFollowed(UUID database, Runnable answer) {
        when(() -> databases.served(database).map(this::isFollowed).orElse(true), answer);
    }

    /**
     * Calls back when no decision depends on the replica any more, however long that takes: whoever writes next must
     * not be refused for want of a replica that was dropped.
     */
    void whenLetGo(ReplicaName name, Runnable answer) {
        when(() -> actors.streams().farewells().isOver(name), NO_END, answer, answer);
    }

    /** Calls back when every decided record is on enough replicas, or that it is not when patience is out. */
    void whenCovered(Runnable covered, Runnable late) {
        when(this::isCovered, PATIENCE, covered, late);
    }

    private boolean isCovered() {
        return actors.streams().farewells().areOver()
                && databases.everything().stream().allMatch(ServedDatabase::isCovered);
    }

    private void when(BooleanSupplier isSettled, Runnable answer) {
        when(isSettled, PATIENCE, answer, answer);
    }

    private void when(BooleanSupplier isSettled, Duration patience, Runnable answer, Runnable late) {
        if (isSettled.getAsBoolean()) {
            answer.run();
            return;
        }
        pending.add(new Pending(isSettled, databases.nanos() + patience.toNanos(), answer, late));
        timers.startTimerWithFixedDelay(TIMER, RoleStage.heard(new RoleStage.SettleTick()), CHECK);
    }

    void tick() {
        long now = databases.nanos();
        List<Pending> done = pending.stream()
                .filter(one -> now - one.deadlineNanos() >= 0 || one.isSettled().getAsBoolean())
                .toList();
        pending.removeAll(done);
        done.forEach(one -> (one.isSettled().getAsBoolean() ? one.answer() : one.late()).run());
        if (pending.isEmpty()) {
            timers.cancel(TIMER);
        }
    }

    private boolean isSettled(ReplicaName name) {
        return databases.everything().stream().allMatch(database -> isSettled(database, name));
    }

    private boolean isFollowed(ServedDatabase database) {
        ServedDatabase system = databases.systemDatabase();
        return database.followers().stream().allMatch(name -> !isSettled(system, name) || isSettled(database, name));
    }

    private static boolean isSettled(ServedDatabase database, ReplicaName name) {
        StreamStatus status = database.status(name);
        return status != null
                && switch (status.state()) {
                    case READY, REPLICATING, DIVERGED -> true;
                    case RECOVERY, INVALID -> false;
                };
    }
}
