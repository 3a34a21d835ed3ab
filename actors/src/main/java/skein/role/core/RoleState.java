package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.BecameReplica;
import skein.role.core.RoleEvent.ClusterChosen;
import skein.role.core.RoleEvent.Commissioned;
import skein.role.core.RoleEvent.EpochAccepted;
import skein.role.core.RoleEvent.EpochPledged;
import skein.role.core.RoleEvent.MainObeyed;
import skein.role.core.RoleEvent.PathFollowed;
import skein.role.core.RoleEvent.PledgeWithdrawn;
import skein.role.core.RoleEvent.Promoted;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleEvent.ReplicaJoined;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.vocabulary.Epoch;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** What an instance remembers about its role across restarts. */
public sealed interface RoleState {
    /** A data directory that has never been started. */
    static RoleState fresh() {
        return new Fresh();
    }

    /**
     * Tells this instance from all others, whatever they are called: its first tenure. The zero id before the first
     * start.
     */
    UUID instance();

    /** The group of coordinators that it belongs to; the zero id for none. */
    UUID cluster();

    /** The highest epoch number this instance has reigned under or accepted: the fence. Never falls. */
    long epochNumber();

    /** Those who are registered here, in the order of registration. */
    List<Registration> replicas();

    /** The instances that records pass from their MAIN, from this one up. */
    default List<UUID> path() {
        List<UUID> path = new ArrayList<>();
        path.add(instance());
        if (this instanceof Replica replica && replica.following() != null) {
            path.addAll(replica.following().path());
        }
        return path;
    }

    /** Whom it obeys, or has pledged to since; the zero id for nobody. */
    default UUID obeyedTenure() {
        if (!(this instanceof Replica replica)) {
            return Registration.UNKNOWN;
        }
        if (replica.promise() != null) {
            return replica.promise().tenure();
        }
        return replica.following() == null
                ? Registration.UNKNOWN
                : replica.following().main().tenure();
    }

    /** Never started. */
    record Fresh() implements RoleState {
        @Override
        public UUID instance() {
            return Registration.UNKNOWN;
        }

        @Override
        public UUID cluster() {
            return Registration.UNKNOWN;
        }

        @Override
        public long epochNumber() {
            return 0;
        }

        @Override
        public List<Registration> replicas() {
            return List.of();
        }
    }

    /**
     * @param tenure from becoming MAIN to being demoted, across restarts
     * @param epoch the newest reign
     * @param replicas in the order of registration
     * @param joined those of them whose confirmations decisions depend on, in sync or not
     * @param quorumInherited decisions need a quorum, whoever is registered: the members before needed one, and this
     *     MAIN was promoted by their word
     */
    record Main(
            UUID instance,
            UUID cluster,
            UUID tenure,
            Epoch epoch,
            List<Registration> replicas,
            List<ReplicaName> joined,
            boolean quorumInherited)
            implements RoleState {
        public Main {
            replicas = List.copyOf(replicas);
            joined = List.copyOf(joined);
        }

        private Main with(Registration registration) {
            return new Main(instance, cluster, tenure, epoch, plus(replicas, registration), joined, quorumInherited);
        }

        private Main in(Epoch next) {
            return new Main(instance, cluster, tenure, next, replicas, joined, quorumInherited);
        }

        /** True when no decision is made without a quorum. */
        boolean needsQuorum() {
            return quorumInherited || quorumJoined() > 0;
        }

        /** True when no decision is made without certain replicas. */
        boolean hasPromised() {
            return quorumInherited || !joined.isEmpty();
        }

        /** QUORUM replicas, joined or not. */
        int quorumReplicas() {
            return (int) replicas.stream().filter(Registration::isInQuorum).count();
        }

        int quorumJoined() {
            return (int) replicas.stream()
                    .filter(r -> r.isInQuorum() && joined.contains(r.name()))
                    .count();
        }

        boolean hasInQuorum(ReplicaName name) {
            return replicas.stream().anyMatch(r -> r.name().equals(name) && r.isInQuorum());
        }

        private Main withJoined(ReplicaName name) {
            var more = new ArrayList<>(joined);
            more.add(name);
            return new Main(instance, cluster, tenure, epoch, replicas, more, quorumInherited);
        }

        private Main without(ReplicaName name) {
            boolean isLast = hasInQuorum(name) && quorumReplicas() == 1;
            return new Main(
                    instance,
                    cluster,
                    tenure,
                    epoch,
                    minus(replicas, name),
                    joined.stream().filter(other -> !other.equals(name)).toList(),
                    quorumInherited && !isLast);
        }

        @Override
        public long epochNumber() {
            return epoch.number();
        }
    }

    /**
     * @param port where it listens for its MAIN; 0 for nowhere, before coordinators have said where
     * @param following null until a MAIN has registered it
     * @param promises those that were neither fulfilled nor withdrawn, by rising epoch
     * @param replicas those to whom it passes on what its MAIN has decided, in the order of registration
     */
    record Replica(
            UUID instance,
            UUID cluster,
            int port,
            long epochNumber,
            @Nullable Following following,
            List<Promise> promises,
            List<Registration> replicas)
            implements RoleState {
        /** So many that nobody keeps or withdraws would take as many promotions that nobody finished. */
        private static final int PROMISES_MAX = 16;

        public Replica {
            promises = List.copyOf(promises);
            replicas = List.copyOf(replicas);
        }

        /** The newest that stands; null when there is none. */
        public @Nullable Promise promise() {
            return promises.isEmpty() ? null : promises.getLast();
        }

        /** True for the reign that is obeyed: nothing newer was accepted or promised since. */
        boolean obeys(Epoch epoch) {
            return promises.isEmpty()
                    && following != null
                    && following.main().epoch().equals(epoch);
        }

        /** A promise that was withdrawn leaves its number behind: what is accepted may be lower then. */
        private Replica following(Following next) {
            return new Replica(
                    instance,
                    cluster,
                    port,
                    Math.max(epochNumber, next.main().epoch().number()),
                    next,
                    List.of(),
                    replicas);
        }

        /** Those given before stand: the promotion that is asked for now may not come about. */
        private Replica promising(Promise next) {
            List<Promise> standing = without(next.epoch());
            standing.add(next);
            if (standing.size() > PROMISES_MAX) {
                standing.removeFirst();
                standing.set(0, standing.getFirst().forGood());
            }
            return new Replica(instance, cluster, port, next.epoch().number(), following, standing, replicas);
        }

        private Replica released(Epoch epoch) {
            return new Replica(instance, cluster, port, epochNumber, following, without(epoch), replicas);
        }

        /** A promotion may have raised its number; the identity of its reign stays. */
        private List<Promise> without(Epoch epoch) {
            List<Promise> others = new ArrayList<>(promises);
            others.removeIf(one -> one.epoch().reign().equals(epoch.reign()));
            return others;
        }

        private Replica along(List<UUID> path) {
            Following from = Invariant.present(following, "a path to nobody");
            return new Replica(
                    instance,
                    cluster,
                    port,
                    epochNumber,
                    new Following(from.main(), from.system(), path),
                    promises,
                    replicas);
        }

        private Replica with(List<Registration> registrations) {
            return new Replica(instance, cluster, port, epochNumber, following, promises, registrations);
        }
    }

    /**
     * What a replica has promised to an instance that is being promoted: to take nothing below its epoch. It holds
     * until that promotion is withdrawn or a MAIN above it registers this replica; a restart of the MAIN before does
     * not end it, however high that one reigns then. Nor does a later promise that was withdrawn: whoever was promised
     * before may reign and count on it.
     *
     * @param instance who is being promoted, perhaps this instance itself
     */
    record Promise(UUID instance, InstanceName name, UUID tenure, Epoch epoch) {
        /** It takes the place of those before it too, so no withdrawal ends it. */
        private Promise forGood() {
            return new Promise(instance, name, tenure, new Epoch(epoch.number(), Registration.UNKNOWN));
        }
    }

    /**
     * Whom a replica obeys.
     *
     * @param system the MAIN's system database, which is this instance's too
     * @param path instances from who streams up to the MAIN; empty while that is not known
     */
    record Following(MainIdentity main, DatabaseIdentity system, List<UUID> path) {
        public Following {
            path = List.copyOf(path);
        }

        /** False when another replica passes on what the MAIN decides. */
        boolean isDirect() {
            return path.size() <= 1;
        }

        /** True when whoever speaks with this path is who streams. What does not say is taken at the MAIN's word. */
        boolean comesFrom(List<UUID> other) {
            return path.isEmpty() || other.isEmpty() || path.getFirst().equals(other.getFirst());
        }
    }

    /** The state after an event. Total: every event that was ever persisted can be replayed. */
    default RoleState evolve(RoleEvent event) {
        RoleState next = switch (event) {
            case BecameMain(UUID tenure, Epoch epoch) ->
                new Main(
                        this instanceof Fresh ? tenure : instance(),
                        cluster(),
                        tenure,
                        epoch,
                        this instanceof Replica replica ? replica.replicas() : List.of(),
                        List.of(),
                        false);
            case Promoted(UUID tenure, Epoch epoch, List<Registration> replicas, boolean quorum) ->
                new Main(
                        instance(),
                        cluster(),
                        tenure,
                        epoch,
                        beside(replicas),
                        replicas.stream().map(Registration::name).toList(),
                        quorum);
            case ReignOpened(Epoch epoch) -> main().in(epoch);
            case BecameReplica(int port) ->
                new Replica(instance(), cluster(), port, epochNumber(), null, List.of(), List.of());
            case Commissioned(UUID instance) -> new Replica(instance, cluster(), 0, 0, null, List.of(), List.of());
            case ClusterChosen(UUID cluster) -> of(cluster);
            case MainObeyed(MainIdentity main, DatabaseIdentity system) ->
                replica().following(new Following(main, system, List.of()));
            case EpochAccepted(MainIdentity main) -> accepted(main);
            case PathFollowed(List<UUID> path) -> replica().along(path);
            case EpochPledged(UUID who, InstanceName name, UUID tenure, Epoch epoch) ->
                replica().promising(new Promise(who, name, tenure, epoch));
            case PledgeWithdrawn(Epoch epoch) -> replica().released(epoch);
            case ReplicaRegistered(Registration registration) ->
                this instanceof Replica replica
                        ? replica.with(plus(replica.replicas(), registration))
                        : main().with(registration);
            case ReplicaJoined(ReplicaName name) -> main().withJoined(name);
            case ReplicaDropped(ReplicaName name) ->
                this instanceof Replica replica ? replica.with(minus(replica.replicas(), name)) : main().without(name);
        };
        Invariant.check(
                next.epochNumber() >= epochNumber(), "%s lowers the epoch from %s", event, Epoch.text(epochNumber()));
        return next;
    }

    private RoleState of(UUID group) {
        return switch (this) {
            case Fresh fresh -> fresh;
            case Main(var instance, var _, var tenure, var epoch, var replicas, var joined, var quorum) ->
                new Main(instance, group, tenure, epoch, replicas, joined, quorum);
            case Replica(var instance, var _, var port, var number, var following, var promises, var replicas) ->
                new Replica(instance, group, port, number, following, promises, replicas);
        };
    }

    private RoleState accepted(MainIdentity main) {
        Following following = Invariant.present(replica().following(), "an epoch was accepted of nobody");
        return replica().following(new Following(main, following.system(), following.path()));
    }

    /** Those whom a promotion carries over come first; one that followed this instance makes no other promise then. */
    private List<Registration> beside(List<Registration> carried) {
        List<Registration> all = new ArrayList<>(carried);
        for (Registration own : replicas()) {
            boolean known = carried.stream()
                    .anyMatch(one -> one.instance().equals(own.instance())
                            || one.name().equals(own.name())
                            || one.address().equals(own.address()));
            boolean fits = carried.stream().allMatch(one -> one.mode().goesWith(own.mode()));
            if (!known) {
                all.add(fits ? own : own.as(ReplicationMode.ASYNC));
            }
        }
        return all;
    }

    private static List<Registration> plus(List<Registration> replicas, Registration added) {
        List<Registration> more = new ArrayList<>(replicas);
        more.add(added);
        return more;
    }

    private static List<Registration> minus(List<Registration> replicas, ReplicaName name) {
        return replicas.stream().filter(one -> !one.name().equals(name)).toList();
    }

    private Main main() {
        Invariant.check(this instanceof Main, "%s is no MAIN", this);
        return (Main) this;
    }

    private Replica replica() {
        Invariant.check(this instanceof Replica, "%s is no REPLICA", this);
        return (Replica) this;
    }
}
