package skein.storage.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotPaceTest {
    private final List<Long> rests = new ArrayList<>();
    private long commits;
    private long nanos;

    private SnapshotPace pace(int processors) {
        return new SnapshotPace(() -> commits, processors, () -> nanos, rest -> {
            rests.add(rest);
            nanos += rest;
        });
    }

    @Test
    void restsSoThatAnEighthOfTheProcessorsIsTaken() {
        SnapshotPace pace = pace(2);
        work(1000);
        commits++;
        pace.rest();
        assertThat(rests).containsExactly(3000L);
    }

    @Test
    void neverRestsWhereOneProcessorIsAnEighth() {
        SnapshotPace pace = pace(8);
        work(1000);
        commits++;
        pace.rest();
        assertThat(rests).isEmpty();
    }

    @Test
    void doesNotRestWhileNothingIsCommitted() {
        SnapshotPace pace = pace(2);
        commits++;
        work(10);
        pace.rest();
        work(10);
        pace.rest();
        assertThat(rests).containsExactly(30L);
    }

    @Test
    void workBeforeTheLastRestIsNotCountedAgain() {
        SnapshotPace pace = pace(4);
        work(50);
        commits++;
        pace.rest();
        work(70);
        commits++;
        pace.rest();
        assertThat(rests).containsExactly(50L, 70L);
    }

    @Test
    void aRestIsShortEvenAfterALongBlock() {
        SnapshotPace pace = pace(1);
        work(10_000_000_000L);
        commits++;
        pace.rest();
        assertThat(rests).containsExactly(500_000_000L);
    }

    private void work(long forNanos) {
        nanos += forNanos;
    }
}
