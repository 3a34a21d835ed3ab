package skein.forwarding;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.forwarding.core.LinePlan;
import skein.link.Link;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;

/**
 * MAIN: keeps lines to one replica ready. How many, {@link LinePlan} says; one that could not be had is tried again
 * after 0.1 s, doubling to 10 s.
 */
public final class LineKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
    private static final Duration AGAIN_MIN = Duration.ofMillis(100);
    private static final Duration AGAIN_MAX = Duration.ofSeconds(10);

    /** What it hears. */
    public sealed interface Message {}

    private record OfLine(CarrierLine.Event event) implements Message {}

    private record Connect() implements Message {}

    private record Alive() implements Message {}

    /**
     * The MAIN steps down, or the replica is dropped: what is under way may end, nothing new begins. What it may still
     * do the databases say, as to any session.
     */
    public record Drain() implements Message {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final ForwardingSettings settings;
    private final Carrier carrier;
    private final Link link;
    private final ReplicaName replica;
    private final HostPort address;
    private final Supplier<MainIdentity> identity;

    /** Confined to the actor, as all below. */
    private final Set<CarrierLine> connecting = new LinkedHashSet<>();

    private final Set<CarrierLine> waiting = new LinkedHashSet<>();
    private final Set<CarrierLine> busy = new LinkedHashSet<>();
    private Duration again = AGAIN_MIN;
    private boolean draining;

    private LineKeeper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            ForwardingSettings settings,
            Carrier carrier,
            Link link,
            ReplicaName replica,
            HostPort address,
            Supplier<MainIdentity> identity) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.carrier = carrier;
        this.link = link;
        this.replica = replica;
        this.address = address;
        this.identity = identity;
    }

    /** @param identity who this MAIN is at the moment */
    static Behavior<Message> create(
            ForwardingSettings settings,
            Carrier carrier,
            Link link,
            ReplicaName replica,
            HostPort address,
            Supplier<MainIdentity> identity) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay("alive", new Alive(), settings.aliveInterval());
            context.getSelf().tell(new Connect());
            return new LineKeeper(context, timers, settings, carrier, link, replica, address, identity).keeping();
        }));
    }

    private Behavior<Message> keeping() {
        return Behaviors.receive(Message.class)
                .onAnyMessage(message -> switch (message) {
                    case Connect _ -> {
                        connect();
                        yield Behaviors.same();
                    }
                    case OfLine(CarrierLine.Event event) -> {
                        heard(event);
                        yield untilDrained();
                    }
                    case Alive _ -> {
                        sayAlive();
                        yield Behaviors.same();
                    }
                    case Drain _ -> {
                        draining = true;
                        connecting.forEach(CarrierLine::close);
                        waiting.forEach(CarrierLine::close);
                        yield untilDrained();
                    }
                })
                .onSignal(PostStop.class, stopped -> {
                    closeAll();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Message> untilDrained() {
        boolean none = connecting.isEmpty() && waiting.isEmpty() && busy.isEmpty();
        return draining && none ? Behaviors.stopped() : Behaviors.same();
    }

    private void connect() {
        var plan = new LinePlan(connecting.size(), waiting.size(), busy.size(), settings.transactionsMax());
        for (int i = draining ? 0 : plan.toConnect(); i > 0; i--) {
            OfferForwarding offer = new OfferForwarding(ReplicationProtocol.VERSION, identity.get(), (int)
                    settings.aliveInterval().toMillis());
            CarriedWork work = new CarriedWork(carrier, replica.value(), settings.memory());
            connecting.add(CarrierLine.connect(
                    link, address, offer, work, event -> context.getSelf().tell(new OfLine(event))));
        }
    }

    private void heard(CarrierLine.Event event) {
        CarrierLine line = event.line();
        switch (event) {
            case CarrierLine.Event.Opened _ -> {
                connecting.remove(line);
                isFree(line);
            }
            case CarrierLine.Event.Busy _ -> {
                again = AGAIN_MIN;
                if (waiting.remove(line)) {
                    busy.add(line);
                }
                connect();
            }
            case CarrierLine.Event.Free _ -> {
                if (busy.remove(line)) {
                    isFree(line);
                }
            }
            case CarrierLine.Event.Closed(var _, String reason) -> closed(line, reason);
        }
    }

    private void isFree(CarrierLine line) {
        waiting.add(line);
        boolean tooMany =
                new LinePlan(connecting.size(), waiting.size(), busy.size(), settings.transactionsMax()).isTooMany();
        if (draining || tooMany) {
            line.close();
        }
    }

    private void closed(CarrierLine line, String reason) {
        LOG.debug("a line to replica {} has ended: {}", replica, reason);
        boolean wasBusy = busy.remove(line);
        boolean wasOne = waiting.remove(line) || connecting.remove(line) || wasBusy;
        if (wasOne && !timers.isTimerActive("again")) {
            timers.startSingleTimer("again", new Connect(), again);
            again = again.multipliedBy(2).compareTo(AGAIN_MAX) > 0 ? AGAIN_MAX : again.multipliedBy(2);
        }
    }

    private void sayAlive() {
        if (!waiting.isEmpty()) {
            again = AGAIN_MIN;
        }
        waiting.forEach(CarrierLine::sayAlive);
        busy.forEach(CarrierLine::sayAlive);
    }

    private void closeAll() {
        connecting.forEach(CarrierLine::close);
        waiting.forEach(CarrierLine::close);
        busy.forEach(CarrierLine::close);
    }
}
