package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import skein.storage.wal.FaultDisk;
import skein.storage.wal.FaultDisk.Kept;

/** What a database still knows to be decided after a loss of power that keeps nothing which was not forced. */
final class DecidedMarksTest {
    private static final DatabaseOptions OPTIONS = DatabaseOptions.standard(SingleNode.ID);
    private static final long PATIENCE_SECONDS = 20;

    private final FaultDisk log = new FaultDisk();
    private final FaultDisk snapshots = new FaultDisk();

    @Test
    void whatIsToBeRememberedIsStillDecidedAfterALossOfPower() {
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            for (int i = 0; i < 5; i++) {
                long lsn = main.write(t -> t.createNode(new int[0]));
                main.database().rememberDecided();
                assertThat(decidedAfterLossOfPower()).isEqualTo(lsn);
            }
        }
    }

    /** Its owner does not wait for that; it lasts soon all the same, and without anything else being written. */
    @Test
    void thatASystemRecordIsDecidedLastsSoonByItself() throws InterruptedException {
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            for (int i = 0; i < 5; i++) {
                long lsn = main.database().sequenceSystem(new byte[] {(byte) i});
                CountDownLatch lasts = new CountDownLatch(1);
                log.afterOperation(() -> {
                    if (decidedAfterLossOfPower() >= lsn) {
                        lasts.countDown();
                    }
                });
                main.decide(lsn);
                assertThat(lasts.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("record %d is decided, and a loss of power does not take that back", lsn)
                        .isTrue();
                log.afterOperation(() -> {});
            }
        }
    }

    private long decidedAfterLossOfPower() {
        Random unused = new Random(1);
        try (SingleNode again =
                SingleNode.replica(log.crash(Kept.NOTHING, unused), snapshots.crash(Kept.NOTHING, unused), OPTIONS)) {
            return again.database().decidedLsn();
        }
    }
}
