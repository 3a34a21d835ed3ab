package skein.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkClosed.Kind;
import skein.link.LinkListener;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/**
 * Connects hosts as TCP does: within a connection nothing is lost or out of order; a connection can break at any
 * moment, be heard of late or by one side only, and stand still in either direction. What is on an old connection may
 * arrive after a newer one was opened.
 */
public final class SimulatedNetwork {
    private static final long UNREACHABLE_NANOS_MAX = 3_000_000_000L;
    private static final long HEARD_LATE_NANOS_MAX = 20_000_000_000L;
    private static final long SOON_NANOS_MAX = 2_000_000;
    private static final long STALL_NANOS_MIN = 200_000_000L;
    private static final long STALL_NANOS_MAX = 45_000_000_000L;

    /** So much more often the first message of a connection stalls: what follows it has packets to be missed by. */
    private static final int FIRST_STALLS = 10;

    private final World world;
    private final List<Host> hosts;
    private final Map<String, Host> byName = new TreeMap<>();
    private final Map<String, OpenPort> ports = new TreeMap<>();
    private final boolean[][] clogged;
    private final List<SimulatedConnection> open = new ArrayList<>();
    private long delayNanosMin = 50_000;
    private long delayNanosMax = 500_000;
    private double stragglers;
    private double stalls;
    private long connections;

    public SimulatedNetwork(World world, List<Host> hosts) {
        this.world = world;
        this.hosts = hosts;
        this.clogged = new boolean[hosts.size()][hosts.size()];
        hosts.forEach(host -> byName.put(host.name(), host));
    }

    /** @param late share of messages that take fifty times as long */
    public void delays(long minNanos, long maxNanos, double late) {
        delayNanosMin = minNanos;
        delayNanosMax = maxNanos;
        stragglers = late;
    }

    /**
     * @param share of messages with which their connection stands still for up to 45 seconds, as it does when packets
     *     are lost: a newer connection overtakes it
     */
    public void stalls(double share) {
        stalls = share;
    }

    World world() {
        return world;
    }

    long delayNanos() {
        long delay = world.around(delayNanosMin, delayNanosMax);
        return stragglers > 0 && world.chance(stragglers) ? delay * 50 : delay;
    }

    /** How long a connection stands still with its next message; usually not at all. */
    long stallNanos(boolean isFirst) {
        if (stalls > 0 && world.chance(isFirst ? stalls * FIRST_STALLS : stalls)) {
            world.reached(Probe.CONNECTION_STALLED);
            return world.around(STALL_NANOS_MIN, STALL_NANOS_MAX);
        }
        return 0;
    }

    boolean isClogged(Host from, Host to) {
        return clogged[from.index()][to.index()];
    }

    /** From now on nothing arrives in this direction, and nobody is told. */
    public void clog(Host from, Host to) {
        if (!isClogged(from, to)) {
            world.reached(Probe.CONNECTION_CLOGGED);
            world.trace().note(from.name(), "clogged towards", to.index(), 0, null);
            clogged[from.index()][to.index()] = true;
        }
    }

    /** What stood still goes on. */
    public void unclog(Host from, Host to) {
        if (isClogged(from, to)) {
            world.trace().note(from.name(), "unclogged towards", to.index(), 0, null);
            clogged[from.index()][to.index()] = false;
            List.copyOf(open).forEach(connection -> connection.unclogged(from, to));
        }
    }

    public void unclogAll() {
        for (Host from : hosts) {
            for (Host to : hosts) {
                unclog(from, to);
            }
        }
    }

    /** Every connection between the two breaks; each side hears of it in its own time. */
    public void breakBetween(Host one, Host other) {
        for (SimulatedConnection connection : List.copyOf(open)) {
            if (connection.isBetween(one, other)) {
                world.reached(Probe.CONNECTION_BROKEN);
                breakOne(connection);
            }
        }
    }

    private void breakOne(SimulatedConnection connection) {
        LinkClosed why = new LinkClosed(Kind.BROKEN, "the connection broke");
        boolean late = world.chance(0.2);
        connection.endAfter(world.around(0, SOON_NANOS_MAX), why);
        connection.peer().endAfter(world.around(0, late ? HEARD_LATE_NANOS_MAX : SOON_NANOS_MAX), why);
    }

    /** The process of a host is gone: others hear of it soon when the machine still stands, else perhaps much later. */
    public void hostGone(Host host, boolean machineStands) {
        ports.values().removeIf(port -> port.host == host);
        for (SimulatedConnection connection : List.copyOf(open)) {
            if (connection.host() == host) {
                connection.vanish();
                long patience = machineStands ? SOON_NANOS_MAX : HEARD_LATE_NANOS_MAX;
                long heard = Math.max(world.around(0, patience), connection.stalledNanos());
                connection.peer().endAfter(heard, new LinkClosed(Kind.BROKEN, host + " is gone"));
            }
        }
    }

    void ended(SimulatedConnection connection) {
        open.remove(connection);
    }

    /** What a process on this host uses. */
    public Link linkOf(Host host) {
        return new HostLink(host);
    }

    private static String key(HostPort address) {
        return address.host() + ":" + address.port();
    }

    private void knock(SimulatedConnection caller, HostPort address) {
        Host target = byName.get(address.host());
        boolean reachable = target != null && !isClogged(caller.host(), target) && !isClogged(target, caller.host());
        OpenPort port = ports.get(key(address));
        if (!reachable || target == null) {
            caller.endAfter(
                    world.around(0, UNREACHABLE_NANOS_MAX), new LinkClosed(Kind.UNREACHABLE, address + " is silent"));
        } else if (port == null || !target.isUp()) {
            caller.endAfter(
                    delayNanos(), new LinkClosed(Kind.UNREACHABLE, "no connection to " + address + ": refused"));
        } else {
            accept(caller, port);
        }
    }

    private void accept(SimulatedConnection caller, OpenPort port) {
        HostPort remote = new HostPort(caller.host().name(), 0);
        SimulatedConnection accepted =
                new SimulatedConnection(this, port.host, remote, port.acceptor.accept(remote), caller.number());
        port.accepted.add(accepted);
        accepted.pairWith(caller);
        open.add(caller);
        open.add(accepted);
        port.host.run(accepted::opened);
        long back = delayNanos();
        caller.host().afterTrue(back, caller::opened);
    }

    /** Links of one host. */
    private final class HostLink implements Link {
        private final Host host;

        HostLink(Host host) {
            this.host = host;
        }

        @Override
        public LinkHandle connect(HostPort address, LinkListener listener) {
            SimulatedConnection caller =
                    new SimulatedConnection(SimulatedNetwork.this, host, address, listener, ++connections);
            world.after(delayNanos(), () -> {
                if (caller.isWanted()) {
                    knock(caller, address);
                }
            });
            return caller;
        }

        @Override
        public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
            var bound = new CompletableFuture<LinkPort>();
            HostPort own = new HostPort(host.name(), address.port());
            host.afterTrue(SOON_NANOS_MAX, () -> {
                OpenPort port = new OpenPort(own, host, acceptor);
                if (ports.putIfAbsent(key(own), port) == null) {
                    bound.complete(port);
                } else {
                    bound.completeExceptionally(new SkeinException(
                            ErrorCode.CONFIGURATION, "NET-001 Cannot listen on " + own + ": it is in use."));
                }
            });
            return bound;
        }
    }

    private final class OpenPort implements Link.LinkPort {
        private final HostPort address;
        private final Host host;
        private final Link.LinkAcceptor acceptor;
        private final List<SimulatedConnection> accepted = new ArrayList<>();

        OpenPort(HostPort address, Host host, Link.LinkAcceptor acceptor) {
            this.address = address;
            this.host = host;
            this.acceptor = acceptor;
        }

        @Override
        public HostPort address() {
            return address;
        }

        @Override
        public CompletionStage<Void> close() {
            var closed = new CompletableFuture<Boolean>();
            ports.remove(key(address), this);
            accepted.forEach(SimulatedConnection::close);
            host.afterTrue(SOON_NANOS_MAX, () -> closed.complete(true));
            return closed.thenAccept(done -> {});
        }
    }
}
