package skein.coordination.core;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is due happens in order of its time, and of its making where times are equal. */
final class Timeline {
    private record Due(long at, long order, Runnable work) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long order;

    long now() {
        return now;
    }

    void after(long millis, Runnable work) {
        due.add(new Due(now + millis, order++, work));
    }

    void runUntil(long end) {
        while (!due.isEmpty() && due.peek().at() <= end) {
            Due next = due.poll();
            now = next.at();
            next.work().run();
        }
        now = end;
    }
}
