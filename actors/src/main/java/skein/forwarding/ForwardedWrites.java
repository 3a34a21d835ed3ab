package skein.forwarding;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.query.Forwarding;
import skein.query.QueryTargets;
import skein.session.QueryService;
import skein.user.core.Users;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;

/**
 * One instance's part in forwarding: as a MAIN it carries out what replicas forward, as a REPLICA it forwards. Made
 * before the role, which says when it is which. Thread-safe.
 */
public final class ForwardedWrites {
    private final ForwardingSettings settings;
    private final Carrier carrier = new Carrier();
    private final ForwarderLines lines = new ForwarderLines();
    private final AtomicInteger guests = new AtomicInteger();

    /** Null while this instance is not a MAIN that stands. */
    private final AtomicReference<@Nullable MainIdentity> reigning = new AtomicReference<>();

    public ForwardedWrites(ForwardingSettings settings) {
        this.settings = settings;
    }

    public boolean isWanted() {
        return settings.wanted();
    }

    /** Where sessions of this instance find the MAIN. */
    public Forwarding forwarding() {
        return settings.wanted() ? lines : Forwarding.NONE;
    }

    /**
     * MAIN: from now on forwarded transactions are carried out.
     *
     * @param users of this instance at any moment
     */
    public void serve(QueryService sessions, QueryTargets databases, Supplier<Users> users) {
        carrier.serve(sessions, databases, users);
    }

    /** MAIN: this instance reigns, as this one. */
    public void reigns(MainIdentity identity) {
        reigning.set(identity);
    }

    /** It does not any more. What is under way may end; what of it may still be committed the databases say. */
    public void steppedDown() {
        reigning.set(null);
    }

    /**
     * A coordinator has opened a connection and asks for a line: who hears what comes on it. Empty when it is refused.
     */
    public Optional<LinkListener> carry(LinkConnection connection, LineWanted wanted) {
        MainIdentity identity = reigning.get();
        String refusal = refusal(wanted, identity);
        if (identity == null || !refusal.isEmpty()) {
            connection.send(new Refusal(ReplicationProtocol.Reason.UNAVAILABLE, refusal));
            return Optional.empty();
        }
        if (guests.incrementAndGet() > settings.transactionsMax()) {
            guests.decrementAndGet();
            connection.send(new Refusal(
                    ReplicationProtocol.Reason.UNAVAILABLE,
                    "as many transactions as may be are being forwarded by coordinators"
                            + " (--replication-forwarded-transactions-max)"));
            return Optional.empty();
        }
        CarrierLine line = new CarrierLine(
                new OfferForwarding(ReplicationProtocol.VERSION, identity, (int)
                        settings.aliveInterval().toMillis()),
                new CarriedWork(carrier, wanted.forwarder(), settings.memory()),
                event -> {
                    if (event instanceof CarrierLine.Event.Closed) {
                        guests.decrementAndGet();
                    }
                });
        line.opened(connection);
        line.sayAliveByItself();
        return Optional.of(line);
    }

    private String refusal(LineWanted wanted, @Nullable MainIdentity identity) {
        if (wanted.version() != ReplicationProtocol.VERSION) {
            return "it speaks version " + wanted.version() + " of the protocol, and this instance "
                    + ReplicationProtocol.VERSION;
        }
        if (!settings.wanted()) {
            return "this MAIN carries out nothing for others: --replication-forward-writes is off there";
        }
        return identity == null ? "this instance is not MAIN at the moment" : "";
    }

    /**
     * MAIN: keeps lines to a replica ready.
     *
     * @param identity who this MAIN is at the moment
     */
    public Behavior<LineKeeper.Message> keeper(
            Link link, ReplicaName replica, HostPort address, Supplier<MainIdentity> identity) {
        return LineKeeper.create(settings, carrier, link, replica, address, identity);
    }

    /** REPLICA: a line that its MAIN offers; it is used from now on. */
    public TakenLine take(LinkConnection connection, OfferForwarding offer) {
        ForwarderLine line = lines.add(connection, offer);
        return new TakenLine() {
            @Override
            public void heard(FromCarrier message) {
                line.heard(message);
            }

            @Override
            public void closed(String reason) {
                lines.ended(line, reason);
            }
        };
    }

    /** REPLICA: only this MAIN's lines, in this epoch, are used from now on. */
    public void follow(MainIdentity main) {
        lines.follow(main);
    }

    /** REPLICA: whoever was obeyed is not any more. */
    public void endAll(String reason) {
        lines.endAll(reason);
    }

    /** Hears what comes on a connection whose messages belong to a line. Any thread; one call at a time. */
    public interface TakenLine {
        /** Confirms the message. */
        void heard(FromCarrier message);

        void closed(String reason);
    }
}
