package skein.forwarding;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardingAlive;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;

/**
 * The MAIN's end of a line: requests are carried out one after the other by a thread of its own, and a message is
 * confirmed to the link when it is answered, so that few can wait. Used by its keeper, its thread and the link.
 */
final class CarrierLine implements LinkListener {
    private static final long INTERRUPT_AGAIN_MILLIS = 20;

    private final OfferForwarding offer;
    private final CarriedWork work;
    private final Consumer<Event> events;

    /** An empty one ends the thread. */
    private final BlockingQueue<Optional<FromForwarder>> requests = new LinkedBlockingQueue<>();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Link.@Nullable LinkHandle handle;
    private volatile @Nullable LinkConnection connection;
    private volatile String refusal = "";

    /** What becomes of a line, told to its keeper in order. */
    sealed interface Event {
        CarrierLine line();

        record Opened(CarrierLine line) implements Event {}

        /** Something is open on it. */
        record Busy(CarrierLine line) implements Event {}

        /** Not any more. */
        record Free(CarrierLine line) implements Event {}

        record Closed(CarrierLine line, String reason) implements Event {}
    }

    CarrierLine(OfferForwarding offer, CarriedWork work, Consumer<Event> events) {
        this.offer = offer;
        this.work = work;
        this.events = events;
    }

    static CarrierLine connect(
            Link link, HostPort address, OfferForwarding offer, CarriedWork work, Consumer<Event> events) {
        CarrierLine line = new CarrierLine(offer, work, events);
        line.handle = link.connect(address, line);
        return line;
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
        opened.send(offer);
        Thread.ofVirtual().name("skein-line").start(this::carryOut);
        events.accept(new Event.Opened(this));
    }

    @Override
    public void received(WireMessage message) {
        switch (message) {
            case ForwardCancel _ -> {
                work.interrupt();
                confirm();
            }
            case FromForwarder request -> requests.add(Optional.of(request));
            case Refusal(var _, String text) -> {
                refusal = text;
                confirm();
            }
            default -> close();
        }
    }

    private void confirm() {
        LinkConnection open = connection;
        if (open != null) {
            open.confirm();
        }
    }

    private void carryOut() {
        try {
            for (Optional<FromForwarder> next = requests.take(); next.isPresent(); next = requests.take()) {
                carryOut(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            work.end();
            ended.countDown();
        }
    }

    private void carryOut(FromForwarder request) {
        LinkConnection open = connection;
        if (open == null || !work.allows(request)) {
            close();
            return;
        }
        boolean wasFree = work.isFree();
        if (wasFree) {
            events.accept(new Event.Busy(this));
        }
        open.send(work.perform(request));
        open.confirm();
        if (work.isFree()) {
            events.accept(new Event.Free(this));
        }
    }

    /** Says that this instance is there. */
    void sayAlive() {
        LinkConnection open = connection;
        if (open != null) {
            open.send(new ForwardingAlive());
        }
    }

    void close() {
        Link.LinkHandle open = handle;
        LinkConnection accepted = connection;
        if (open != null) {
            open.close();
        } else if (accepted != null) {
            accepted.close();
        }
    }

    /** Says that this instance is there, until the line has ended. For one that nobody keeps. */
    void sayAliveByItself() {
        Thread.ofVirtual().name("skein-line-alive").start(() -> {
            try {
                while (!ended.await(offer.aliveMillis(), TimeUnit.MILLISECONDS)) {
                    sayAlive();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whoever asked is gone: what is open is rolled back, as for any client. */
    @Override
    public void closed(LinkClosed reason) {
        if (connection != null) {
            requests.add(Optional.empty());
            Thread.ofVirtual().name("skein-line-end").start(this::interruptUntilEnded);
        }
        events.accept(new Event.Closed(this, refusal.isEmpty() ? reason.detail() : "it refuses: " + refusal));
    }

    /** One call may come before the work has reached the place where it can be interrupted. */
    private void interruptUntilEnded() {
        try {
            do {
                work.interrupt();
            } while (!ended.await(INTERRUPT_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
