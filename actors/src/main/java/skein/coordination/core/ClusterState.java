package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.ClusterChange.ClusterNamed;
import skein.coordination.core.ClusterChange.CoordinatorForgotten;
import skein.coordination.core.ClusterChange.CoordinatorNamed;
import skein.coordination.core.ClusterChange.Ended;
import skein.coordination.core.ClusterChange.FailoverPaused;
import skein.coordination.core.ClusterChange.GaveUp;
import skein.coordination.core.ClusterChange.InstanceRegistered;
import skein.coordination.core.ClusterChange.InstanceUnregistered;
import skein.coordination.core.ClusterChange.InstanceUpdated;
import skein.coordination.core.ClusterChange.Joined;
import skein.coordination.core.ClusterChange.Opened;
import skein.coordination.core.ClusterChange.SettingChanged;
import skein.coordination.core.ClusterChange.UserKept;
import skein.coordination.core.ClusterChange.UserRemoved;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.user.core.UserRecord;
import skein.user.core.Users;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.UserName;

/**
 * What a majority of the coordinators has agreed on. Changes only by {@link #evolve}, which is total, so that all
 * members have the same state whatever entries there are.
 *
 * @param cluster {@link #NO_CLUSTER} before the first entry
 * @param instances in the order of registration
 * @param coordinators in the order in which they were added
 * @param leaseMillisBefore a lease that was granted before the setting changed may still run
 * @param appointment null while there never was a MAIN
 * @param holders of the last reign that was opened
 * @param paused no failover happens by itself
 * @param failovers the newest first
 * @param users who may talk to coordinators
 */
public record ClusterState(
        UUID cluster,
        List<RegisteredInstance> instances,
        List<CoordinatorAddress> coordinators,
        CoordinatorSettings settings,
        long leaseMillisBefore,
        @Nullable Appointment appointment,
        List<Holder> holders,
        boolean paused,
        List<FailoverRow> failovers,
        Users users) {
    public static final UUID NO_CLUSTER = new UUID(0, 0);
    static final int FAILOVERS_MAX = 50;

    public static final ClusterState EMPTY = new ClusterState(
            NO_CLUSTER,
            List.of(),
            List.of(),
            CoordinatorSettings.INITIAL,
            0,
            null,
            List.of(),
            false,
            List.of(),
            Users.NONE);

    public ClusterState {
        instances = List.copyOf(instances);
        coordinators = List.copyOf(coordinators);
        holders = List.copyOf(holders);
        failovers = List.copyOf(failovers);
    }

    /** The MAIN, opened or not; empty when there is none. */
    public Optional<Appointment> main() {
        return Optional.ofNullable(appointment).filter(present -> !present.ended());
    }

    public long lastReign() {
        return appointment == null ? 0 : appointment.reign();
    }

    Optional<RegisteredInstance> instance(InstanceName name) {
        return instances.stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst();
    }

    boolean isMain(InstanceName name) {
        return main().filter(main -> main.name().equals(name)).isPresent();
    }

    /** True when this instance, with this data, holds what the last opened reign has promised to keep. */
    boolean isHolder(InstanceName name, UUID instance) {
        return holders.contains(new Holder(name, instance));
    }

    /** Whose data this instance has to hold to be MAIN: {@link #NO_CLUSTER} while nobody has any to lose. */
    UUID dataOf(InstanceName name) {
        return holders.stream()
                .filter(holder -> holder.name().equals(name))
                .map(Holder::instance)
                .findFirst()
                .orElse(NO_CLUSTER);
    }

    boolean namesHolder(InstanceName name) {
        return holders.stream().anyMatch(holder -> holder.name().equals(name));
    }

    /** After a committed entry. */
    public ClusterState evolve(ClusterChange change) {
        return switch (change) {
            case ClusterNamed(UUID id) -> cluster.equals(NO_CLUSTER) ? withCluster(id) : this;
            case InstanceRegistered(RegisteredInstance added) ->
                instance(added.name()).isPresent() ? this : withInstances(with(instances, added));
            case InstanceUnregistered(InstanceName name) -> unregistered(name);
            case InstanceUpdated(InstanceName name, HostPort bolt, boolean neverPromote) ->
                withInstances(instances.stream()
                        .map(one -> one.name().equals(name) ? one.with(bolt, neverPromote) : one)
                        .toList());
            case CoordinatorNamed(CoordinatorAddress address) -> named(address);
            case CoordinatorForgotten(int id) -> withCoordinators(without(coordinators, one -> one.id() == id));
            case SettingChanged(String name, String value) ->
                CoordinatorSetting.find(name)
                        .map(setting -> withSetting(setting, value))
                        .orElse(this);
            case FailoverPaused(boolean pause) -> withPaused(pause);
            case UserKept(var account) -> withUsers(users.with(new UserRecord.Kept(account)));
            case UserRemoved(UserName name, UUID id) ->
                users.find(name).isEmpty() ? this : withUsers(users.with(new UserRecord.Removed(name, id)));
            case Appointed(FailoverRow row) -> appointed(row);
            case Opened opened -> opened(opened);
            case Joined(long reign, Holder holder) -> joined(reign, holder);
            case Ended(long reign) -> ended(reign);
            case GaveUp(long reign, long records) -> withFailovers(rows(reign, row -> gaveUp(row, records)));
        };
    }

    private ClusterState unregistered(InstanceName name) {
        Appointment next = appointment != null && appointment.name().equals(name) ? appointment.end() : appointment;
        return new ClusterState(
                cluster,
                without(instances, one -> one.name().equals(name)),
                coordinators,
                settings,
                leaseMillisBefore,
                next,
                without(holders, holder -> holder.name().equals(name)),
                paused,
                failovers,
                users);
    }

    private ClusterState named(CoordinatorAddress address) {
        boolean known = coordinators.stream().anyMatch(one -> one.id() == address.id());
        return withCoordinators(
                known
                        ? coordinators.stream()
                                .map(one -> one.id() == address.id() ? address : one)
                                .toList()
                        : with(coordinators, address));
    }

    private ClusterState withSetting(CoordinatorSetting setting, String value) {
        CoordinatorSettings next = settings.with(setting, value);
        long longer = setting == CoordinatorSetting.INSTANCE_DOWN_TIMEOUT_SEC
                ? Math.max(settings.downMillis(), next.downMillis())
                : leaseMillisBefore;
        return new ClusterState(
                cluster, instances, coordinators, next, longer, appointment, holders, paused, failovers, users);
    }

    private ClusterState appointed(FailoverRow row) {
        InstanceName name = new InstanceName(row.to());
        if (row.reign() <= lastReign() || instance(name).isEmpty()) {
            return this;
        }
        List<FailoverRow> history = new ArrayList<>(failovers);
        history.addFirst(row);
        return withAppointment(new Appointment(row.reign(), name, false, false), holders)
                .withFailovers(history.subList(0, Math.min(history.size(), FAILOVERS_MAX)));
    }

    private ClusterState opened(Opened opened) {
        if (appointment == null
                || appointment.reign() != opened.reign()
                || appointment.opened()
                || appointment.ended()) {
            return this;
        }
        return withAppointment(appointment.open(), List.of(new Holder(appointment.name(), opened.instance())))
                .withFailovers(rows(opened.reign(), row -> lasted(row, opened.durationMillis())));
    }

    private ClusterState joined(long reign, Holder holder) {
        if (appointment == null
                || appointment.reign() != reign
                || !appointment.opened()
                || instance(holder.name()).isEmpty()
                || appointment.name().equals(holder.name())) {
            return this;
        }
        return withAppointment(
                appointment, with(without(holders, one -> one.name().equals(holder.name())), holder));
    }

    private ClusterState ended(long reign) {
        return appointment == null || appointment.reign() != reign ? this : withAppointment(appointment.end(), holders);
    }

    private List<FailoverRow> rows(long reign, UnaryOperator<FailoverRow> change) {
        return failovers.stream()
                .map(row -> row.reign() == reign ? change.apply(row) : row)
                .toList();
    }

    private static FailoverRow lasted(FailoverRow row, long millis) {
        return new FailoverRow(
                row.reign(),
                row.from(),
                row.to(),
                row.cause(),
                row.startedAt(),
                millis,
                row.candidates(),
                row.chosen(),
                row.givenUp());
    }

    private static FailoverRow gaveUp(FailoverRow row, long records) {
        return new FailoverRow(
                row.reign(),
                row.from(),
                row.to(),
                row.cause(),
                row.startedAt(),
                row.durationMillis(),
                row.candidates(),
                row.chosen(),
                records);
    }

    private static <T> List<T> with(List<T> items, T item) {
        List<T> next = new ArrayList<>(items);
        next.add(item);
        return next;
    }

    private static <T> List<T> without(List<T> items, Predicate<T> which) {
        return items.stream().filter(which.negate()).toList();
    }

    private ClusterState withCluster(UUID id) {
        return new ClusterState(
                id,
                instances,
                coordinators,
                settings,
                leaseMillisBefore,
                appointment,
                holders,
                paused,
                failovers,
                users);
    }

    private ClusterState withInstances(List<RegisteredInstance> next) {
        return new ClusterState(
                cluster,
                next,
                coordinators,
                settings,
                leaseMillisBefore,
                appointment,
                holders,
                paused,
                failovers,
                users);
    }

    private ClusterState withCoordinators(List<CoordinatorAddress> next) {
        return new ClusterState(
                cluster, instances, next, settings, leaseMillisBefore, appointment, holders, paused, failovers, users);
    }

    private ClusterState withUsers(Users next) {
        return new ClusterState(
                cluster,
                instances,
                coordinators,
                settings,
                leaseMillisBefore,
                appointment,
                holders,
                paused,
                failovers,
                next);
    }

    private ClusterState withPaused(boolean next) {
        return new ClusterState(
                cluster,
                instances,
                coordinators,
                settings,
                leaseMillisBefore,
                appointment,
                holders,
                next,
                failovers,
                users);
    }

    private ClusterState withAppointment(Appointment next, List<Holder> nextHolders) {
        return new ClusterState(
                cluster,
                instances,
                coordinators,
                settings,
                leaseMillisBefore,
                next,
                nextHolders,
                paused,
                failovers,
                users);
    }

    private ClusterState withFailovers(List<FailoverRow> next) {
        return new ClusterState(
                cluster,
                instances,
                coordinators,
                settings,
                leaseMillisBefore,
                appointment,
                holders,
                paused,
                next,
                users);
    }
}
