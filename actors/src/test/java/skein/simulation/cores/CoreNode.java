package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.replication.core.WriteGrant;
import skein.role.core.Members;
import skein.role.core.Registration;
import skein.role.core.RoleEvent;
import skein.role.core.RoleInput;
import skein.role.core.RoleReply;
import skein.role.core.RoleState;
import skein.simulation.Host;
import skein.simulation.Probe;
import skein.simulation.SimulatedNetwork;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** One instance: what its disks hold, and while it runs, its role. */
final class CoreNode {
    static final int REPLICATION_PORT = 10_000;
    static final int MANAGEMENT_PORT = 11_000;

    private final Host host;
    private final SimulatedNetwork network;
    private final Swarm settings;
    private final Truth truth;
    private final CoreDisk.DiskHealth health = new CoreDisk.DiskHealth();
    private final List<DatabaseIdentity> identities;
    private final boolean managed;

    /** On disk. */
    private List<RoleEvent> journal = new ArrayList<>();

    /** Written and perhaps on disk. */
    private List<RoleEvent> pendingEvents = List.of();

    private List<CoreLog> logs = new ArrayList<>();
    private @Nullable CoreRole role;
    private @Nullable CoreAgent agent;
    private WriteGrant grant = WriteGrant.unlimited();
    private long fence;

    /** The newest reign that this disk has had a part in: reigned in, or obeyed. */
    private long newestReign;

    private RoleState newest = RoleState.fresh();

    CoreNode(Host host, SimulatedNetwork network, Swarm settings, Truth truth, List<DatabaseIdentity> identities) {
        this(host, network, settings, truth, identities, false);
    }

    /** @param managed coordinators say what it is */
    CoreNode(
            Host host,
            SimulatedNetwork network,
            Swarm settings,
            Truth truth,
            List<DatabaseIdentity> identities,
            boolean managed) {
        this.host = host;
        this.network = network;
        this.settings = settings;
        this.truth = truth;
        this.identities = identities;
        this.managed = managed;
        health.forceNanosMax = settings.forceNanosMax();
        health.stalls = settings.forceStalls();
        health.failures = settings.forceFailures();
        emptyDisks();
    }

    private void emptyDisks() {
        journal = new ArrayList<>();
        pendingEvents = List.of();
        logs = new ArrayList<>();
        identities.forEach(identity -> logs.add(new CoreLog(identity.id())));
        fence = 0;
        newestReign = 0;
        newest = RoleState.fresh();
    }

    static List<DatabaseIdentity> identities(List<UUID> ids) {
        List<DatabaseIdentity> identities = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            identities.add(new DatabaseIdentity(new DatabaseName(i == 0 ? "system" : "skein" + i), ids.get(i)));
        }
        return identities;
    }

    Host host() {
        return host;
    }

    Swarm settings() {
        return settings;
    }

    Truth truth() {
        return truth;
    }

    CoreDisk.DiskHealth health() {
        return health;
    }

    Link link() {
        return network.linkOf(host);
    }

    InstanceName name() {
        return new InstanceName(host.name());
    }

    HostPort bolt() {
        return new HostPort(host.name(), 7687);
    }

    HostPort replicationAddress() {
        return new HostPort(host.name(), REPLICATION_PORT);
    }

    HostPort managementAddress() {
        return new HostPort(host.name(), MANAGEMENT_PORT);
    }

    /** True when coordinators say what it is. */
    boolean isManaged() {
        return managed;
    }

    /** What coordinators allow clients to write. */
    WriteGrant grant() {
        return grant;
    }

    void grant(WriteGrant next) {
        grant = next;
    }

    @Nullable
    CoreAgent agent() {
        return host.isUp() ? agent : null;
    }

    List<CoreLog> logs() {
        return logs;
    }

    @Nullable
    CoreRole role() {
        return host.isUp() ? role : null;
    }

    /** Starts the process over what the disks hold. */
    void start() {
        if (logs.stream().anyMatch(CoreLog::isDamaged)) {
            // it refuses to start, and says which file: somebody gives it an empty directory
            host.world().reached(Probe.BIT_FLIP_FOUND);
            wipe();
        }
        host.start();
        host.world().trace().note(host.name(), "starts", logs.getLast().end().lsn(), journal.size(), null);
        RoleState state = RoleState.fresh();
        for (RoleEvent event : journal) {
            state = state.evolve(event);
        }
        truth.check("I3", state.epochNumber() >= fence, () -> this + " forgot epoch " + fence);
        newest = state;
        if (state instanceof RoleState.Main) {
            host.world().reached(Probe.RESTART_AS_MAIN);
        } else if (state instanceof RoleState.Replica) {
            host.world().reached(Probe.RESTART_AS_REPLICA);
        }
        List<CoreDatabase> databases = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            databases.add(new CoreDatabase(this, logs.get(i), identities.get(i)));
        }
        grant = managed
                ? WriteGrant.withheld(Long.MIN_VALUE, "this instance has not heard from any coordinator yet")
                : WriteGrant.unlimited();
        CoreRole started = new CoreRole(this, databases, state);
        role = started;
        agent = managed ? CoreAgent.start(this, started) : null;
    }

    /** A record is visible now; what the system database says concerns the role. */
    void applied(CoreRecord entry) {
        Members members = truth.membersOf(entry.value());
        CoreRole running = role();
        if (members != null && running != null) {
            running.hear(() -> new RoleInput.MembersRecorded(members));
        }
    }

    /** What the system database says. */
    Members members() {
        CoreLog system = logs.getFirst();
        for (long lsn = system.appliedLsn(); lsn > 0; lsn--) {
            Members members = truth.membersOf(system.entry(lsn).value());
            if (members != null) {
                return members;
            }
        }
        return Members.none();
    }

    /** That, and what it says in records that are not applied. */
    List<Members> memberships() {
        CoreLog system = logs.getFirst();
        List<Members> all = new ArrayList<>(List.of(members()));
        for (long lsn = system.appliedLsn() + 1; lsn <= system.end().lsn(); lsn++) {
            Members members = truth.membersOf(system.entry(lsn).value());
            if (members != null) {
                all.add(members);
            }
        }
        return all;
    }

    /** From the role: these events are on their way to the disk. */
    void writing(List<RoleEvent> events) {
        pendingEvents = events;
    }

    /** They are there. */
    void written(RoleState state) {
        journal.addAll(pendingEvents);
        pendingEvents = List.of();
        truth.check("I3", state.epochNumber() >= fence, () -> this + " lowers its epoch below " + fence);
        judgeWhomItFollows(state);
        fence = state.epochNumber();
        newest = state;
        newestReign = Math.max(newestReign, reignOf(state));
    }

    private static long reignOf(RoleState state) {
        return switch (state) {
            case RoleState.Main own -> own.epoch().number();
            case RoleState.Replica own ->
                own.following() == null ? 0 : own.following().main().epoch().number();
            case RoleState.Fresh _ -> 0;
        };
    }

    /** Whether anybody may have counted what it holds in a decision of the reign. */
    boolean hadPartIn(long reign) {
        return newestReign >= reign;
    }

    /**
     * Of one MAIN's reigns always a newer one; another MAIN only above all that was accepted, or as it was promised.
     */
    private void judgeWhomItFollows(RoleState state) {
        if (!(newest instanceof RoleState.Replica before)
                || !(state instanceof RoleState.Replica after)
                || before.following() == null
                || after.following() == null) {
            return;
        }
        MainIdentity old = before.following().main();
        MainIdentity main = after.following().main();
        boolean isSame = old.tenure().equals(main.tenure());
        boolean isPromised =
                before.promises().stream().anyMatch(promise -> promise.tenure().equals(main.tenure()));
        long least = isSame ? old.epoch().number() : isPromised ? 0 : fence;
        truth.check(
                "I3",
                main.epoch().number() >= least,
                () -> this + " follows " + main + " after " + old + ", below " + least);
    }

    /** The process ends by itself. */
    void dies(String reason) {
        host.world().trace().note(host.name(), "dies: " + reason, 0, 0, null);
        host.world().after(0, () -> crash(false));
    }

    /** The process is gone; with it, when the power is lost, what was not forced. */
    void crash(boolean power) {
        CoreRole running = role;
        if (!host.isUp() || running == null) {
            return;
        }
        host.world().reached(power ? Probe.POWER_LOST : Probe.HOST_KILLED);
        host.world().trace().note(host.name(), power ? "loses power" : "is killed", 0, 0, null);
        running.vanish();
        role = null;
        agent = null;
        host.stop();
        network.hostGone(host, !power);
        for (CoreLog log : logs) {
            long end = log.end().lsn();
            boolean unforced = end > log.durableLsn();
            log.crash(power, host.world().random());
            if (unforced) {
                host.world().reached(log.end().lsn() < end ? Probe.UNSYNCED_TAIL_LOST : Probe.UNSYNCED_TAIL_SURVIVED);
            }
        }
        int survive = pendingEvents.isEmpty() ? 0 : host.world().random().nextInt(pendingEvents.size() + 1);
        List<RoleEvent> remembered = pendingEvents.subList(0, survive);
        journal.addAll(remembered);
        pendingEvents = List.of();
        truth.remembered(this, remembered);
    }

    /** Somebody gives it empty disks; it must not run. */
    void wipe() {
        host.world().reached(Probe.DISK_WIPED);
        host.world().trace().note(host.name(), "is wiped", 0, 0, null);
        truth.disksLost(this);
        emptyDisks();
    }

    /** A command of an operator; answered in time or, when the process ends, never. */
    void command(CoreRole.CommandInput command, Consumer<RoleReply> answer) {
        CoreRole running = role();
        if (running != null) {
            running.command(command, answer);
        }
    }

    /** What the role hears for itself. */
    RoleInput.FreshIds freshIds() {
        return new RoleInput.FreshIds(host.world().freshId(), host.world().freshId());
    }

    List<Registration> registrations() {
        CoreRole present = role();
        return present != null && present.state() instanceof RoleState.Main own ? own.replicas() : List.of();
    }

    /** Everything that clients wrote and that is there. */
    List<Long> clientValues() {
        List<Long> values = new ArrayList<>();
        for (CoreLog log : logs()) {
            for (long lsn = 1; lsn <= log.appliedLsn(); lsn++) {
                if (log.value(lsn) > 0) {
                    values.add(log.value(lsn));
                }
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return host.name();
    }
}
