package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import skein.history.RegisterHistory;
import skein.history.RegisterHistory.Call;
import skein.history.RegisterHistory.Operation;
import skein.history.Transaction.Outcome;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.SetSetting;
import skein.protocol.CoordinatorProtocol.SettingRow;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.protocol.CoordinatorProtocol.ShowSettings;
import skein.simulation.World;
import skein.simulation.coordinators.ClusterTruth;
import skein.simulation.coordinators.CoordinatorServer;
import skein.vocabulary.ErrorCode;

/** I10: two settings that change nothing are registers, written and read through any coordinator. */
final class ClusterRegisters {
    private static final List<String> NAMES = List.of("deltas_batch_progress_size", "max_failover_replica_lag");
    private static final long FIRST_VALUE = 1_000_000_000L;
    private static final long THINK_NANOS_MAX = 12_000_000_000L;
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private final World world;
    private final List<CoordinatorServer> servers;
    private final ClusterTruth truth;
    private final List<Operation> operations = new ArrayList<>();
    private long values = FIRST_VALUE;
    private boolean over;

    ClusterRegisters(World world, List<CoordinatorServer> servers, ClusterTruth truth) {
        this.world = world;
        this.truth = truth;
        this.servers = servers;
    }

    void begin(int clients) {
        for (int i = 0; i < clients; i++) {
            next();
        }
    }

    void end() {
        over = true;
    }

    private void next() {
        world.after(world.around(0, THINK_NANOS_MAX), () -> {
            if (!over) {
                new Attempt().begin();
            }
        });
    }

    void judge() {
        RegisterHistory.Verdict verdict = new RegisterHistory(operations).check();
        ClusterTruth.check("I10", verdict.broken().isEmpty(), "registers %s: %s", verdict.broken(), operations);
    }

    /** One operation. */
    private final class Attempt {
        private final int key = world.random().nextInt(NAMES.size());
        private final boolean writes = world.random().nextBoolean();
        private final long value = ++values;
        private final long begun = world.nanos();
        private boolean answered;

        void begin() {
            CoordinatorServer server = truth.any(servers);
            world.after(PATIENCE_NANOS, () -> end(Outcome.UNKNOWN, OptionalLong.empty()));
            server.host()
                    .run(() -> server.ask(
                            writes ? new SetSetting(NAMES.get(key), String.valueOf(value)) : new ShowSettings(),
                            this::told));
        }

        private void told(Answer answer) {
            switch (answer) {
                case Done _ -> end(Outcome.COMMITTED, OptionalLong.empty());
                case Settings(List<SettingRow> rows) -> end(Outcome.COMMITTED, read(rows));
                case Refused(var reason) ->
                    end(
                            reason.code() == ErrorCode.COMMIT_UNKNOWN ? Outcome.UNKNOWN : Outcome.FAILED,
                            OptionalLong.empty());
                default -> end(Outcome.FAILED, OptionalLong.empty());
            }
        }

        private OptionalLong read(List<SettingRow> rows) {
            return rows.stream()
                    .filter(row -> row.name().equals(NAMES.get(key)))
                    .filter(row ->
                            row.value().length() <= String.valueOf(FIRST_VALUE).length())
                    .mapToLong(row -> Long.parseLong(row.value()))
                    .filter(present -> present > FIRST_VALUE)
                    .findFirst();
        }

        private void end(Outcome outcome, OptionalLong read) {
            if (!answered) {
                answered = true;
                Call call = writes ? new Call.Write(value) : new Call.Read(read);
                operations.add(new Operation(key, begun, world.nanos(), outcome, call));
                next();
            }
        }
    }
}
