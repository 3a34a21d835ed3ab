package skein.bolt.net;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import skein.bolt.core.ConnectionFacts;
import skein.bolt.message.BoltVersion;
import skein.session.Authentication;
import skein.session.QueryService;

/** What all connections of one server share. Thread-safe. */
final class BoltServices {
    private final BoltSettings settings;
    private final QueryService queries;
    private final Authentication authentication;
    private final Admission admission;
    private final RequestMemory memory;
    private final OutboundTotal outbound;
    private final Turns turns = new Turns();
    private final AtomicLong connectionNumber = new AtomicLong();
    private final Set<SessionThread> sessions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String boundAddress;

    BoltServices(BoltSettings settings, SharedMemory shared, QueryService queries, Authentication authentication) {
        this.settings = settings;
        this.queries = queries;
        this.authentication = authentication;
        this.admission = new Admission(settings.limits());
        this.memory = new RequestMemory(settings.limits().requestMemoryBytesMax(), shared);
        this.outbound = new OutboundTotal(settings.limits().outboundTotalBytesMax());
    }

    RequestMemory memory() {
        return memory;
    }

    OutboundTotal outbound() {
        return outbound;
    }

    Turns turns() {
        return turns;
    }

    BoltSettings settings() {
        return settings;
    }

    Authentication authentication() {
        return authentication;
    }

    Admission admission() {
        return admission;
    }

    Set<SessionThread> sessions() {
        return sessions;
    }

    void boundTo(String address) {
        boundAddress = address;
    }

    String nextConnectionId() {
        return "bolt-" + connectionNumber.incrementAndGet();
    }

    ConnectionFacts facts(String connectionId, BoltVersion version, boolean manifest) {
        String advertised = settings.advertisedAddress();
        String bound = boundAddress;
        return new ConnectionFacts(
                connectionId,
                version,
                manifest,
                settings.serverAgent(),
                queries.defaultDatabase(),
                advertised.isEmpty() && bound != null ? bound : advertised,
                settings.timeouts().keepAlive(),
                settings.timeouts().routingTtl(),
                settings.limits().openResultsMax());
    }

    SessionThread newSession(
            String connectionId,
            OutboundGate gate,
            RowBatch.BatchWriter out,
            SessionThread.JobListener listener,
            Runnable workInDoubt) {
        SessionThread session = new SessionThread(connectionId, queries, gate, out, listener, workInDoubt);
        sessions.add(session);
        var _ = session.ended().whenComplete((nothing, failure) -> sessions.remove(session));
        return session;
    }
}
