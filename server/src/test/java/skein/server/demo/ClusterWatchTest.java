package skein.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skein.server.demo.ClusterWatch.Sight;

final class ClusterWatchTest {
    private final List<String> said = new ArrayList<>();
    private final ClusterWatch watch = new ClusterWatch(() -> sight("a", "MAIN, up"), said::add);

    @Test
    void onlyWhatHasChangedIsSaid() {
        watch.take(sight("a", "MAIN, up"));
        watch.take(sight("a", "MAIN, up"));
        assertThat(said).isEmpty();
        watch.take(sight("a", "replica, down"));
        assertThat(said).singleElement().asString().endsWith("a: MAIN, up -> replica, down");
    }

    @Test
    void thatNobodyLeadsIsSaidOnceAndThatSomebodyDoesAgain() {
        Sight none = new Sight(Optional.empty(), Optional.empty(), Map.of());
        watch.take(sight("a", "MAIN, up"));
        watch.take(none);
        watch.take(none);
        watch.take(sight("a", "MAIN, up"));
        assertThat(said).hasSize(2);
        assertThat(said.getFirst()).contains("no coordinator leads");
        assertThat(said.getLast()).endsWith("c leads");
        assertThat(watch.main()).contains("a");
    }

    private static Sight sight(String name, String role) {
        return new Sight(Optional.of(name), Optional.of("c"), Map.of(name, role));
    }
}
