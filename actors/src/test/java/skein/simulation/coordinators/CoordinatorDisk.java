package skein.simulation.coordinators;

import skein.simulation.Host;

/**
 * How fast coordinators' disks are.
 *
 * @param nanosMax of a force
 * @param stalls share of forces that take a hundred times as long
 */
public record CoordinatorDisk(long nanosMax, double stalls) {
    private static final int STALL = 100;

    void forces(Host host, long nanosMin, Runnable done) {
        long nanos = host.world().around(nanosMin, nanosMax);
        host.afterTrue(host.world().chance(stalls) ? nanos * STALL : nanos, done);
    }
}
