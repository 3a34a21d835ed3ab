package skein.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkClosed.Kind;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;

/** One end of a connection. */
final class SimulatedConnection implements LinkConnection {
    private static final long FLUSH_NANOS_MAX = 3_000_000_000L;
    private static final int QUEUED_MAX = 20_000;

    private final SimulatedNetwork network;
    private final Host host;
    private final int incarnation;
    private final HostPort remote;
    private final LinkListener listener;
    private final long number;
    private final Deque<WireMessage> stuck = new ArrayDeque<>();
    private final Deque<WireMessage> arrived = new ArrayDeque<>();
    private @Nullable SimulatedConnection peer;
    private long lastArrivalNanos;
    private int underWay;
    private int unconfirmed;
    private boolean stalled;
    private boolean isOpen;
    private boolean closing;
    private boolean ended;

    SimulatedConnection(SimulatedNetwork network, Host host, HostPort remote, LinkListener listener, long number) {
        this.network = network;
        this.host = host;
        this.incarnation = host.incarnation();
        this.remote = remote;
        this.listener = listener;
        this.number = number;
    }

    Host host() {
        return host;
    }

    long number() {
        return number;
    }

    SimulatedConnection peer() {
        return Invariant.present(peer, "connection %d has no other end", number);
    }

    boolean isBetween(Host one, Host other) {
        Host there = peer().host;
        return host == one && there == other;
    }

    boolean isWanted() {
        return !ended && !closing && host.incarnation() == incarnation;
    }

    void pairWith(SimulatedConnection other) {
        peer = other;
        other.peer = this;
    }

    void opened() {
        if (ended) {
            return;
        }
        isOpen = true;
        listener.opened(this);
        deliver();
    }

    @Override
    public void send(WireMessage message) {
        SimulatedConnection other = peer;
        if (ended || closing || other == null) {
            return;
        }
        Invariant.check(++underWay < QUEUED_MAX, "%s: %d messages wait to be sent to %s", host, underWay, remote);
        travel(message, other);
    }

    private void travel(WireMessage message, SimulatedConnection other) {
        World world = network.world();
        long stall = network.stallNanos(lastArrivalNanos == 0);
        lastArrivalNanos = Math.max(lastArrivalNanos + 1, world.nanos() + network.delayNanos() + stall);
        stalled |= stall > 0;
        world.after(lastArrivalNanos - world.nanos(), () -> {
            if (network.isClogged(host, other.host) || !stuck.isEmpty()) {
                stuck.add(message);
            } else {
                arrive(message, other);
            }
        });
    }

    /** How long what it has sent is still to stand still; whoever sent it may be gone before it arrives. */
    long stalledNanos() {
        return stalled ? lastArrivalNanos + 1 - network.world().nanos() : 0;
    }

    private void arrive(WireMessage message, SimulatedConnection other) {
        underWay--;
        other.arrived.add(message);
        other.deliver();
    }

    void unclogged(Host from, Host to) {
        SimulatedConnection other = peer;
        if (other == null || host != from || other.host != to) {
            return;
        }
        // what was stuck comes in one go, perhaps after what was opened since
        network.world().after(network.world().around(0, FLUSH_NANOS_MAX), () -> {
            while (!stuck.isEmpty() && !network.isClogged(host, other.host)) {
                arrive(stuck.poll(), other);
            }
        });
    }

    private void deliver() {
        while (isOpen && !ended && unconfirmed < UNCONFIRMED_MAX && !arrived.isEmpty()) {
            unconfirmed++;
            WireMessage message = arrived.poll();
            host.run(() -> {
                if (!ended) {
                    listener.received(message);
                }
            });
        }
    }

    @Override
    public void confirm() {
        unconfirmed--;
        network.world().after(0, this::deliver);
    }

    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public void close() {
        if (ended || closing) {
            return;
        }
        closing = true;
        SimulatedConnection other = peer;
        if (other != null && !network.isClogged(host, other.host)) {
            long after = Math.max(lastArrivalNanos - network.world().nanos(), network.delayNanos());
            other.endAfter(after + 1, new LinkClosed(Kind.REMOTE, host + " closed the connection"));
        } else if (other != null) {
            // it will hear of it when it next sends something, or never
            other.endAfter(
                    network.world().around(0, 20_000_000_000L),
                    new LinkClosed(Kind.BROKEN, "the connection to " + host + " is gone"));
        }
        host.afterTrue(0, () -> end(new LinkClosed(Kind.LOCAL, "closed")));
    }

    /** This end hears so long from now that the connection is no more, and until then what arrives. */
    void endAfter(long delayNanos, LinkClosed why) {
        network.world().after(delayNanos, () -> {
            if (host.incarnation() == incarnation) {
                host.run(() -> end(why));
            }
        });
    }

    private void end(LinkClosed why) {
        if (!ended) {
            ended = true;
            network.ended(this);
            listener.closed(why);
        }
    }

    /** The process is gone. */
    void vanish() {
        ended = true;
        network.ended(this);
    }
}
