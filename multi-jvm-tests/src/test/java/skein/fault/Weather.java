package skein.fault;

import java.time.Duration;

/** What a network does to the bytes of one direction. */
public sealed interface Weather {
    /** Nothing. */
    record Clear() implements Weather {}

    /**
     * Nothing arrives, nobody is told; what was sent arrives when the weather clears, as TCP's retransmissions would.
     * In one direction: a one-way cut. In both: a cable that is pulled and put back.
     */
    record Silent() implements Weather {}

    /** Everything arrives later by this much, give or take the jitter. */
    record Delayed(Duration by, Duration jitter) implements Weather {}

    /** So many bytes a second get through. */
    record Throttled(int bytesPerSecond) implements Weather {}

    /** A few bytes, a pause, a few bytes. */
    record Dripping(int bytes, Duration pause) implements Weather {}

    Weather CLEAR = new Clear();
    Weather SILENT = new Silent();
}
