package skein.simulation.cores;

import skein.simulation.Host;
import skein.simulation.Probe;

/** Forces one log, a batch at a time: what came while a force was on its way waits for the next. */
final class CoreDisk {
    private final Host host;
    private final CoreLog log;
    private final DiskHealth health;
    private final Runnable durable;
    private final Runnable failed;
    private boolean forcing;
    private long generation;

    /** How the disks of a host are; changed by whoever breaks them. */
    static final class DiskHealth {
        long forceNanosMin = 50_000;
        long forceNanosMax = 2_000_000;
        double failures;
        double stalls;
    }

    /**
     * @param durable runs when more is durable
     * @param failed runs when a force has failed: the process must end
     */
    CoreDisk(Host host, CoreLog log, DiskHealth health, Runnable durable, Runnable failed) {
        this.host = host;
        this.log = log;
        this.health = health;
        this.durable = durable;
        this.failed = failed;
    }

    /** Records were appended. */
    void wrote() {
        if (forcing || log.durableLsn() >= log.end().lsn()) {
            return;
        }
        forcing = true;
        long target = log.end().lsn();
        long mine = generation;
        long nanos = host.world().around(health.forceNanosMin, health.forceNanosMax);
        if (health.stalls > 0 && host.world().chance(health.stalls)) {
            host.world().reached(Probe.DISK_SLOW);
            nanos *= 200;
        }
        host.afterTrue(nanos, () -> forced(target, mine));
    }

    private void forced(long target, long mine) {
        forcing = false;
        if (health.failures > 0 && host.world().chance(health.failures)) {
            host.world().reached(Probe.FORCE_FAILED);
            failed.run();
            return;
        }
        if (mine == generation) {
            log.forced(target);
            durable.run();
        }
        wrote();
    }

    /** The end of the log was cut off, durably; a force on its way says nothing about what comes now. */
    void truncated() {
        generation++;
    }
}
