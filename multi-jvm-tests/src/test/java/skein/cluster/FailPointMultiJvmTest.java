package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.SkeinException;

/** A process and the fail points it is asked for. */
final class FailPointMultiJvmTest {
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    private InstanceProcess launch(String failPoints) {
        List<String> options = Stream.concat(
                        InstanceSpec.SMALL_JVM.stream(), Stream.of("-Dskein.failpoint=" + failPoints))
                .toList();
        return InstanceProcess.launch(new InstanceSpec("node", directory, Map.of(), options, true));
    }

    @Test
    void anUnknownFailPointKeepsTheInstanceFromStarting() {
        try (InstanceProcess node = launch("wal.afterFsink:kill")) {
            assertThatThrownBy(node::awaitReady).isInstanceOf(SkeinException.class);
            assertThat(node.awaitEnd()).isEqualTo(1);
            assertThat(node.logText()).contains("Did you mean wal.afterFsync?");
        }
    }

    @Test
    void theProcessIsGoneWhereItWasAskedTo() {
        try (InstanceProcess node = launch("epoch.written:kill@2")) {
            assertThat(node.awaitEnd()).isEqualTo(KILLED);
            assertThat(node.logText()).contains("fail point epoch.written");
        }
        try (InstanceProcess again = launch("input")) {
            again.awaitReady();
            again.setFailPoints("role.beforeReply:kill");
            assertThatThrownBy(() -> again.setFailPoints("role.beforeReply:explode"))
                    .hasMessageContaining("there is no action explode");
            assertThat(again.handle().isAlive()).isTrue();
        }
    }
}
