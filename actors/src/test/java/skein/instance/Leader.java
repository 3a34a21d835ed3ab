package skein.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.AssignmentRefused;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Role;
import skein.protocol.ManagementProtocol.Routes;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicationMode;

/** What a coordinator that leads says to data instances, said by a test. */
final class Leader implements AutoCloseable {
    private static final int MANAGEMENT_PORT = 9_000;
    private static final int REPLICATION_PORT = 10_000;

    private final Link link;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    UUID cluster = new UUID(11, 12);
    long term = 1;
    long index = 1;
    Duration lease = Duration.ofMinutes(1);
    ReplicationMode mode = ReplicationMode.SYNC;

    Leader(Link link) {
        this.link = link;
    }

    /** Says the same at once, and again whenever it is told to. */
    void assign(String instance, Role role) {
        lines.computeIfAbsent(instance, name -> new Line(link, new HostPort(name, MANAGEMENT_PORT)))
                .say(this, instance, role);
    }

    /** As a replica, whoever is MAIN. */
    void replica(String instance) {
        assign(instance, new ReplicaRole(0, Optional.empty(), Optional.empty(), REPLICATION_PORT));
    }

    void main(String instance, long reign, boolean opened, String... others) {
        assign(instance, mainRole(reign, opened, others));
    }

    MainRole mainRole(long reign, boolean opened, String... others) {
        return new MainRole(reign, opened, false, false, false, peers(others));
    }

    MainRole handingOver(long reign, String... others) {
        return new MainRole(reign, true, false, true, false, peers(others));
    }

    MainRole restricted(long reign, String... others) {
        return new MainRole(reign, true, false, false, true, peers(others));
    }

    private List<Peer> peers(String... others) {
        List<Peer> peers = new ArrayList<>();
        for (String other : others) {
            peers.add(new Peer(new InstanceName(other), new HostPort(other, REPLICATION_PORT), mode, false));
        }
        return peers;
    }

    /** Waits for such a report. */
    Report await(String instance, Predicate<Report> expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> last(instance).filter(expected).isPresent());
        return last(instance).orElseThrow();
    }

    List<AssignmentRefused> refusals(String instance) {
        return line(instance).refusals;
    }

    Optional<Report> last(String instance) {
        return Optional.ofNullable(line(instance).last);
    }

    private Line line(String instance) {
        return Invariant.present(lines.get(instance), "nothing was said to %s", instance);
    }

    static boolean hasJoined(Report report, String... names) {
        return report.replicas().stream()
                .filter(ReplicaReport::joined)
                .map(one -> one.name().value())
                .toList()
                .containsAll(List.of(names));
    }

    /** The connection of this instance ends. */
    void hangUp(String instance) {
        line(instance).close();
        lines.remove(instance);
    }

    @Override
    public void close() {
        lines.values().forEach(Line::close);
    }

    private static final class Line implements LinkListener {
        private final List<AssignmentRefused> refusals = new CopyOnWriteArrayList<>();
        private final AtomicLong numbers = new AtomicLong();
        private final Link.LinkHandle handle;
        private volatile @Nullable LinkConnection connection;
        private volatile @Nullable Report last;

        Line(Link link, HostPort address) {
            handle = link.connect(address, this);
        }

        void say(Leader leader, String instance, Role role) {
            Awaitility.await().until(() -> connection != null);
            Report seen = last;
            LinkConnection open = Invariant.present(connection, "not connected");
            open.send(new Assignment(
                    ManagementProtocol.VERSION,
                    leader.cluster,
                    leader.term,
                    leader.index,
                    numbers.incrementAndGet(),
                    seen == null ? 0 : seen.stamp(),
                    leader.lease,
                    new InstanceName(instance),
                    new HostPort(instance, 7687),
                    role,
                    new Routes(Duration.ofSeconds(10), List.of(), List.of(), List.of()),
                    Map.of()));
        }

        void close() {
            handle.close();
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
        }

        @Override
        public void received(WireMessage message) {
            if (message instanceof Report report) {
                last = report;
            } else if (message instanceof AssignmentRefused refused) {
                refusals.add(refused);
            }
            LinkConnection open = connection;
            if (open != null) {
                open.confirm();
            }
        }

        @Override
        public void closed(LinkClosed reason) {}
    }
}
