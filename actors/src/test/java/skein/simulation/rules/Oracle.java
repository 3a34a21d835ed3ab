package skein.simulation.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Knows everything at once, and therefore when a promise is broken. */
final class Oracle {
    private final World world;
    /** What was first applied anywhere at each place. */
    private final Map<Long, Entry> history = new HashMap<>();

    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private long warned;
    private long unknown;

    Oracle(World world) {
        this.world = world;
    }

    long acknowledged() {
        return acknowledged.size();
    }

    long refused() {
        return refused.size();
    }

    long unknown() {
        return unknown;
    }

    long warned() {
        return warned;
    }

    void applied(Node node, Entry entry) {
        Entry first = history.putIfAbsent(entry.lsn(), entry);
        if (first == null) {
            world.trace("%s is the first to apply %s", node, entry);
        } else if (first.crc() != entry.crc() && world.rules.mode().neverRollsBack()) {
            throw new Violation(node + " applies " + entry + " where " + first + " was applied before");
        }
    }

    /** ASYNC replicas hold nothing that is not decided. */
    void received(Node node, Entry entry) {
        if (world.asyncMembers().contains(node.member) && world.rules.mode().neverRollsBack()) {
            Entry decided = history.get(entry.lsn());
            if (decided == null || decided.crc() != entry.crc()) {
                throw new Violation("ASYNC " + node + " is sent " + entry + ", which is not decided");
            }
        }
    }

    void rolledBack(Node node, long lsn, long applied) {
        if (world.rules.mode().neverRollsBack()) {
            throw new Violation(node + " rolls back from " + applied + " to " + lsn + " what it had applied");
        }
    }

    void committed(Node node, Entry entry, boolean withWarning) {
        if (withWarning) {
            warned++;
        } else {
            world.trace("%s acknowledges %s", node, entry);
            acknowledged.add(entry.write());
        }
    }

    void refused(long write) {
        refused.add(write);
    }

    void unknown(long write) {
        unknown++;
    }

    /** Looks at the log with which the cluster goes on, once everything has healed. */
    void finish(RecordLog log) {
        Set<Long> there = new HashSet<>();
        for (Entry entry : log.from(1, log.end())) {
            if (entry.write() > 0 && !there.add(entry.write())) {
                throw new Violation("write " + entry.write() + " is there twice");
            }
        }
        acknowledged.stream()
                .filter(write -> !there.contains(write))
                .sorted()
                .findFirst()
                .ifPresent(write -> {
                    throw new Violation("acknowledged write " + write + " is lost");
                });
        refused.stream().filter(there::contains).sorted().findFirst().ifPresent(write -> {
            throw new Violation("refused write " + write + " came back");
        });
    }
}
