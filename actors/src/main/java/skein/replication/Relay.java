package skein.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.Ack;
import skein.replication.core.Doubt;
import skein.replication.core.LedgerInput;
import skein.replication.core.RelayCore;
import skein.replication.core.RelayEffect;
import skein.replication.core.RelayEffect.ApplyNow;
import skein.replication.core.RelayEffect.Confirm;
import skein.replication.core.RelayEffect.LeaveSync;
import skein.replication.core.RelayEffect.PassOn;
import skein.replication.core.RelayEffect.WakeAt;
import skein.replication.core.RelayInput;
import skein.replication.core.RelayInput.Anew;
import skein.replication.core.RelayInput.Below;
import skein.replication.core.RelayInput.Released;
import skein.storage.failpoint.FailPoint;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.Step;

/**
 * How a REPLICA's database is applied and passed on to replicas of its own: the shell of a {@link RelayCore}. Part of
 * {@link ReplicaDuty}.
 */
final class Relay {
    private final DatabaseCell cell;
    private final ServedDatabase served;
    private final DatabaseSettings settings;
    private final LongConsumer wakeAt;
    private final Runnable confirm;
    private final StreamGroup streams;

    /** Streams that may still read the log, stopped ones included. */
    private final Set<ActorRef<ReplicaStream.Message>> reading = new HashSet<>();

    private RelayCore core;
    private @Nullable Pause pause;

    /**
     * While the database is exchanged.
     *
     * @param streams to be run again afterwards
     * @param then runs once no stream reads any more
     */
    private record Pause(List<StreamSpec> streams, boolean begun, Runnable then) {}

    /** @param confirm says to whoever streams to this replica how far it has come */
    Relay(
            DatabaseCell cell,
            ServedDatabase served,
            DatabaseSettings settings,
            StreamGroup.Spawner spawner,
            LongConsumer wakeAt,
            Runnable confirm) {
        this.cell = cell;
        this.served = served;
        this.settings = settings;
        this.wakeAt = wakeAt;
        this.confirm = confirm;
        this.streams = new StreamGroup((spec, growth) -> {
            ActorRef<ReplicaStream.Message> stream = spawner.spawn(spec, growth);
            reading.add(stream);
            return stream;
        });
        this.core = RelayCore.startingAt(cell.database().appliedLsn(), settings.rules());
        served.beginRelay(core.releasedLsn());
    }

    /** Decided up to here, and durable. */
    void release(long lsn) {
        step(new Released(lsn));
    }

    Ack said(Ack own) {
        return core.said(own);
    }

    /** Unless the stream was stopped in the meantime. */
    void heard(Growth stream, LedgerInput input) {
        if (streams.runs(stream)) {
            step(new Below(input));
        }
    }

    void tick() {
        step(new Below(new LedgerInput.Tick()));
    }

    /** What the streams know of the log, or of whom this replica follows, does not hold any more. */
    void greetAnew() {
        if (pause == null) {
            List<StreamSpec> all = streams.specs();
            streams.stopAll(actor -> {});
            all.forEach(this::lost);
            all.forEach(this::run);
        }
    }

    /** The log was cut, or is another one: released up to here. */
    void beginAnew(long releasedLsn) {
        letGo(releasedLsn);
        greetAnew();
    }

    /** Nothing waits for anybody below until it has caught up again. */
    void letGo(long releasedLsn) {
        step(new Anew(Math.min(cell.database().appliedLsn(), releasedLsn)));
        step(new Released(releasedLsn));
    }

    void startStream(StreamSpec spec) {
        ReplicaName name = spec.registration().name();
        step(new Below(new LedgerInput.Registered(name, settings.ruleOf(spec.registration()), false)));
        Pause pausing = pause;
        if (pausing == null) {
            run(spec);
        } else {
            pausing.streams().add(spec);
        }
    }

    private void run(StreamSpec spec) {
        streams.run(spec);
        streams.tell(spec.registration().name(), new ReplicaStream.Decided(core.releasedLsn()));
    }

    void stopStream(ReplicaName replica) {
        streams.stop(replica);
        Pause pausing = pause;
        if (pausing != null) {
            pausing.streams().removeIf(spec -> spec.registration().name().equals(replica));
        }
        step(new Below(new LedgerInput.Dropped(replica)));
    }

    /** Answers the stream that has to be started again; null when it has ended as it should. */
    @Nullable
    StreamSpec streamEnded(ActorRef<ReplicaStream.Message> actor) {
        reading.remove(actor);
        StreamSpec broken = streams.broken(actor);
        if (broken != null) {
            lost(broken);
        }
        proceed();
        return broken;
    }

    private void lost(StreamSpec spec) {
        step(new Below(new LedgerInput.Lost(spec.registration().name(), Doubt.CONNECTION_LOST)));
    }

    /** Unless it was stopped in the meantime. */
    void startStreamAgain(StreamSpec spec) {
        streams.runAgain(spec);
        streams.tell(spec.registration().name(), new ReplicaStream.Decided(core.releasedLsn()));
    }

    /** The database is about to be exchanged: calls back once no stream reads it. */
    void pause(Runnable then) {
        List<StreamSpec> all = new ArrayList<>(streams.specs());
        streams.stopAll(actor -> {});
        pause = new Pause(all, false, then);
        all.forEach(this::lost);
        proceed();
    }

    private void proceed() {
        Pause pausing = pause;
        if (pausing != null && reading.isEmpty() && !pausing.begun()) {
            pause = new Pause(pausing.streams(), true, pausing.then());
            pausing.then().run();
        }
    }

    /** The database is there again, released up to here. */
    void resume(long releasedLsn) {
        Pause pausing = pause;
        pause = null;
        letGo(releasedLsn);
        if (pausing != null) {
            pausing.streams().forEach(this::run);
        }
    }

    void end() {
        streams.stopAll(actor -> {});
    }

    private void step(RelayInput input) {
        Step<RelayCore, RelayEffect> step = core.step(input, cell.nanos());
        core = step.state();
        step.effects().forEach(this::perform);
    }

    private void perform(RelayEffect effect) {
        switch (effect) {
            case PassOn(long lsn) -> {
                served.passedOn(lsn);
                streams.tellAll(new ReplicaStream.Decided(lsn));
            }
            case ApplyNow(long lsn) -> {
                FailPoint.FOLLOWER_BEFORE_APPLY.reached();
                cell.decide(lsn);
                FailPoint.FOLLOWER_APPLIED.reached();
            }
            case Confirm _ -> confirm.run();
            case LeaveSync(ReplicaName replica) -> streams.tell(replica, new ReplicaStream.LeftSync());
            case WakeAt(long nanos) -> wakeAt.accept(nanos);
        }
    }
}
