package skein.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.vocabulary.SkeinException;

final class ClusterPlanTest {
    @TempDir
    Path directory;

    @Test
    void aClusterIsFoundAgainWhereItWas() {
        ClusterPlan first = ClusterPlan.documented(directory, 3, 2, "SYNC");
        ClusterPlan again = ClusterPlan.documented(directory, 3, 2, "SYNC");
        assertThat(again.members()).isEqualTo(first.members());
        assertThat(first.members().stream().flatMap(member -> member.portsForPeers().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aDirectoryOfAnotherClusterIsRefused() {
        ClusterPlan.documented(directory, 3, 3, "SYNC");
        assertThatThrownBy(() -> ClusterPlan.documented(directory, 3, 2, "SYNC"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("holds a cluster of 6 instances, and this one would have 5");
    }
}
