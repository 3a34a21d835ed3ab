package skein.storage.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class FailPlanTest {
    private static List<Integer> timesOf(String text, FailPoint point) {
        FailPlan plan = FailPlan.parse(text);
        return IntStream.rangeClosed(1, 9)
                .filter(time -> !plan.due(point).isEmpty())
                .boxed()
                .toList();
    }

    @Test
    void happensAtTheTimeThatWasNamed() {
        assertThat(timesOf("wal.afterFsync:kill@3", FailPoint.WAL_AFTER_FSYNC)).containsExactly(3);
        assertThat(timesOf("wal.afterFsync:kill", FailPoint.WAL_AFTER_FSYNC)).containsExactly(1);
        assertThat(timesOf("wal.afterFsync:kill@7+", FailPoint.WAL_AFTER_FSYNC)).containsExactly(7, 8, 9);
        assertThat(timesOf("wal.afterFsync:kill@2x3", FailPoint.WAL_AFTER_FSYNC))
                .containsExactly(2, 3, 4);
    }

    @Test
    void otherPointsAreLeftAlone() {
        assertThat(timesOf("wal.afterFsync:kill@1+", FailPoint.WAL_BEFORE_FSYNC))
                .isEmpty();
        assertThat(timesOf("", FailPoint.WAL_BEFORE_FSYNC)).isEmpty();
        assertThat(timesOf("input", FailPoint.WAL_BEFORE_FSYNC)).isEmpty();
    }

    @Test
    void severalMayBeSet() {
        FailPlan plan = FailPlan.parse("commit.decided:pause=20@2, wal.beforeFsync:fail,commit.decided:kill@3");
        assertThat(plan.due(FailPoint.WAL_BEFORE_FSYNC)).containsExactly(new FailAction.Fail());
        assertThat(plan.due(FailPoint.COMMIT_DECIDED)).isEmpty();
        assertThat(plan.due(FailPoint.COMMIT_DECIDED)).containsExactly(new FailAction.Pause(Duration.ofMillis(20)));
        assertThat(plan.due(FailPoint.COMMIT_DECIDED)).containsExactly(new FailAction.Kill());
    }

    @Test
    void theDiskFailsWhereItWasAskedTo() throws IOException {
        FailPlan plan = FailPlan.parse("wal.beforeAppend:full@1,wal.beforeAppend:fail@2");
        assertThatIOException()
                .isThrownBy(() -> plan.reachedDisk(FailPoint.WAL_BEFORE_APPEND))
                .withMessageContaining("No space left on device");
        assertThatIOException()
                .isThrownBy(() -> plan.reachedDisk(FailPoint.WAL_BEFORE_APPEND))
                .withMessageContaining("Input/output error");
        plan.reachedDisk(FailPoint.WAL_BEFORE_APPEND);
    }

    @Test
    void whatCannotBeUnderstoodIsRefusedInWords() {
        refused("wal.afterFsink:kill", "Did you mean wal.afterFsync?");
        refused("wal.afterFsync:explode", "there is no action explode");
        refused("wal.afterFsync", "POINT:ACTION");
        refused("wal.afterFsync:full", "nothing is asked of the disk");
    }

    private static void refused(String text, String words) {
        assertThatThrownBy(() -> FailPlan.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining(words);
    }

    @Test
    void everyPointHasANameOfItsOwn() {
        assertThat(Arrays.stream(FailPoint.values()).map(FailPoint::title)).doesNotHaveDuplicates();
        assertThat(FailPoint.values()).hasSizeGreaterThanOrEqualTo(40);
    }
}
