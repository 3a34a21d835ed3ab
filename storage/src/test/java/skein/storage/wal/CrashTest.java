package skein.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import skein.storage.log.RandomRecords;
import skein.storage.log.RecordBody.SystemPayload;
import skein.storage.log.RecordCodec;
import skein.storage.wal.FaultDisk.Kept;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** Crashes after every single operation on the disk, and what is found afterwards. */
class CrashTest {
    private final AtomicLong floor = new AtomicLong();
    private final AtomicLong ceiling = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<List<LogPosition>> history = new AtomicReference<>(List.of());
    private final List<AssertionError> failures = new ArrayList<>();
    private int crashes;

    @Test
    void everyCrashFindsAllThatWasDurable() {
        for (int seed = 0; seed < 20; seed++) {
            runWithCrashes(seed, RecordedLog.settings());
        }
        assertThat(failures).isEmpty();
        assertThat(crashes).isGreaterThan(5_000);
    }

    @Test
    void withoutForcingEveryCrashStillFindsAPrefix() {
        for (int seed = 100; seed < 110; seed++) {
            runWithCrashes(seed, RecordedLog.settings().withSync(new SyncPolicy.Off()));
        }
        assertThat(failures).isEmpty();
        assertThat(crashes).isGreaterThan(500);
    }

    /**
     * Appends, truncates, drops and decides at random; after each operation the disk is looked at as a crash leaves it.
     */
    private void runWithCrashes(int seed, LogSettings settings) {
        Random random = new Random(seed);
        RandomRecords records = new RandomRecords(seed);
        FaultDisk disk = new FaultDisk();
        boolean forced = settings.sync() instanceof SyncPolicy.EveryBatch;
        floor.set(0);
        history.set(List.of());
        ListenerProbe listener = new ListenerProbe();
        disk.afterOperation(() -> crash(disk, seed));
        try (WriteAheadLog log = WriteAheadLog.open(disk, settings, new DurabilityListener() {
            @Override
            public void durable(long lsn) {
                if (forced) {
                    floor.set(Math.min(lsn, ceiling.get()));
                }
            }

            @Override
            public void failed(SkeinException reason) {
                listener.failed(reason);
            }
        })) {
            for (int i = 0; i < 25; i++) {
                step(log, random, records, forced);
            }
        }
        assertThat(listener.failures()).isEmpty();
    }

    private void step(WriteAheadLog log, Random random, RandomRecords records, boolean forced) {
        long end = log.end().lsn();
        switch (random.nextInt(8)) {
            case 0 -> {
                long keep = random.nextLong(log.decidedLsn(), end + 1);
                ceiling.set(keep);
                floor.accumulateAndGet(keep, Math::min);
                log.truncateAfter(keep);
                ceiling.set(Long.MAX_VALUE);
                floor.updateAndGet(known -> forced && keep < end ? keep : known);
                history.updateAndGet(all -> all.subList(0, (int) keep));
            }
            case 1 -> {
                log.decide(random.nextLong(log.decidedLsn(), end + 1));
                if (random.nextBoolean()) {
                    log.flush();
                    floor.set(end);
                }
            }
            case 2 -> log.dropBefore(log.decidedLsn());
            default -> {
                for (int i = random.nextInt(12); i > 0; i--) {
                    byte[] draft = random.nextInt(3) == 0
                            ? RecordCodec.draft(new SystemPayload(new byte[random.nextInt(3000)]))
                            : RecordCodec.draft(records.body());
                    append(log, draft);
                }
                if (random.nextBoolean()) {
                    log.flush();
                }
            }
        }
    }

    private void append(WriteAheadLog log, byte[] draft) {
        history.updateAndGet(all -> {
            List<LogPosition> more = new ArrayList<>(all);
            more.add(log.append(draft, 0));
            return more;
        });
    }

    private void crash(FaultDisk disk, int seed) {
        long atLeast = floor.get();
        Random random = new Random(crashes);
        for (Kept kept : Kept.values()) {
            crashes++;
            FaultDisk found = disk.crash(kept, random);
            try {
                Recovery.Recovered recovered = Recovery.open(found, RecordedLog.settings());
                check(recovered, atLeast, "seed " + seed + ", " + kept + ", crash " + crashes);
                recovered.store().close();
                recovered.markFile().close();
                // what was found must be durable: power goes right after the recovery
                LogPosition again = RecordedLog.recover(found.crash(Kept.NOTHING, random));
                if (!again.equals(recovered.end())) {
                    failures.add(new AssertionError("seed " + seed + ", " + kept + ": " + recovered.end()
                            + " was found, but only " + again + " was durable then"));
                }
            } catch (IOException | RuntimeException e) {
                failures.add(new AssertionError("seed " + seed + ", " + kept + ": " + e.getMessage(), e));
            }
        }
    }

    private void check(Recovery.Recovered recovered, long atLeast, String description) {
        long end = recovered.end().lsn();
        if (end < atLeast) {
            failures.add(new AssertionError(description + ": " + end + " found, " + atLeast + " were durable"));
        }
        List<LogPosition> known = history.get();
        if (end > 0 && end <= known.size() && !recovered.end().equals(known.get((int) end - 1))) {
            failures.add(new AssertionError(description + ": another record " + end + " found"));
        }
        long decided = recovered.markFile().marks().decidedLsn();
        if (decided > end) {
            failures.add(new AssertionError(description + ": " + decided + " decided, " + end + " found"));
        }
    }
}
