package skein.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What has happened: a hash of everything that was noted, and the newest notes for people. */
public final class Trace {
    private static final int KEPT = Integer.getInteger("skein.simulation.story", 200);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final World world;
    private final Note[] notes = new Note[KEPT];
    private long count;
    private long hash;

    private record Note(
            long nanos,
            String who,
            String what,
            long a,
            long b,
            @Nullable Object detail) {
        String text() {
            String more = detail == null ? "" : " " + detail;
            return String.format(
                    Locale.ROOT, "%12.6f %-10s %s %d %d%s", nanos / NANOS_PER_SECOND, who, what, a, b, more);
        }
    }

    Trace(World world) {
        this.world = world;
    }

    /** @param detail is only printed: what it prints as may differ from JVM to JVM */
    public void note(String who, String what, long a, long b, @Nullable Object detail) {
        notes[(int) (count++ % KEPT)] = new Note(world.nanos(), who, what, a, b, detail);
        hash = mix(mix(mix(hash, world.nanos()), who.hashCode() * 31L + what.hashCode()), a * 31 + b);
    }

    /** As {@link #note}, for what happens all the time: it only counts for the hash. */
    public void hash(String who, long a, long b) {
        hash = mix(mix(mix(hash, world.nanos()), who.hashCode()), a * 31 + b);
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ mixed >>> 29;
    }

    /** Of all notes so far. */
    public long hash() {
        return hash;
    }

    public long count() {
        return count;
    }

    /** The newest notes, oldest first. */
    public List<String> newest() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            lines.add(notes[(int) (i % KEPT)].text());
        }
        return lines;
    }
}
