package skein.coordination.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ManagementProtocol;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.InstanceName;

/** What a data instance does about its assignments, with SYNC replicas and a log of numbered records. */
final class SimulatedInstance {
    private static final DatabaseName SKEIN = new DatabaseName("skein");

    record Entry(long reign, long id) {}

    final InstanceName name;
    private final CoordinationWorld world;
    UUID data;
    boolean up = true;
    long pausedUntil;

    /** Survives a crash. */
    List<Entry> log = new ArrayList<>();

    long accepted;
    long reigning;

    /** Does not. */
    @Nullable
    Assignment assigned;

    boolean stands;
    boolean promoting;
    private long leaseUntil;
    private long stamp;
    private final Map<Long, Long> sentAt = new LinkedHashMap<>();
    /** With the data that was registered. */
    private final Map<InstanceName, UUID> joined = new HashMap<>();

    SimulatedInstance(InstanceName name, UUID data, CoordinationWorld world) {
        this.name = name;
        this.data = data;
        this.world = world;
    }

    void crash() {
        up = false;
        assigned = null;
        stands = false;
        promoting = false;
        leaseUntil = 0;
        sentAt.clear();
        joined.clear();
    }

    void wipe(UUID fresh) {
        data = fresh;
        log = new ArrayList<>();
        accepted = 0;
        reigning = 0;
    }

    boolean runs() {
        return up && world.now() >= pausedUntil;
    }

    /** A new line: what was said on the one before does not count. */
    void connected() {
        sentAt.clear();
    }

    void take(Assignment next) {
        if (assigned != null
                && (next.term() < assigned.term()
                        || (next.term() == assigned.term() && next.index() < assigned.index()))) {
            return;
        }
        assigned = next;
        switch (next.role()) {
            case MainRole main -> reign(main, next);
            case ReplicaRole replica -> {
                reigning = 0;
                stands = false;
                leaseUntil = 0;
                joined.clear();
                accepted = Math.max(accepted, replica.reign());
            }
        }
    }

    private void reign(MainRole main, Assignment next) {
        Long sent = sentAt.get(next.stamp());
        leaseUntil =
                next.lease().isZero() || sent == null ? 0 : sent + next.lease().toMillis();
        joined.keySet().retainAll(main.others().stream().map(Peer::name).toList());
        boolean fenced = accepted > main.reign();
        if (!fenced && !promoting && !(stands && reigning == main.reign())) {
            promoting = true;
            accepted = main.reign();
            world.later(world.random(20, 400), this, () -> promoted(main.reign()));
        }
    }

    private void promoted(long reign) {
        promoting = false;
        if (assigned == null
                || !(assigned.role() instanceof MainRole main)
                || main.reign() != reign
                || accepted != reign) {
            return;
        }
        if (reigning != reign) {
            for (SimulatedInstance other : world.reachableFrom(this)) {
                other.accepted = Math.max(other.accepted, reign);
                if (longer(other.log, log)) {
                    log = new ArrayList<>(other.log);
                }
            }
            log.add(new Entry(reign, 0));
            joined.clear();
        }
        reigning = reign;
        stands = true;
        world.say(this);
    }

    static boolean longer(List<Entry> one, List<Entry> other) {
        long oneReign = one.isEmpty() ? 0 : one.getLast().reign();
        long otherReign = other.isEmpty() ? 0 : other.getLast().reign();
        return oneReign > otherReign || (oneReign == otherReign && one.size() > other.size());
    }

    boolean takesWrites() {
        return runs()
                && stands
                && world.now() < leaseUntil
                && assigned != null
                && assigned.role() instanceof MainRole main
                && main.reign() == reigning
                && main.opened()
                && !main.handingOver();
    }

    /** A replica is fed record by record once it has caught up, and caught up from time to time until then. */
    void feed() {
        if (!runs() || !stands || assigned == null || !(assigned.role() instanceof MainRole main)) {
            return;
        }
        for (Peer peer : main.others()) {
            SimulatedInstance other = world.instance(peer.name());
            if (follows(other)) {
                other.log = new ArrayList<>(log);
                joined.put(other.name, other.data);
            }
        }
    }

    private boolean follows(SimulatedInstance other) {
        return world.reaches(this, other)
                && other.assigned != null
                && other.assigned.role() instanceof ReplicaRole
                && other.accepted == reigning
                && !other.promoting;
    }

    /** Answers whether it was acknowledged without a warning. */
    boolean write(long id, MainRole main) {
        log.add(new Entry(reigning, id));
        boolean all = true;
        for (Peer peer : main.others()) {
            SimulatedInstance other = world.instance(peer.name());
            boolean fed = joined.containsKey(peer.name()) && follows(other) && other.log.size() == log.size() - 1;
            if (fed) {
                other.log.add(log.getLast());
            }
            all &= fed;
        }
        return all;
    }

    Report report() {
        stamp++;
        sentAt.put(stamp, world.now());
        boolean handingOver = assigned != null && assigned.role() instanceof MainRole main && main.handingOver();
        long last = log.isEmpty() ? 0 : log.getLast().reign();
        List<ReplicaReport> replicas = joined.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, other) -> one.value().compareTo(other.value())))
                .map(one -> new ReplicaReport(one.getKey(), one.getValue(), true, Map.of(SKEIN, 0L)))
                .toList();
        return new Report(
                ManagementProtocol.VERSION,
                stamp,
                assigned == null ? 0 : assigned.number(),
                data,
                world.clusterOf(this),
                promoting ? Kind.CHANGING : stands ? Kind.MAIN : Kind.REPLICA,
                stands ? reigning : accepted,
                stands,
                takesWrites(),
                stands && handingOver,
                false,
                Map.of(SKEIN, new LogEnd(new Epoch(last << 20, new UUID(0, last)), log.size(), log.size(), log.size())),
                replicas,
                "");
    }
}
