package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody.SystemPayload;
import skein.storage.log.RecordCodec;
import skein.storage.wal.FaultDisk.Kept;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** A full disk refuses, a log that was refused loses and doubles nothing, and goes on by itself. */
class FullDiskTest {
    private final FaultDisk disk = new FaultDisk();
    private final ListenerProbe listener = new ListenerProbe();
    private final List<WriteAheadLog> opened = new ArrayList<>();
    private final List<LogPosition> accepted = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        opened.forEach(WriteAheadLog::close);
    }

    private WriteAheadLog open(LogDisk on, int segmentBytes) {
        WriteAheadLog log = WriteAheadLog.open(
                on, RecordedLog.settings().withSegmentBytes(segmentBytes).withRecentBytes(0), listener);
        opened.add(log);
        return log;
    }

    private static byte[] draft(int payloadBytes) {
        return RecordCodec.draft(new SystemPayload(new byte[payloadBytes]));
    }

    /** Appends, one batch each, until the disk is full; answers how the next record was refused. */
    private SkeinException fill(WriteAheadLog log, int payloadBytes) {
        return fill(log, listener, payloadBytes);
    }

    private SkeinException fill(WriteAheadLog log, ListenerProbe told, int payloadBytes) {
        for (int i = 0; i < 100_000; i++) {
            try {
                LogPosition position = log.append(draft(payloadBytes), i);
                accepted.add(position);
                while (told.last() < position.lsn() && told.notes().isEmpty()) {
                    Thread.onSpinWait();
                }
            } catch (SkeinException refused) {
                return refused;
            }
        }
        throw new AssertionError("the disk never gets full");
    }

    private void assertGoesOn(WriteAheadLog log) {
        await().until(() -> {
            try {
                accepted.add(log.append(draft(100), 0));
                return true;
            } catch (SkeinException stillFull) {
                return false;
            }
        });
        await().until(() -> listener.last() == log.end().lsn());
        assertThat(listener.failures()).isEmpty();
        assertThat(listener.durable()).isSorted().doesNotHaveDuplicates();
        assertThat(listener.notes())
                .extracting(Object::getClass)
                .containsExactly(LogNote.SpaceShort.class, LogNote.SpaceBack.class);
        assertHoldsAccepted(log);
    }

    private void assertHoldsAccepted(WriteAheadLog log) {
        assertThat(RecordedLog.readAll(log, 10_000))
                .extracting(LogRecord::lsn, record -> record.header().crc())
                .containsExactlyElementsOf(accepted.stream()
                        .map(position -> tuple(position.lsn(), position.crc()))
                        .toList());
    }

    @Test
    void aFullDiskRefusesInWordsThatAreRetriedAndSpendsNothing() {
        WriteAheadLog log = open(disk, RecordedLog.SEGMENT_BYTES);
        disk.limitSpace(20_000);
        SkeinException refused = fill(log, 500);
        assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        assertThat(refused.code().isTransient()).isTrue();
        assertThat(refused).hasMessageContaining("SKEIN-DISK-001").hasMessageContaining("Free space");
        assertThat(log.end()).isEqualTo(accepted.getLast());
        assertThat(log.read(0, 100).found()).isPresent();
        assertThat(listener.failures()).isEmpty();
        disk.limitSpace(Long.MAX_VALUE);
        assertGoesOn(log);
    }

    @Test
    void whatIsUnderWayWhenTheDiskGetsFullFitsIntoTheSpacePrepared() {
        WriteAheadLog log = open(disk, 1 << 20);
        accepted.add(log.append(draft(10), 0));
        log.flush();
        disk.limitSpace(0);
        SkeinException refused = fill(log, 100);
        assertThat(refused).hasMessageContaining("SKEIN-DISK-001");
        await().until(() -> listener.last() == log.end().lsn());
        disk.limitSpace(Long.MAX_VALUE);
        assertGoesOn(log);
    }

    @Test
    void everyPlaceAtWhichTheDiskCanGetFullHeals() {
        for (int space = 0; space < 15_000; space += 97) {
            FaultDisk small = new FaultDisk();
            ListenerProbe told = new ListenerProbe();
            try (WriteAheadLog log = WriteAheadLog.open(small, RecordedLog.settings(), told)) {
                small.limitSpace(space);
                accepted.clear();
                SkeinException refused = fill(log, told, 700);
                assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
                long reported = told.last();
                FaultDisk crashed = small.crash(Kept.SOME, new Random(space));
                assertThat(recover(crashed)).isBetween(reported, log.end().lsn());
                small.limitSpace(Long.MAX_VALUE);
                await().pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() -> told.last() == log.end().lsn());
                assertThat(told.failures()).isEmpty();
                assertHoldsAccepted(log);
            }
            assertThat(recover(small)).isEqualTo(accepted.size());
        }
    }

    private static long recover(FaultDisk found) {
        found.limitSpace(Long.MAX_VALUE);
        try {
            return RecordedLog.recover(found).lsn();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rareRecordsAndReignsWaitForSpace() {
        WriteAheadLog log = open(disk, RecordedLog.SEGMENT_BYTES);
        disk.limitSpace(10_000);
        fill(log, 500);
        accepted.add(log.appendPatiently(draft(3000), 0));
        accepted.add(log.openReign(new Epoch(1, RecordedLog.DATABASE), 0));
        assertThat(listener.last()).isLessThan(log.end().lsn());
        disk.limitSpace(Long.MAX_VALUE);
        assertGoesOn(log);
    }

    @Test
    void aTruncationWaitsForSpace() {
        WriteAheadLog log = open(disk, RecordedLog.SEGMENT_BYTES);
        disk.limitSpace(10_000);
        fill(log, 500);
        disk.limitSpace(1_500);
        await().until(() -> listener.last() == log.end().lsn());
        disk.limitSpace(0);
        CompletableFuture<Void> truncation = CompletableFuture.runAsync(() -> log.truncateAfter(5));
        await().until(() -> log.end().lsn() == 5);
        assertThat(truncation).isNotDone();
        disk.limitSpace(Long.MAX_VALUE);
        truncation.join();
        accepted.subList(5, accepted.size()).clear();
        accepted.add(log.appendPatiently(draft(100), 0));
        log.flush();
        assertHoldsAccepted(log);
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void aLogIsClosedThoughTheDiskIsFull() throws IOException {
        WriteAheadLog log = open(disk, RecordedLog.SEGMENT_BYTES);
        disk.limitSpace(10_000);
        fill(log, 500);
        log.appendPatiently(draft(3000), 0);
        log.close();
        assertThat(listener.failures()).isEmpty();
        disk.limitSpace(Long.MAX_VALUE);
        assertThat(RecordedLog.recover(disk).lsn()).isBetween(listener.last(), (long) accepted.size());
    }

    @Test
    void aForceThatLacksSpaceIsFatalAllTheSame() {
        WriteAheadLog log = open(disk, RecordedLog.SEGMENT_BYTES);
        disk.failForces(new IOException("No space left on device"));
        log.append(draft(10), 0);
        await().until(() -> listener.failures().size() == 1);
        disk.failForces(null);
        assertThatThrownBy(() -> log.append(draft(10), 0))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE));
    }

    @Test
    void aRealFileSystemThatIsFullHeals(@TempDir Path directory) throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()), "needs the right to mount");
        try {
            Path ballast = mount.resolve("ballast");
            Files.write(ballast, new byte[300_000]);
            try (WriteAheadLog log = open(new FileDisk(mount), 256 << 10)) {
                SkeinException refused = fill(log, 1000);
                assertThat(refused).hasMessageContaining("SKEIN-DISK-001");
                Files.delete(ballast);
                assertGoesOn(log);
            }
            try (WriteAheadLog again = open(new FileDisk(mount), 256 << 10)) {
                assertHoldsAccepted(again);
            }
        } finally {
            opened.forEach(WriteAheadLog::close);
            assertThat(run("umount", mount.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
