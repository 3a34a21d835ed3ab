package skein.replication;

/** Time for the cores: nanoseconds since this class was loaded, never falling, unrelated to any calendar. */
final class Monotonic {
    private static final long ORIGIN = System.nanoTime();

    private Monotonic() {}

    static long nanos() {
        return System.nanoTime() - ORIGIN;
    }
}
