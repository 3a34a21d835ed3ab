package skein.simulation.raft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import skein.coordination.core.CoordinatorSetting;
import skein.history.RegisterHistory.Call;
import skein.history.RegisterHistory.Operation;
import skein.history.Transaction.Outcome;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.RegisterInstance;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.SetSetting;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.protocol.CoordinatorProtocol.ShowInstances;
import skein.protocol.CoordinatorProtocol.ShowSettings;
import skein.protocol.CoordinatorProtocol.Unavailable;
import skein.protocol.CoordinatorProtocol.UnregisterInstance;
import skein.protocol.CoordinatorProtocol.UpdateInstance;
import skein.simulation.World;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/**
 * People who register, move and unregister instances, set settings and look, on any coordinator. Each instance is a
 * register that holds its Bolt address or that there is none, each of some settings a register that holds its value.
 */
final class ClusterClients implements RaftWorkload {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long THINK_NANOS_MIN = 100_000_000;
    private static final int INSTANCES = 6;
    private static final int SETTINGS_FROM = 100;
    private static final long ABSENT = -1;
    private static final int PORT = 7687;

    /** Numbers that decide nothing as long as no instance can be reached. */
    private static final List<CoordinatorSetting> REGISTERS = List.of(
            CoordinatorSetting.MAX_FAILOVER_REPLICA_LAG,
            CoordinatorSetting.MAX_REPLICA_READ_LAG,
            CoordinatorSetting.DELTAS_BATCH_PROGRESS_SIZE);

    private final World world;
    private final RaftSwarm swarm;
    private final List<CoordinatorHost> hosts;
    private final RaftTruth truth;
    private long nextValue = 1_000_000_000;
    private boolean over;

    ClusterClients(World world, RaftSwarm swarm, List<CoordinatorHost> hosts, RaftTruth truth) {
        this.world = world;
        this.swarm = swarm;
        this.hosts = hosts;
        this.truth = truth;
    }

    @Override
    public void begin() {
        for (int key = 0; key < INSTANCES; key++) {
            initially(key, ABSENT);
        }
        for (int i = 0; i < REGISTERS.size(); i++) {
            initially(SETTINGS_FROM + i, ABSENT);
        }
        for (int i = 0; i < swarm.clients(); i++) {
            next();
        }
    }

    private void initially(long key, long value) {
        truth.operation(new Operation(key, 0, 0, Outcome.COMMITTED, new Call.Write(value)));
    }

    @Override
    public void end() {
        over = true;
    }

    private void next() {
        world.after(world.around(THINK_NANOS_MIN, THINK_NANOS_MIN + 4 * swarm.thinkNanos()), () -> {
            if (!over) {
                CoordinatorHost host = hosts.get(world.random().nextInt(hosts.size()));
                if (host.mayBeAsked()) {
                    new Attempt(host).begin();
                } else {
                    next();
                }
            }
        });
    }

    /** One request. */
    private final class Attempt {
        private final CoordinatorHost host;
        private final long begun = world.nanos();
        private final boolean ofSetting = world.random().nextInt(3) == 0;
        private final int chosen = world.random().nextInt(ofSetting ? REGISTERS.size() : INSTANCES);
        private final long key = ofSetting ? SETTINGS_FROM + chosen : chosen;
        private final long value = nextValue++;
        private final Request request = request();
        private boolean answered;

        Attempt(CoordinatorHost host) {
            this.host = host;
        }

        private Request request() {
            boolean reads = world.random().nextBoolean();
            if (ofSetting) {
                return reads ? new ShowSettings() : new SetSetting(setting().shown(), Long.toString(value));
            }
            InstanceName name = new InstanceName("d" + chosen);
            HostPort bolt = new HostPort("h" + value, PORT);
            if (reads) {
                return new ShowInstances();
            }
            return switch (world.random().nextInt(4)) {
                case 0 -> new UnregisterInstance(name);
                case 1 -> new UpdateInstance(name, Optional.of(bolt), Optional.empty());
                default ->
                    new RegisterInstance(
                            name,
                            ReplicationMode.SYNC,
                            bolt,
                            new HostPort("m" + chosen, PORT),
                            new HostPort("r" + chosen, PORT),
                            false);
            };
        }

        private CoordinatorSetting setting() {
            return REGISTERS.get(chosen);
        }

        void begin() {
            host.ask(request, this::answer);
            world.after(PATIENCE_NANOS, () -> ended(Outcome.UNKNOWN, OptionalLong.empty()));
        }

        private void answer(Answer answer) {
            switch (answer) {
                case Done _ -> ended(Outcome.COMMITTED, OptionalLong.empty());
                case Refused(var reason) ->
                    ended(
                            reason.code() == ErrorCode.COMMIT_UNKNOWN ? Outcome.UNKNOWN : Outcome.FAILED,
                            OptionalLong.empty());
                case Unavailable _ -> ended(Outcome.FAILED, OptionalLong.empty());
                case Settings(var rows) ->
                    ended(
                            Outcome.COMMITTED,
                            OptionalLong.of(rows.stream()
                                    .filter(row -> row.name().equals(setting().shown()))
                                    .mapToLong(row -> valueOf(row.value()))
                                    .sum()));
                case Instances(var rows) ->
                    ended(
                            Outcome.COMMITTED,
                            OptionalLong.of(rows.stream()
                                    .filter(row -> row.name().equals("d" + chosen))
                                    .mapToLong(row -> Long.parseLong(HostPort.parse(row.bolt(), PORT)
                                            .host()
                                            .substring(1)))
                                    .findFirst()
                                    .orElse(ABSENT)));
                default -> throw new AssertionError("an answer to something else: " + answer);
            }
        }

        /** What it was at first counts as nothing. */
        private long valueOf(String text) {
            return text.length() == Long.toString(value).length() ? Long.parseLong(text) : ABSENT;
        }

        private void ended(Outcome outcome, OptionalLong read) {
            if (answered) {
                return;
            }
            answered = true;
            truth.operation(new Operation(key, begun, world.nanos(), outcome, call(read)));
            world.trace().note("client", request.getClass().getSimpleName(), key, value, outcome);
            boolean reads = request instanceof ShowSettings || request instanceof ShowInstances;
            truth.reached(
                    switch (outcome) {
                        case COMMITTED -> reads ? RaftProbe.READ_ANSWERED : RaftProbe.WRITE_COMMITTED;
                        case FAILED -> reads ? RaftProbe.READ_REFUSED : RaftProbe.WRITE_REFUSED;
                        case UNKNOWN -> RaftProbe.WRITE_UNKNOWN;
                    });
            next();
        }

        private Call call(OptionalLong read) {
            return switch (request) {
                case ShowSettings _ -> new Call.Read(read);
                case ShowInstances _ -> new Call.Read(read);
                case UnregisterInstance _ -> new Call.Write(ABSENT);
                case RegisterInstance _ -> new Call.CompareAndSet(ABSENT, value);
                default -> new Call.Write(value);
            };
        }
    }
}
