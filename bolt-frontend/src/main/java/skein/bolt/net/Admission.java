package skein.bolt.net;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts connections and strangers, in all and by address, and says who may come in. Thread-safe. */
final class Admission {
    private final BoltSettings.Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> connections = new HashMap<>();
    private final Map<String, Integer> strangers = new HashMap<>();
    private int total;

    Admission(BoltSettings.Limits limits) {
        this.limits = limits;
    }

    /** One connection's place; used by its event loop only. */
    final class Ticket {
        private final String address;
        private boolean stranger = true;
        private boolean returned;

        private Ticket(String address) {
            this.address = address;
        }

        /** Where the connection comes from, without a port. */
        String address() {
            return address;
        }

        void loggedIn() {
            move(false);
        }

        void loggedOut() {
            move(true);
        }

        private void move(boolean toStranger) {
            if (!returned && stranger != toStranger) {
                stranger = toStranger;
                count(strangers, address, toStranger ? 1 : -1);
            }
        }

        /** The connection has ended; once is enough. */
        void giveBack() {
            if (!returned) {
                move(false);
                returned = true;
                leave(address);
            }
        }
    }

    /**
     * A ticket, or null when there is no place left.
     *
     * @param local whether the client is on this machine, where the last places are reserved
     */
    @Nullable
    Ticket enter(String address, boolean local) {
        int max = local ? limits.connectionsMax() : limits.connectionsFromElsewhereMax();
        lock.lock();
        try {
            if (total >= max
                    || connections.getOrDefault(address, 0) >= limits.connectionsPerAddressMax()
                    || strangers.getOrDefault(address, 0) >= limits.strangersPerAddressMax()) {
                return null;
            }
            total++;
            connections.merge(address, 1, Integer::sum);
            strangers.merge(address, 1, Integer::sum);
            return new Ticket(address);
        } finally {
            lock.unlock();
        }
    }

    private void leave(String address) {
        lock.lock();
        try {
            total--;
        } finally {
            lock.unlock();
        }
        count(connections, address, -1);
    }

    private void count(Map<String, Integer> counts, String address, int change) {
        lock.lock();
        try {
            counts.compute(address, (key, count) -> {
                int changed = (count == null ? 0 : count) + change;
                return changed == 0 ? null : changed;
            });
        } finally {
            lock.unlock();
        }
    }

    int total() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }
}
