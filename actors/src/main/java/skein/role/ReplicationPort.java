package skein.role;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import skein.forwarding.ForwardedWrites;
import skein.forwarding.ForwardedWrites.TakenLine;
import skein.link.Link;
import skein.link.Link.LinkPort;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.ForwardingAlive;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.FromMain;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.WireMessage;
import skein.replication.DatabaseActor;
import skein.vocabulary.HostPort;

/**
 * The port on which a REPLICA listens, and its connections until a database takes them over. Used by the role's actor,
 * except for the listeners, which the link calls.
 */
final class ReplicationPort {
    private final Link link;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Accepted> accepted = new HashMap<>();
    private @Nullable LinkPort open;
    private CompletionStage<Void> closing = CompletableFuture.completedStage(null);

    /** What happens on connections that no database has taken over, told to the role. */
    sealed interface Event {
        record Bound(LinkPort port) implements Event {}

        record NotBound(String message) implements Event {}

        record Opened(long number, Accepted connection) implements Event {}

        record Received(long number, FromMain message) implements Event {}

        record Closed(long number) implements Event {}

        /** A MAIN offers to carry out transactions of this instance's clients. */
        record Offered(long number, OfferForwarding offer) implements Event {}
    }

    ReplicationPort(Link link) {
        this.link = link;
    }

    void bind(HostPort address, Consumer<Event> events) {
        // the port may be the one that is being closed
        closing.thenCompose(closed -> link.bind(address, remote -> new Accepted(numbers.incrementAndGet(), events)))
                .whenComplete((port, failure) -> {
                    if (failure == null) {
                        events.accept(new Event.Bound(port));
                    } else {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        events.accept(new Event.NotBound(String.valueOf(cause.getMessage())));
                    }
                });
    }

    void bound(LinkPort port) {
        open = port;
    }

    void opened(long number, Accepted connection) {
        accepted.put(number, connection);
    }

    void closed(long number) {
        accepted.remove(number);
    }

    @Nullable
    Accepted connection(long number) {
        return accepted.get(number);
    }

    /** Stops listening and closes all connections. */
    void close() {
        LinkPort port = open;
        open = null;
        accepted.clear();
        if (port != null) {
            closing = port.close();
        }
    }

    /** One accepted connection. */
    static final class Accepted implements LinkListener {
        private final long number;
        private final Consumer<Event> events;
        private volatile @Nullable LinkConnection connection;
        private volatile @Nullable ActorRef<DatabaseActor.Message> admittedTo;
        private volatile @Nullable TakenLine line;
        private volatile @Nullable LinkClosed ended;

        Accepted(long number, Consumer<Event> events) {
            this.number = number;
            this.events = events;
        }

        /** Hands the connection over: messages go to that database from now on. */
        void admit(ActorRef<DatabaseActor.Message> database, Hello hello) {
            LinkConnection opened = connection;
            if (opened != null) {
                admittedTo = database;
                database.tell(new DatabaseActor.Admit(number, opened, hello));
            }
        }

        /** From now on transactions are forwarded on it. */
        void use(ForwardedWrites forwarding, OfferForwarding offer) {
            LinkConnection opened = connection;
            if (opened != null) {
                TakenLine taken = forwarding.take(opened, offer);
                line = taken;
                LinkClosed reason = ended;
                if (reason != null) {
                    taken.closed(reason.detail());
                }
            }
        }

        void send(WireMessage message) {
            LinkConnection opened = connection;
            if (opened != null) {
                opened.send(message);
            }
        }

        void close() {
            LinkConnection opened = connection;
            if (opened != null) {
                opened.close();
            }
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            events.accept(new Event.Opened(number, this));
        }

        @Override
        public void received(WireMessage message) {
            ActorRef<DatabaseActor.Message> database = admittedTo;
            if (message instanceof FromCarrier ofForwarding) {
                receivedOfLine(ofForwarding);
            } else if (!(message instanceof FromMain fromMain)) {
                close();
            } else if (database != null) {
                database.tell(new DatabaseActor.Heard(number, fromMain));
            } else {
                events.accept(new Event.Received(number, fromMain));
                LinkConnection opened = connection;
                if (opened != null) {
                    opened.confirm();
                }
            }
        }

        private void receivedOfLine(FromCarrier message) {
            TakenLine taken = line;
            if (taken != null) {
                taken.heard(message);
                return;
            }
            switch (message) {
                case OfferForwarding offer -> events.accept(new Event.Offered(number, offer));
                // the role has yet to say whether the line is taken
                case ForwardingAlive _ -> {}
                default -> close();
            }
            LinkConnection opened = connection;
            if (opened != null) {
                opened.confirm();
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            ended = reason;
            TakenLine taken = line;
            if (taken != null) {
                taken.closed(reason.detail());
            }
            ActorRef<DatabaseActor.Message> database = admittedTo;
            if (database != null) {
                database.tell(new DatabaseActor.HungUp(number));
            }
            events.accept(new Event.Closed(number));
        }
    }
}
