package skein.raft;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.Link.LinkHandle;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.Request;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.WireMessage;

/**
 * A member's connections: one of its own to every other member for requests, and those that others have opened, for the
 * answers. Confined to the member's actor but for the listeners, which the link calls. What cannot be sent is dropped:
 * the core says everything again.
 */
final class RaftLines {
    private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Link link;
    private final LongSupplier nanos;
    private final Consumer<Event> events;
    private final Map<Integer, Line> lines = new TreeMap<>();
    private final Map<Integer, LinkConnection> accepted = new HashMap<>();

    /** What happens on connections. */
    sealed interface Event {
        record Opened(Line line, LinkConnection connection) implements Event {}

        record Said(WireMessage message, LinkConnection connection) implements Event {}

        record Closed(Line line) implements Event {}
    }

    RaftLines(Link link, LongSupplier nanos, Consumer<Event> events) {
        this.link = link;
        this.nanos = nanos;
        this.events = events;
    }

    /** Lines to these members and no others. */
    void keep(List<Member> members) {
        lines.values().removeIf(line -> {
            boolean goes = !members.contains(line.member);
            if (goes) {
                line.close();
            }
            return goes;
        });
        for (Member member : members) {
            if (!lines.containsKey(member.id())) {
                Line line = new Line(member);
                lines.put(member.id(), line);
                line.open();
            }
        }
    }

    void send(int to, Message message) {
        Line line = lines.get(to);
        if (message instanceof Request && line != null) {
            line.send(message);
        } else if (!(message instanceof Request) && accepted.containsKey(to)) {
            accepted.get(to).send(message);
        }
    }

    /** Where answers to this member go from now on. */
    void heardFrom(int id, LinkConnection connection) {
        accepted.put(id, connection);
    }

    /** True if it is a line that is kept. */
    boolean opened(Line line, LinkConnection connection) {
        boolean kept = lines.get(line.member.id()) == line;
        if (kept) {
            line.opened = connection;
            line.heardNanos = nanos.getAsLong();
        } else {
            connection.close();
        }
        return kept;
    }

    /** Some line has brought something. */
    @SuppressWarnings("ReferenceEquality") // a connection is itself and nothing else
    void alive(LinkConnection connection) {
        for (Line line : lines.values()) {
            if (line.opened == connection) {
                line.heardNanos = nanos.getAsLong();
            }
        }
    }

    boolean closed(Line line) {
        line.opened = null;
        line.handle = null;
        line.retryNanos = nanos.getAsLong() + RETRY_NANOS;
        return lines.get(line.member.id()) == line;
    }

    void close() {
        keep(List.of());
        accepted.values().forEach(LinkConnection::close);
        accepted.clear();
    }

    /** What others have opened. */
    LinkListener accept() {
        return new Ear(null);
    }

    /** The way to one member. */
    final class Line {
        private final Member member;
        private @Nullable LinkHandle handle;
        private @Nullable LinkConnection opened;
        private long retryNanos = Long.MIN_VALUE;
        private long heardNanos;

        private Line(Member member) {
            this.member = member;
        }

        int id() {
            return member.id();
        }

        private void open() {
            handle = link.connect(member.coordinator(), new Ear(this));
        }

        private void send(Message message) {
            long now = nanos.getAsLong();
            LinkConnection connection = opened;
            if (connection != null && now - heardNanos > SILENCE_NANOS) {
                // whatever is queued there is old; what matters is said again
                opened = null;
                connection.close();
            } else if (connection != null) {
                connection.send(message);
            } else if (handle == null && now >= retryNanos) {
                open();
            }
        }

        private void close() {
            LinkHandle open = handle;
            handle = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** Tells what comes over one connection. */
    private final class Ear implements LinkListener {
        private final @Nullable Line line;
        private volatile @Nullable LinkConnection connection;

        Ear(@Nullable Line line) {
            this.line = line;
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            if (line != null) {
                events.accept(new Event.Opened(line, opened));
            }
        }

        @Override
        public void received(WireMessage message) {
            LinkConnection open = connection;
            if (open != null) {
                events.accept(new Event.Said(message, open));
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            if (line != null) {
                events.accept(new Event.Closed(line));
            }
        }
    }
}
