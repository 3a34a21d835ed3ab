package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.config.InstanceKind;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.coordination.CoordinatorMeter;
import skein.instance.FaultyDisk.Fault;
import skein.link.tcp.LinkSecurity;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.Instances;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.SettingRow;
import skein.protocol.CoordinatorProtocol.Settings;
import skein.raft.RaftMeter;
import skein.user.UserDirectory;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** Three coordinators of this process; the disk of the one that leads fails. */
class CoordinatorDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Map<Integer, Coordinator> coordinators = new HashMap<>();

    /** One of them, with the ports that it had before. */
    private final class Coordinator {
        private final int id;
        private final ResolvedSettings settings;
        private final FaultyDisk disk = new FaultyDisk();
        private final CompletableFuture<SkeinException> fatal = new CompletableFuture<>();
        private @Nullable CoordinatorInstance instance;

        Coordinator(int id) {
            this.id = id;
            this.settings = ResolvedSettings.resolve(new SettingSources(
                    Map.of(),
                    Map.of(
                            "SKEIN_COORDINATOR_ID", String.valueOf(id),
                            "SKEIN_COORDINATOR_HOSTNAME", "localhost",
                            "SKEIN_COORDINATOR_PORT", String.valueOf(freePort()),
                            "SKEIN_MANAGEMENT_PORT", String.valueOf(freePort()),
                            "SKEIN_DATA_DIRECTORY", directory.resolve("c" + id).toString()),
                    Optional.empty(),
                    Optional.empty()));
        }

        InstanceKind.Coordinator kind() {
            return (InstanceKind.Coordinator) InstanceKind.of(settings);
        }

        void start() {
            instance = CoordinatorInstance.start(
                    settings,
                    kind(),
                    new UserDirectory(),
                    new LinkSecurity.ThisMachineOnly(),
                    new CoordinatorInstance.Meters(CoordinatorMeter.NONE, RaftMeter.NONE),
                    disk,
                    fatal::complete);
        }

        void stop() {
            CoordinatorInstance running = instance;
            instance = null;
            if (running != null) {
                running.close();
            }
        }

        CompletableFuture<Answer> ask(Request request) {
            CoordinatorInstance running = Objects.requireNonNull(instance, "started");
            return AskPattern.<CoordinatorProtocol.Message, Answer>ask(
                            running.coordinator(),
                            replyTo -> new CoordinatorProtocol.Ask(request, replyTo),
                            PATIENCE,
                            running.system().scheduler())
                    .toCompletableFuture();
        }

        /** As often as it takes. */
        <T extends Answer> T eventually(Request request, Class<T> type) {
            return type.cast(
                    Awaitility.await().atMost(PATIENCE).until(() -> ask(request).get(), type::isInstance));
        }

        Request addition() {
            return new CoordinatorProtocol.AddCoordinator(
                    id, new HostPort("localhost", id), kind().coordinator(), Optional.of(kind().management()));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void form() {
        for (int id = 1; id <= 3; id++) {
            coordinators.put(id, new Coordinator(id));
            at(id).start();
        }
        for (int id = 1; id <= 3; id++) {
            at(1).eventually(at(id).addition(), Done.class);
        }
    }

    @AfterEach
    void stop() {
        coordinators.values().forEach(one -> one.disk.is(Fault.NONE));
        coordinators.values().forEach(Coordinator::stop);
    }

    private Coordinator at(int id) {
        return Objects.requireNonNull(coordinators.get(id));
    }

    private static Request set(int value) {
        return new CoordinatorProtocol.SetSetting("max_replica_read_lag", String.valueOf(value));
    }

    private String shownBy(int id) {
        return at(id).eventually(new CoordinatorProtocol.ShowSettings(), Settings.class).rows().stream()
                .filter(row -> row.name().equals("max_replica_read_lag"))
                .map(SettingRow::value)
                .findFirst()
                .orElseThrow();
    }

    private void awaitAllUp(int asked) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            List<InstanceRow> rows = at(asked)
                    .eventually(new CoordinatorProtocol.ShowInstances(), Instances.class)
                    .rows();
            return rows.size() == 3 && rows.stream().allMatch(InstanceRow::up);
        });
    }

    /**
     * A full disk that has no room within ten seconds is like a broken one: a member that remembers nothing is none.
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "BROKEN"})
    void aLeaderWhoseDiskFailsEndsInWordsAndTheOthersGoOn(Fault fault) throws Exception {
        at(1).eventually(set(1), Done.class);
        at(1).disk.is(fault);
        CompletableFuture<Answer> lost = at(1).ask(set(2));

        at(2).eventually(set(3), Done.class);

        assertThat(shownBy(3)).isEqualTo("3");
        assertThat(at(1).fatal.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasMessageContaining("SKEIN-HA-005")
                .hasMessageContaining("The others go on");
        assertThat(lost.getNow(new Refused(at(1).fatal.join()))).isInstanceOf(Refused.class);
        at(1).stop();
        at(1).disk.is(Fault.NONE);
        at(1).start();
        awaitAllUp(1);
        assertThat(shownBy(1)).isEqualTo("3");
    }
}
