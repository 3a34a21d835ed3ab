package skein.simulation.cores;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skein.coordination.core.Appointment;
import skein.coordination.core.ClusterChange;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorSetting;
import skein.coordination.core.Holder;
import skein.coordination.core.RegisteredInstance;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.role.core.RoleEvent;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.vocabulary.Epoch;
import skein.vocabulary.InstanceName;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicationMode;

/** What coordinators have agreed on about reigns, and what of it clients may rely on. */
final class ClusterReigns implements Reigns, ClusterTruth.Listener {
    private final World world;
    private final ClusterSwarm settings;
    private final Truth truth;
    private final ClusterTruth cluster;
    private final Set<Long> opened = new HashSet<>();
    private long openedReign;

    /** By the word of people, nobody is left who has to have everything. */
    private boolean givenUp;

    ClusterReigns(World world, ClusterSwarm settings, Truth truth, ClusterTruth cluster) {
        this.world = world;
        this.settings = settings;
        this.truth = truth;
        this.cluster = cluster;
    }

    @Override
    public void committed(ClusterChange change, ClusterState before, ClusterState after) {
        if (before.equals(after)) {
            return;
        }
        switch (change) {
            case ClusterChange.Appointed(FailoverRow row) -> appointed(row, before);
            case ClusterChange.Opened(long reign, var _, long _) -> opened(reign);
            case ClusterChange.Joined(long _, Holder holder) -> joined(holder);
            case ClusterChange.InstanceUnregistered(InstanceName name) -> unregistered(name, before, after);
            default -> {}
        }
    }

    /** I1: only who holds what the last opened reign promised. */
    private void appointed(FailoverRow row, ClusterState before) {
        world.reached(Probe.REIGN_APPOINTED);
        Appointment last = before.appointment();
        if (last != null && !last.opened()) {
            world.reached(Probe.REIGN_NEVER_OPENED);
        }
        truth.check("I2", row.reign() > (last == null ? 0 : last.reign()), () -> row + " does not follow " + last);
        List<InstanceName> holders = before.holders().stream().map(Holder::name).toList();
        truth.check(
                "I1",
                holders.isEmpty() || holders.contains(new InstanceName(row.to())),
                () -> row.to() + " is appointed, and holders are " + holders);
        boolean byItself = !row.cause().startsWith("SET INSTANCE")
                && !row.cause().equals("SWITCHOVER")
                && !row.cause().startsWith("FORCE RESET");
        if (byItself) {
            world.reached(Probe.FAILED_OVER);
            truth.check(
                    "I1",
                    modeOf(row.to(), before) != ReplicationMode.ASYNC || !syncOnly(before),
                    () -> row.to() + " is ASYNC, and is appointed");
            truth.check(
                    "I12",
                    row.from().equals(row.to())
                            || modeOf(row.to(), before) != ReplicationMode.ASYNC
                            || !countsForNoQuorum(row.to(), before),
                    () -> row.to() + " counts for no quorum, and is appointed");
        } else if (row.cause().equals("SWITCHOVER")) {
            world.reached(Probe.SWITCHED_OVER);
        }
    }

    /** It would refuse: others are QUORUM replicas, and it was not MAIN of the last reign that was opened. */
    private static boolean countsForNoQuorum(String name, ClusterState state) {
        return state.instances().stream().anyMatch(other -> other.mode() == ReplicationMode.QUORUM)
                && state.failovers().stream()
                        .filter(row -> row.durationMillis() >= 0)
                        .findFirst()
                        .filter(row -> row.to().equals(name))
                        .isEmpty();
    }

    private static boolean syncOnly(ClusterState state) {
        return !state.settings()
                .values()
                .getOrDefault(CoordinatorSetting.SYNC_FAILOVER_ONLY, "true")
                .equals("false");
    }

    private static ReplicationMode modeOf(String name, ClusterState state) {
        return state.instances().stream()
                .filter(instance -> instance.name().value().equals(name))
                .map(RegisteredInstance::mode)
                .findFirst()
                .orElse(ReplicationMode.ASYNC);
    }

    private void opened(long reign) {
        world.reached(Probe.REIGN_OPENED);
        openedReign = reign;
        opened.add(reign);
        givenUp = false;
        truth.opened(reign);
    }

    /** I1; with QUORUM a promotion asks others too, and of ASYNC nothing is promised. */
    private void joined(Holder holder) {
        CoreNode node = truth.named(holder.name().value());
        CoreRole role = node.role();
        boolean isIt = role != null && role.state().instance().equals(holder.instance());
        if (isIt
                && switch (modeOf(holder.name().value(), cluster.present())) {
                    case SYNC, STRICT_SYNC -> true;
                    case QUORUM, ASYNC -> false;
                }) {
            truth.counted(node);
        }
    }

    private void unregistered(InstanceName name, ClusterState before, ClusterState after) {
        truth.dropped(new skein.vocabulary.ReplicaName(name.value()));
        boolean held =
                before.holders().stream().anyMatch(holder -> holder.name().equals(name));
        if (held && after.holders().isEmpty()) {
            world.reached(Probe.HOLDERS_GIVEN_UP);
            givenUp = true;
        }
    }

    /**
     * I2: in the reign that was opened last, unless clocks did what leases do not allow for. A write that the MAIN has
     * taken over may be answered late by the one before.
     */
    @Override
    public void acknowledged(CoreNode node, LogPosition position, boolean there) {
        long reign = Epoch.termOf(position.epoch().number());
        truth.check(
                "I2", reign <= openedReign, () -> node + " acknowledges in reign " + reign + ", which is not opened");
        truth.check(
                "I2",
                reign == openedReign || there || !settings.leasesHold(),
                () -> node + " acknowledges " + position + ", and reign " + openedReign + " is open");
        if (!(node.grant().answersUnconfirmed(node.host().nanos()))) {
            world.reached(Probe.ACK_WITHOUT_LEASE);
        }
    }

    @Override
    public boolean isOver(long reign) {
        return reign < openedReign;
    }

    @Override
    public boolean isNobodys(Operation operation) {
        LogPosition position = operation.position();
        return operation.isOwn()
                && position != null
                && !opened.contains(Epoch.termOf(position.epoch().number()));
    }

    /** The reign that begins by this; 0 when none does. */
    static long termOf(RoleEvent event) {
        return switch (event) {
            case RoleEvent.BecameMain(var _, Epoch epoch) -> Epoch.termOf(epoch.number());
            case RoleEvent.Promoted(var _, Epoch epoch, var _, boolean _) -> Epoch.termOf(epoch.number());
            default -> 0;
        };
    }

    @Override
    public boolean keeps() {
        return settings.data().mix().strongest() != ReplicationMode.ASYNC;
    }

    @Override
    public boolean mayLose(CoreNode node) {
        return givenUp || modeOf(node.host().name(), cluster.present()) == ReplicationMode.ASYNC;
    }

    /** The Bolt address of whom clients shall write to. */
    static Optional<RegisteredInstance> writer(ClusterState state) {
        return state.main()
                .filter(Appointment::opened)
                .flatMap(main -> state.instances().stream()
                        .filter(instance -> instance.name().equals(main.name()))
                        .findFirst());
    }
}
