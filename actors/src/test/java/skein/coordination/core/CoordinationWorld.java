package skein.coordination.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.ClusterChange.Opened;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.RaftProtocol.Member;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicationMode;

/**
 * Three coordinators with the shipped core on an ideal Raft (one log, one leader a term, which may not know yet that it
 * is one no more) and three simulated instances, under one seed. Judges: one instance takes writes at a time, only in a
 * reign that was opened; an opened reign has every write acknowledged without a warning; only holders are appointed;
 * tables have one writer; every request is answered; and all is well again after the faults have ended.
 */
final class CoordinationWorld {
    static final int INSTANCES = 3;
    private static final long WALL = 1_700_000_000_000L;
    final Timeline time = new Timeline();
    private final Random random;
    final List<SimulatedCoordinator> coordinators = new ArrayList<>();
    final Map<InstanceName, SimulatedInstance> instances = new LinkedHashMap<>();
    final List<byte[]> log = new ArrayList<>();
    ClusterState committed = ClusterState.EMPTY;
    private final Set<Long> acknowledged = new LinkedHashSet<>();
    private final Set<String> cuts = new HashSet<>();
    private final Map<Long, Long> openTickets = new LinkedHashMap<>();
    private long nextWrite = 1;
    private long nextTicket = 1;
    private long nextData = 1;
    long term;
    int leader = -1;
    long failovers;
    long writes;
    boolean faults = true;

    CoordinationWorld(long seed) {
        this.random = new Random(seed);
        for (int id = 1; id <= 3; id++) {
            coordinators.add(new SimulatedCoordinator(id, this));
        }
        for (int i = 1; i <= INSTANCES; i++) {
            InstanceName name = new InstanceName("data" + i);
            instances.put(name, new SimulatedInstance(name, freshData(), this));
        }
    }

    UUID freshData() {
        return new UUID(7, nextData++);
    }

    long now() {
        return time.now();
    }

    Moment moment() {
        return new Moment(time.now(), WALL + time.now());
    }

    long random(long from, long to) {
        return from + random.nextLong(to - from + 1);
    }

    SimulatedInstance instance(InstanceName name) {
        return Invariant.present(instances.get(name), "there is no instance %s", name);
    }

    SimulatedInstance anyInstance() {
        return List.copyOf(instances.values()).get(random.nextInt(INSTANCES));
    }

    /** Unless it crashes before. */
    void later(long millis, SimulatedInstance instance, Runnable work) {
        UUID data = instance.data;
        time.after(millis, () -> {
            if (instance.up && instance.data.equals(data)) {
                if (instance.runs()) {
                    work.run();
                } else {
                    later(instance.pausedUntil - now() + 1, instance, work);
                }
            }
        });
    }

    private static String pair(Object one, Object other) {
        return one + "-" + other;
    }

    boolean isCut(Object one, Object other) {
        return cuts.contains(pair(one, other)) || cuts.contains(pair(other, one));
    }

    void cut(Object one, Object other, long millis) {
        cuts.add(pair(one, other));
        time.after(millis, () -> cuts.remove(pair(one, other)));
    }

    boolean reaches(SimulatedInstance one, SimulatedInstance other) {
        return one.runs() && other.runs() && !isCut(one.name, other.name);
    }

    List<SimulatedInstance> reachableFrom(SimulatedInstance one) {
        return instances.values().stream()
                .filter(other -> other != one && reaches(one, other))
                .toList();
    }

    UUID clusterOf(SimulatedInstance instance) {
        return instance.accepted == 0 ? ClusterState.NO_CLUSTER : committed.cluster();
    }

    /** To every coordinator that has a line. */
    void say(SimulatedInstance instance) {
        Report report = instance.report();
        coordinators.forEach(one -> one.hear(instance, report));
    }

    void assign(SimulatedCoordinator from, SimulatedInstance to, Assignment assignment, long line) {
        later(random(1, 20), to, () -> {
            if (from.isOpen(to.name, line) && !isCut(from.id, to.name)) {
                to.take(assignment);
                Report report = to.report();
                from.hear(to, report);
            }
        });
    }

    /** A leader is elected by the others; the one before hears of it when it hears anything. */
    void elect(int next) {
        term++;
        int before = leader;
        leader = next;
        SimulatedCoordinator elected = coordinators.get(next);
        if (before >= 0 && before != next) {
            coordinators.get(before).deposed(term, Optional.of(member(next)));
        }
        elected.catchUp();
        elected.elected(term);
        for (SimulatedCoordinator one : coordinators) {
            if (one != elected && one.index() != before) {
                one.followed(term, Optional.of(member(next)));
            }
        }
    }

    static Member member(int index) {
        int id = index + 1;
        return new Member(id, new HostPort("c" + id, 12_000), new HostPort("c" + id, 10_000));
    }

    /** The one place where anything is decided. */
    void commit(byte[] entry) {
        ClusterState before = committed;
        ClusterChange change = ClusterBytes.change(entry);
        committed = committed.evolve(change);
        log.add(entry);
        if (committed.equals(before)) {
            return;
        }
        if (change instanceof Appointed(var row)) {
            failovers++;
            InstanceName to = new InstanceName(row.to());
            assertThat(before.holders().isEmpty() || before.namesHolder(to))
                    .as("%s, who is no holder of %s, is appointed", to, before.holders())
                    .isTrue();
        }
        if (change instanceof Opened opened) {
            SimulatedInstance main = instances.values().stream()
                    .filter(one -> one.data.equals(opened.instance()))
                    .findFirst()
                    .orElse(null);
            if (main != null && main.reigning == opened.reign()) {
                Set<Long> held = new HashSet<>();
                main.log.forEach(record -> held.add(record.id()));
                assertThat(held)
                        .as("what reign %d, of %s, has inherited", opened.reign(), main.name)
                        .containsAll(acknowledged);
            }
        }
    }

    /** Everybody writes who may; there must be one at most. */
    void write() {
        List<SimulatedInstance> writers = instances.values().stream()
                .filter(SimulatedInstance::takesWrites)
                .toList();
        assertThat(writers.stream().map(one -> one.name).toList())
                .as("writers at %d ms", now())
                .hasSizeLessThanOrEqualTo(1);
        for (SimulatedInstance one : writers) {
            assertThat(committed.appointment()).isNotNull();
            assertThat(one.reigning).isLessThanOrEqualTo(committed.lastReign());
            boolean wasOpened = committed.failovers().stream()
                    .anyMatch(row -> row.reign() == one.reigning && row.durationMillis() >= 0);
            assertThat(wasOpened)
                    .as("%s writes in reign %d, which was not opened", one.name, one.reigning)
                    .isTrue();
            Assignment assigned = one.assigned;
            if (assigned != null && assigned.role() instanceof MainRole main) {
                writes++;
                if (one.write(nextWrite, main)) {
                    acknowledged.add(nextWrite);
                }
                nextWrite++;
            }
        }
        time.after(10, this::write);
    }

    void feed() {
        instances.values().forEach(SimulatedInstance::feed);
        time.after(50, this::feed);
    }

    void ask(int coordinator, Request request) {
        long ticket = nextTicket++;
        openTickets.put(ticket, now() + Patience.millis(request) + 1_000);
        coordinators.get(coordinator).step(new Asked(ticket, request, false));
    }

    void told(SimulatedCoordinator by, long ticket, Answer answer) {
        openTickets.remove(ticket);
        if (answer instanceof RoutingTable table) {
            assertThat(table.write()).hasSizeLessThanOrEqualTo(1);
            assertThat(by.reignAtConfirm)
                    .as("a table is of the newest reign")
                    .isLessThanOrEqualTo(by.cluster().lastReign());
        }
    }

    void forget(Set<Long> tickets) {
        openTickets.keySet().removeAll(tickets);
    }

    void requireAnswers() {
        openTickets.forEach((ticket, deadline) ->
                assertThat(now()).as("ticket %d is answered in time", ticket).isLessThanOrEqualTo(deadline));
        time.after(1_000, this::requireAnswers);
    }

    static Request register(InstanceName name) {
        HostPort bolt = new HostPort(name.value(), 7687);
        HostPort management = new HostPort(name.value(), 10_000);
        HostPort replication = new HostPort(name.value(), 20_000);
        return new CoordinatorProtocol.RegisterInstance(
                name, ReplicationMode.SYNC, bolt, management, replication, false);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
