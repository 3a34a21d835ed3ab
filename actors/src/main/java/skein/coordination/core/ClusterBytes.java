package skein.coordination.core;

import java.util.List;
import java.util.UUID;
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
import skein.user.core.Account;
import skein.user.core.UserRecord;
import skein.user.core.Users;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/**
 * Entries and snapshots of the cluster's state as bytes.
 *
 * <pre>
 * entry      version u8 (1), kind u8, parts by kind
 * snapshot   version u8 (1), cluster id, list of instances, list of coordinators, list of (setting text, value text),
 *            i64 lease before, flag + appointment, list of holders, flag paused, list of failovers, list of
 *            accounts
 * kinds      1 ClusterNamed id               2 InstanceRegistered instance    3 InstanceUnregistered text
 *            4 InstanceUpdated text, address, flag
 *            5 CoordinatorNamed i32, address  6 CoordinatorForgotten i32
 *            7 SettingChanged text, text     8 FailoverPaused flag            9 Appointed failover
 *            10 Opened i64, id, i64          11 Joined i64, holder            12 Ended i64
 *            13 GaveUp i64, i64              14 UserKept account             15 UserRemoved text, id
 * instance   text name, address bolt, management, replication, text mode, flag resync, flag never promote
 * holder     text name, id
 * account    text name, id, id version, text hash (never a password), flag change required
 * failover   i64 reign, text from, to, cause, i64 started, i64 duration, list of texts, text chosen, i64 given up
 * text       i32 bytes, UTF-8      address  text host, i32 port      id  2 i64      list  i32 count, items
 * </pre>
 *
 * Big-endian. A kind is never renumbered. What cannot be read is a later release's: such a member stops with words
 * instead of going on with another state than the others.
 */
public final class ClusterBytes {
    private static final int VERSION = 1;

    private ClusterBytes() {}

    public static byte[] of(ClusterChange change) {
        ByteWriter out = new ByteWriter();
        out.u8(VERSION);
        switch (change) {
            case ClusterNamed(UUID cluster) -> out.u8(1).id(cluster);
            case InstanceRegistered(RegisteredInstance instance) -> writeInstance(out.u8(2), instance);
            case InstanceUnregistered(InstanceName name) -> out.u8(3).name(name);
            case InstanceUpdated(InstanceName name, var bolt, boolean neverPromote) ->
                out.u8(4).name(name).address(bolt).flag(neverPromote);
            case CoordinatorNamed(CoordinatorAddress address) ->
                out.u8(5).i32(address.id()).address(address.bolt());
            case CoordinatorForgotten(int id) -> out.u8(6).i32(id);
            case SettingChanged(String name, String value) ->
                out.u8(7).text(name).text(value);
            case FailoverPaused(boolean paused) -> out.u8(8).flag(paused);
            case Appointed(FailoverRow row) -> writeFailover(out.u8(9), row);
            case Opened(long reign, UUID instance, long durationMillis) ->
                out.u8(10).i64(reign).id(instance).i64(durationMillis);
            case Joined(long reign, Holder holder) -> writeHolder(out.u8(11).i64(reign), holder);
            case Ended(long reign) -> out.u8(12).i64(reign);
            case GaveUp(long reign, long records) -> out.u8(13).i64(reign).i64(records);
            case UserKept(Account account) -> writeAccount(out.u8(14), account);
            case UserRemoved(UserName name, UUID id) ->
                out.u8(15).text(name.value()).id(id);
        }
        return out.bytes();
    }

    public static ClusterChange change(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        requireVersion(in);
        int kind = in.u8();
        ClusterChange change = switch (kind) {
            case 1 -> new ClusterNamed(in.id());
            case 2 -> new InstanceRegistered(readInstance(in));
            case 3 -> new InstanceUnregistered(in.name());
            case 4 -> new InstanceUpdated(in.name(), in.address(), in.flag());
            case 5 -> new CoordinatorNamed(new CoordinatorAddress(in.i32(), in.address()));
            case 6 -> new CoordinatorForgotten(in.i32());
            case 7 -> new SettingChanged(in.text(), in.text());
            case 8 -> new FailoverPaused(in.flag());
            case 9 -> new Appointed(readFailover(in));
            case 10 -> new Opened(in.i64(), in.id(), in.i64());
            case 11 -> new Joined(in.i64(), readHolder(in));
            case 12 -> new Ended(in.i64());
            case 13 -> new GaveUp(in.i64(), in.i64());
            case 14 -> new UserKept(readAccount(in));
            case 15 -> new UserRemoved(new UserName(in.text()), in.id());
            default -> throw unreadable("an entry of kind " + kind);
        };
        in.requireEnd();
        return change;
    }

    public static byte[] of(ClusterState state) {
        ByteWriter out = new ByteWriter();
        out.u8(VERSION).id(state.cluster());
        out.list(state.instances(), ClusterBytes::writeInstance);
        out.list(state.coordinators(), (one, address) -> one.i32(address.id()).address(address.bolt()));
        out.list(
                List.copyOf(state.settings().values().entrySet()),
                (one, entry) -> one.text(entry.getKey().shown()).text(entry.getValue()));
        out.i64(state.leaseMillisBefore());
        Appointment appointment = state.appointment();
        out.flag(appointment != null);
        if (appointment != null) {
            out.i64(appointment.reign()).name(appointment.name());
            out.flag(appointment.opened()).flag(appointment.ended());
        }
        out.list(state.holders(), ClusterBytes::writeHolder);
        out.flag(state.paused());
        out.list(state.failovers(), ClusterBytes::writeFailover);
        out.list(List.copyOf(state.users().accounts().values()), ClusterBytes::writeAccount);
        return out.bytes();
    }

    public static ClusterState state(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        requireVersion(in);
        UUID cluster = in.id();
        List<RegisteredInstance> instances = in.list(ClusterBytes::readInstance);
        List<CoordinatorAddress> coordinators = in.list(one -> new CoordinatorAddress(one.i32(), one.address()));
        CoordinatorSettings settings = CoordinatorSettings.INITIAL;
        for (SettingChanged changed : in.list(one -> new SettingChanged(one.text(), one.text()))) {
            CoordinatorSetting setting = CoordinatorSetting.find(changed.name())
                    .orElseThrow(() -> unreadable("the setting " + changed.name()));
            settings = settings.with(setting, changed.value());
        }
        ClusterState state = new ClusterState(
                cluster,
                instances,
                coordinators,
                settings,
                in.i64(),
                in.flag() ? new Appointment(in.i64(), in.name(), in.flag(), in.flag()) : null,
                in.list(ClusterBytes::readHolder),
                in.flag(),
                in.list(ClusterBytes::readFailover),
                readUsers(in));
        in.requireEnd();
        return state;
    }

    private static void requireVersion(ByteReader in) {
        int version = in.u8();
        if (version != VERSION) {
            throw unreadable("the format " + version);
        }
    }

    static SkeinException unreadable(String what) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "SKEIN-HA-004: This coordinator does not know " + what + " in the cluster's log: another release wrote"
                        + " it, or it is damaged. It takes no part until it can read it. Start the release that the"
                        + " other coordinators run.");
    }

    private static void writeInstance(ByteWriter out, RegisteredInstance instance) {
        out.name(instance.name()).address(instance.bolt());
        out.address(instance.management()).address(instance.replication());
        out.text(instance.mode().name()).flag(instance.resync()).flag(instance.neverPromote());
    }

    private static RegisteredInstance readInstance(ByteReader in) {
        return new RegisteredInstance(
                in.name(), in.address(), in.address(), in.address(), in.mode(), in.flag(), in.flag());
    }

    private static void writeAccount(ByteWriter out, Account account) {
        out.text(account.name().value()).id(account.id()).id(account.version());
        out.text(account.hash()).flag(account.changeRequired());
    }

    private static Account readAccount(ByteReader in) {
        return new Account(new UserName(in.text()), in.id(), in.id(), in.text(), in.flag());
    }

    private static Users readUsers(ByteReader in) {
        Users users = Users.NONE;
        for (Account account : in.list(ClusterBytes::readAccount)) {
            users = users.with(new UserRecord.Kept(account));
        }
        return users;
    }

    private static void writeHolder(ByteWriter out, Holder holder) {
        out.name(holder.name()).id(holder.instance());
    }

    private static Holder readHolder(ByteReader in) {
        return new Holder(in.name(), in.id());
    }

    private static void writeFailover(ByteWriter out, FailoverRow row) {
        out.i64(row.reign()).text(row.from()).text(row.to()).text(row.cause());
        out.i64(row.startedAt()).i64(row.durationMillis());
        out.list(row.candidates(), ByteWriter::text);
        out.text(row.chosen()).i64(row.givenUp());
    }

    private static FailoverRow readFailover(ByteReader in) {
        return new FailoverRow(
                in.i64(),
                in.text(),
                in.text(),
                in.text(),
                in.i64(),
                in.i64(),
                in.list(ByteReader::text),
                in.text(),
                in.i64());
    }
}
