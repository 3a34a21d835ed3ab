package skein.forwarding;

import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import skein.link.Link;
import skein.link.LinkConnection;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.OfferForwarding;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.query.Forwarding;
import skein.query.QueryTargets;
import skein.session.QueryService;
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

    /** MAIN: from now on forwarded transactions are carried out. */
    public void serve(QueryService sessions, QueryTargets databases) {
        carrier.serve(sessions, databases);
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
