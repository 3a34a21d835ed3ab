package skein.simulation.cores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import skein.coordination.core.Appointment;
import skein.coordination.core.ClusterChange;
import skein.coordination.core.ClusterState;
import skein.coordination.core.CoordinatorAddress;
import skein.coordination.core.CoordinatorSetting;
import skein.coordination.core.Holder;
import skein.coordination.core.RegisteredInstance;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.Request;
import skein.simulation.Probe;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.simulation.coordinators.CoordinatorServer;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * Who runs a cluster with coordinators, one command at a time, through any of them: makes it what it is meant to be,
 * and now and then something else.
 */
final class ClusterOperator {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(70).toNanos();
    private static final long CALM_PATIENCE_NANOS = Duration.ofSeconds(12).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(45).toNanos();
    private static final int BOLT_PORTS = 20_000;
    private static final String COUNTING_STILL = "register first who still counts";

    private final World world;
    private final List<CoordinatorServer> servers;
    private final List<CoreNode> nodes;
    private final ClusterSwarm settings;
    private final ClusterTruth truth;
    private final Map<String, ReplicationMode> modes = new TreeMap<>();
    private final Set<Integer> wanted = new TreeSet<>();
    private final List<NotDone> notDone = new ArrayList<>();
    private final long patienceNanos;
    private long command;
    private long commands;
    private int boltPorts = BOLT_PORTS;
    private long mainSeenNanos;
    private long wellSeenNanos;
    private boolean calm;

    /** It was said that nothing was done: no such change may ever be found after the entry. */
    private record NotDone(String text, long index, Predicate<ClusterChange> change) {}

    ClusterOperator(
            World world,
            List<CoordinatorServer> servers,
            List<CoreNode> nodes,
            ClusterSwarm settings,
            ClusterTruth truth) {
        this.world = world;
        this.servers = servers;
        this.nodes = nodes;
        this.settings = settings;
        this.truth = truth;
        this.patienceNanos = Duration.ofSeconds(world.random().nextInt(1, 20)).toNanos();
        for (int id = 1; id <= settings.coordinators(); id++) {
            wanted.add(id);
        }
        nodes.forEach(node -> modes.put(node.host().name(), drawMode(node)));
    }

    /** Whoever is MAIN, there are as many QUORUM replicas as a commit needs. */
    private ReplicationMode drawMode(CoreNode node) {
        ReplicationMode drawn = settings.data().mix().draw(world.random());
        if (settings.data().mix().strongest() != ReplicationMode.QUORUM) {
            return drawn;
        }
        long others = nodes.stream()
                .filter(other -> other != node)
                .filter(other ->
                        modes.getOrDefault(other.host().name(), ReplicationMode.QUORUM) == ReplicationMode.QUORUM)
                .count();
        return others <= settings.data().quorum() ? ReplicationMode.QUORUM : drawn;
    }

    void begin() {
        world.after(LOOK_NANOS, () -> {
            if (command == 0) {
                look();
            }
            begin();
        });
    }

    /** No more than what is needed from now on. */
    void calm() {
        calm = true;
        wellSeenNanos = world.nanos();
        if (command != 0) {
            long mine = command;
            world.after(CALM_PATIENCE_NANOS, () -> end(mine));
        }
    }

    /** It is at rest, or nearly. */
    void seesThatAllIsWell() {
        wellSeenNanos = world.nanos();
    }

    private void look() {
        ClusterState state = truth.present();
        if (state.main().filter(Appointment::opened).isPresent()) {
            mainSeenNanos = world.nanos();
        }
        Optional<Request> next = formation(state)
                .or(() -> settings(state))
                .or(() -> registration(state))
                .or(() -> lost(state))
                .or(() -> stranded(state))
                .or(() -> main(state))
                .or(() -> repair(state));
        next.ifPresent(this::ask);
    }

    private Optional<Request> formation(ClusterState state) {
        Set<Integer> named = new TreeSet<>();
        state.coordinators().stream().map(CoordinatorAddress::id).forEach(named::add);
        for (int id : truth.wiped()) {
            if (named.contains(id)) {
                return Optional.of(new CoordinatorProtocol.RemoveCoordinator(id));
            }
        }
        for (int id : wanted) {
            if (!named.contains(id)) {
                CoordinatorServer server = servers.get(id - 1);
                return Optional.of(new CoordinatorProtocol.AddCoordinator(
                        id,
                        server.bolt(),
                        server.self().coordinator(),
                        Optional.of(server.self().management())));
            }
        }
        return named.stream()
                .filter(id -> !wanted.contains(id))
                .findFirst()
                .map(id -> servers.get(id - 1).leads()
                        ? new CoordinatorProtocol.YieldLeadership()
                        : new CoordinatorProtocol.RemoveCoordinator(id));
    }

    private Optional<Request> settings(ClusterState state) {
        return set(state, CoordinatorSetting.INSTANCE_HEALTH_CHECK_FREQUENCY_SEC, "1", seconds(settings.checkMillis()))
                .or(() -> set(state, CoordinatorSetting.INSTANCE_DOWN_TIMEOUT_SEC, "5", seconds(settings.downMillis())))
                .or(() -> set(
                        state, CoordinatorSetting.ON_COORDINATOR_LOSS, "keep", settings.keep() ? "keep" : "read_only"))
                .or(() ->
                        set(state, CoordinatorSetting.SYNC_FAILOVER_ONLY, "true", String.valueOf(settings.syncOnly())))
                .or(() -> set(state, CoordinatorSetting.GLOBAL_READ_ONLY, "false", "false"));
    }

    private static String seconds(long millis) {
        return new java.math.BigDecimal(millis)
                .movePointLeft(3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Optional<Request> set(ClusterState state, CoordinatorSetting setting, String initial, String value) {
        String present = state.settings().values().getOrDefault(setting, initial);
        return present.equals(value)
                ? Optional.empty()
                : Optional.of(new CoordinatorProtocol.SetSetting(setting.shown(), value));
    }

    private Optional<Request> registration(ClusterState state) {
        return nodes.stream()
                .filter(node ->
                        state.instances().stream().noneMatch(one -> one.name().equals(node.name())))
                .findFirst()
                .map(this::register);
    }

    private Request register(CoreNode node) {
        return new CoordinatorProtocol.RegisterInstance(
                node.name(),
                modes.getOrDefault(node.host().name(), ReplicationMode.ASYNC),
                new HostPort(node.host().name(), ++boltPorts),
                node.managementAddress(),
                node.replicationAddress(),
                calm || world.random().nextBoolean());
    }

    /** Who held the last reign and has lost its disk is given up where nobody is MAIN: the manual says so. */
    private Optional<Request> lost(ClusterState state) {
        return calm && state.main().isEmpty()
                ? state.holders().stream()
                        .filter(this::hasOtherData)
                        .findFirst()
                        .map(holder -> new CoordinatorProtocol.UnregisterInstance(holder.name()))
                : Optional.empty();
    }

    /** Holders that count for no quorum refuse to be MAIN: they are given up, so that a QUORUM replica may be named. */
    private Optional<Request> stranded(ClusterState state) {
        boolean none = calm
                && state.main().isEmpty()
                && !quorumReplicas(state).isEmpty()
                && state.holders().stream().noneMatch(holder -> mayCount(state, holder.name()));
        return none
                ? state.holders().stream()
                        .findFirst()
                        .map(holder -> new CoordinatorProtocol.UnregisterInstance(holder.name()))
                : Optional.empty();
    }

    /** A QUORUM replica, or who was MAIN last. */
    private static boolean mayCount(ClusterState state, InstanceName name) {
        return quorumReplicas(state).contains(name)
                || state.failovers().stream()
                        .filter(row -> row.durationMillis() >= 0)
                        .findFirst()
                        .filter(row -> row.to().equals(name.value()))
                        .isPresent();
    }

    private static List<InstanceName> quorumReplicas(ClusterState state) {
        return state.instances().stream()
                .filter(instance -> instance.mode() == ReplicationMode.QUORUM)
                .map(RegisteredInstance::name)
                .toList();
    }

    private boolean hasOtherData(Holder holder) {
        return nodes.stream()
                .filter(node -> node.name().equals(holder.name()))
                .map(CoreNode::role)
                .anyMatch(role -> role != null && !role.state().instance().equals(holder.instance()));
    }

    private Optional<Request> main(ClusterState state) {
        boolean missed = world.nanos() - mainSeenNanos > patienceNanos || state.appointment() == null;
        if (state.main().isPresent() || !missed) {
            return Optional.empty();
        }
        List<InstanceName> able = state.holders().isEmpty()
                ? state.instances().stream().map(RegisteredInstance::name).toList()
                : state.holders().stream().map(Holder::name).toList();
        boolean quorum = calm && !quorumReplicas(state).isEmpty();
        if (quorum && able.stream().anyMatch(name -> mayCount(state, name))) {
            able = able.stream().filter(name -> mayCount(state, name)).toList();
        }
        return Optional.of(new CoordinatorProtocol.SetInstanceToMain(
                able.get(world.random().nextInt(able.size())), false));
    }

    /** What a runbook says to do about a cluster that does not become well. */
    private Optional<Request> repair(ClusterState state) {
        if (!calm || state.main().isEmpty()) {
            return Optional.empty();
        }
        if (state.paused()) {
            return Optional.of(new CoordinatorProtocol.PauseFailover(false));
        }
        if (world.nanos() - wellSeenNanos < STUCK_NANOS) {
            return Optional.empty();
        }
        InstanceName main = state.main().get().name();
        boolean reigns = nodes.stream()
                .filter(node -> node.name().equals(main))
                .map(CoreNode::role)
                .anyMatch(role -> role != null && role.isSteadyMain());
        Optional<InstanceName> counting = countingStill(state, main);
        if (counting.isPresent()) {
            wellSeenNanos = world.nanos();
            modes.put(counting.get().value(), ReplicationMode.QUORUM);
            return counting.map(CoordinatorProtocol.UnregisterInstance::new);
        }
        if (!reigns) {
            // it has lost its data, and nobody else may follow it by himself
            wellSeenNanos = world.nanos(); // who comes next gets time, too
            return Optional.of(new CoordinatorProtocol.DemoteInstance(main));
        }
        List<InstanceName> strangers = state.instances().stream()
                .map(RegisteredInstance::name)
                .filter(name -> state.holders().stream()
                        .noneMatch(holder -> holder.name().equals(name)))
                .filter(name -> !name.equals(main))
                .toList();
        // taken out, it is registered again with RESYNC
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(new CoordinatorProtocol.UnregisterInstance(
                        strangers.get(world.random().nextInt(strangers.size()))));
    }

    /**
     * Who counts for QUORUM by the records and was registered anew in another mode, so that MAIN can record nobody:
     * MAIN names it in its trouble. It has to be a QUORUM replica again.
     */
    private Optional<InstanceName> countingStill(ClusterState state, InstanceName main) {
        String trouble = nodes.stream()
                .filter(node -> node.name().equals(main))
                .map(CoreNode::agent)
                .map(agent -> agent == null ? "" : agent.trouble())
                .findFirst()
                .orElse("");
        int from = trouble.indexOf(COUNTING_STILL);
        return from < 0
                ? Optional.empty()
                : state.instances().stream()
                        .filter(instance -> instance.mode() != ReplicationMode.QUORUM)
                        .map(RegisteredInstance::name)
                        .filter(name -> trouble.indexOf(" " + name + " at ", from) >= 0)
                        .findFirst();
    }

    /** Somebody wants something. */
    void wish() {
        if (command != 0 || calm || truth.present().coordinators().size() < wanted.size()) {
            return;
        }
        CoreNode node = nodes.get(world.random().nextInt(nodes.size()));
        switch (world.random().nextInt(12)) {
            case 0, 1, 2 -> ask(new CoordinatorProtocol.SetInstanceToMain(node.name(), true));
            case 3 -> ask(new CoordinatorProtocol.SetInstanceToMain(node.name(), false));
            case 4 -> ask(new CoordinatorProtocol.DemoteInstance(node.name()));
            case 5, 6 -> {
                modes.put(node.host().name(), drawMode(node));
                ask(new CoordinatorProtocol.UnregisterInstance(node.name()));
            }
            case 7 -> ask(new CoordinatorProtocol.YieldLeadership());
            case 8 -> ask(new CoordinatorProtocol.PauseFailover(world.chance(0.3)));
            case 9 -> ask(new CoordinatorProtocol.ForceReset());
            case 10 -> ask(new CoordinatorProtocol.SetSetting("global_read_only", "true"));
            case 11 -> ask(new CoordinatorProtocol.ShowCandidates());
            default -> throw new IllegalStateException();
        }
    }

    /** Another coordinator instead of one. */
    void exchange() {
        if (!calm && truth.wiped().isEmpty() && servers.size() > wanted.size() && wanted.size() > 1) {
            List<Integer> in = List.copyOf(wanted);
            wanted.remove(in.get(world.random().nextInt(in.size())));
            List<Integer> out = new ArrayList<>();
            servers.forEach(server -> out.add(server.self().id()));
            out.removeAll(in);
            wanted.add(out.getFirst());
        }
    }

    /** Nobody is about to change who the coordinators are, and all are as they are meant to be. */
    boolean leavesCoordinatorsAlone() {
        Set<Integer> named = new TreeSet<>();
        truth.present().coordinators().forEach(one -> named.add(one.id()));
        return command == 0 && !calm && named.equals(wanted) && truth.wiped().isEmpty();
    }

    private void ask(Request request) {
        CoordinatorServer server = truth.any(servers);
        world.trace()
                .note(
                        "operator",
                        request.getClass().getSimpleName(),
                        server.self().id(),
                        0,
                        request);
        long mine = ++commands;
        command = mine;
        long index = truth.index();
        world.after(calm ? CALM_PATIENCE_NANOS : PATIENCE_NANOS, () -> end(mine));
        server.host()
                .run(() -> server.ask(
                        request,
                        answer -> world.after(300_000, () -> {
                            told(request, answer, index);
                            end(mine);
                        })));
        if (!server.host().isUp()) {
            world.after(1_000_000, () -> end(mine));
        }
    }

    private void end(long mine) {
        if (command == mine) {
            command = 0;
        }
    }

    /** I10, I14: what is said to be done is in the log, and what is said not to be done is not. */
    private void told(Request request, Answer answer, long index) {
        switch (answer) {
            case Done _ -> {
                world.reached(Probe.COMMAND_DONE);
                changeOf(request)
                        .ifPresent(change -> ClusterTruth.check(
                                "I14",
                                truth.changesAfter(index).stream().anyMatch(change),
                                "%s is said to be done, and nothing was committed",
                                request));
            }
            case Refused(var reason) -> {
                world.trace().note("operator", "is refused", 0, 0, reason.getMessage());
                boolean unknown = reason.code() == ErrorCode.COMMIT_UNKNOWN;
                world.reached(unknown ? Probe.COMMAND_UNKNOWN : Probe.COMMAND_REFUSED);
                if (!unknown && request instanceof CoordinatorProtocol.RegisterInstance) {
                    changeOf(request).ifPresent(change -> notDone.add(new NotDone(request.toString(), index, change)));
                }
            }
            default -> world.reached(Probe.SHOWN);
        }
    }

    private static Optional<Predicate<ClusterChange>> changeOf(Request request) {
        return switch (request) {
            case CoordinatorProtocol.RegisterInstance asked ->
                Optional.of(change -> change instanceof ClusterChange.InstanceRegistered(var instance)
                        && instance.bolt().equals(asked.bolt()));
            case CoordinatorProtocol.UnregisterInstance(var name) ->
                Optional.of(
                        change -> change instanceof ClusterChange.InstanceUnregistered(var gone) && gone.equals(name));
            case CoordinatorProtocol.SetInstanceToMain(var name, boolean _) ->
                Optional.of(change -> change instanceof ClusterChange.Appointed(var row)
                        && row.to().equals(name.value()));
            case CoordinatorProtocol.DemoteInstance _ -> Optional.of(change -> change instanceof ClusterChange.Ended);
            case CoordinatorProtocol.SetSetting(String name, String value) ->
                Optional.of(change -> change instanceof ClusterChange.SettingChanged(String set, String to)
                        && set.equals(name)
                        && to.equals(value));
            case CoordinatorProtocol.PauseFailover(boolean pause) ->
                Optional.of(
                        change -> change instanceof ClusterChange.FailoverPaused(boolean paused) && paused == pause);
            default -> Optional.empty();
        };
    }

    /** The end. */
    void judge() {
        for (NotDone one : notDone) {
            ClusterTruth.check(
                    "I14",
                    truth.changesAfter(one.index()).stream().noneMatch(one.change()),
                    "%s was said not to be done, and is",
                    one.text());
        }
    }
}
