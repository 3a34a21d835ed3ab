package skein.simulation.cores;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.RegisteredInstance;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.CoordinatorProtocol.ShowRouting;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.simulation.coordinators.CoordinatorServer;
import skein.vocabulary.HostPort;

/** Where clients go: the newest table that any coordinator has answered. */
final class ClusterTables implements Clients.Directory {
    private static final long REFRESH_NANOS_MIN = 200_000_000L;
    private static final long REFRESH_NANOS_MAX = 2_000_000_000L;

    private final World world;
    private final List<CoordinatorServer> servers;
    private final List<CoreNode> nodes;
    private final ClusterTruth truth;
    private @Nullable CoreNode writer;
    private List<CoreNode> readers = List.of();

    ClusterTables(World world, List<CoordinatorServer> servers, List<CoreNode> nodes, ClusterTruth truth) {
        this.world = world;
        this.servers = servers;
        this.nodes = nodes;
        this.truth = truth;
    }

    void begin() {
        world.after(world.around(REFRESH_NANOS_MIN, REFRESH_NANOS_MAX), () -> {
            refresh();
            begin();
        });
    }

    private void refresh() {
        CoordinatorServer server = truth.any(servers);
        long index = truth.index();
        if (server.host().isUp()) {
            server.host().run(() -> server.ask(new ShowRouting(Optional.empty()), answer -> told(answer, index)));
        }
    }

    /** I9: one writer at most, and the MAIN of the reign that was opened last. */
    private void told(Answer answer, long index) {
        if (!(answer instanceof RoutingTable table)) {
            world.reached(Probe.NOT_SHOWN);
            return;
        }
        world.reached(Probe.SHOWN);
        ClusterTruth.check("I9", table.write().size() <= 1, "a table has the writers %s", table.write());
        List<HostPort> write = table.write();
        ClusterTruth.check(
                "I9",
                truth.wasOnce(
                        index,
                        state -> ClusterReigns.writer(state).map(RegisteredInstance::bolt).stream()
                                .toList()
                                .equals(write)),
                "a table has the writer %s, and nobody was MAIN there since entry %d",
                write,
                index);
        if (write.isEmpty()) {
            world.reached(Probe.TABLE_WITHOUT_WRITER);
        }
        writer = at(write).stream().findFirst().orElse(null);
        readers = at(table.read());
    }

    private List<CoreNode> at(List<HostPort> addresses) {
        Set<String> hosts = new TreeSet<>();
        addresses.forEach(address -> hosts.add(address.host()));
        return nodes.stream().filter(node -> hosts.contains(node.host().name())).toList();
    }

    @Override
    public @Nullable CoreNode writer() {
        return writer;
    }

    @Override
    public List<CoreNode> readers() {
        return readers;
    }
}
